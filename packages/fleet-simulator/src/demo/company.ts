/** A team of the demo company. */
export interface Team {
  /** Name of the group, such as `team-checkout`. */
  name: string;
  title: string;
  /** Names of users. */
  members: readonly string[];
}

/** Services that belong together; each system has a namespace of its name. */
export interface BusinessSystem {
  name: string;
  title: string;
  /** Group that owns the namespaces of the system. */
  owner: string;
}

/** How the pods of a service are found in a catalog. */
export type OwnedBy =
  /** The label `backstage.io/kubernetes-id` on workload and pods. */
  | 'label'
  /** A namespace and a label selector, in annotations of the entity. */
  | 'selector'
  /** The same, but the selector lacks its parentheses. */
  | 'broken-selector'
  /** Only the owner annotation of the namespace. */
  | 'namespace';

/** A service that a team runs. */
export interface Service {
  name: string;
  system: string;
  owner: string;
  language: 'TypeScript' | 'Go' | 'Python' | 'Java';
  ownedBy: OwnedBy;
  description: string;
}

const team = (name: string, title: string, ...members: string[]): Team => ({
  name: `team-${name}`,
  title,
  members,
});

/** The teams, with the platform team last. */
export const TEAMS: readonly Team[] = Object.freeze([
  team('catalogue', 'Product catalogue', 'ada.lind', 'bo.okafor', 'cem.yildiz'),
  team('search', 'Search', 'dana.novak', 'eli.haddad'),
  team('checkout', 'Checkout', 'fay.moreau', 'gus.ferrari', 'hal.jensen'),
  team('pay', 'Payments', 'ida.svensson', 'jon.kimura', 'kai.braun'),
  team('billing', 'Billing', 'lea.rossi', 'max.dubois'),
  team('orders', 'Orders', 'nia.adeyemi', 'ola.berg', 'pia.weber'),
  team('delivery', 'Delivery', 'quy.tran', 'rex.walsh'),
  team('accounts', 'Customer accounts', 'sam.petrov', 'tia.costa'),
  team('mobile', 'Mobile', 'uma.shah', 'vic.lopez'),
  team('growth', 'Growth', 'wim.janssen', 'xia.chen'),
  team('data', 'Data platform', 'yan.kowalski', 'zoe.martin', 'abe.cohen'),
  team('core', 'Platform core', 'bea.nilsen', 'col.murphy', 'dag.olsen'),
]);

const system = (
  name: string,
  title: string,
  owner: string,
): BusinessSystem => ({ name, title, owner: `team-${owner}` });

/** The systems. */
export const SYSTEMS: readonly BusinessSystem[] = Object.freeze([
  system('storefront', 'Storefront', 'catalogue'),
  system('search', 'Search', 'search'),
  system('checkout', 'Checkout', 'checkout'),
  system('payments', 'Payments', 'pay'),
  system('billing', 'Billing', 'billing'),
  system('orders', 'Orders', 'orders'),
  system('delivery', 'Delivery', 'delivery'),
  system('accounts', 'Accounts', 'accounts'),
  system('mobile', 'Mobile', 'mobile'),
  system('growth', 'Growth', 'growth'),
  system('data', 'Data platform', 'data'),
]);

const LANGUAGES = ['TypeScript', 'Go', 'Python', 'Java'] as const;

/** Service names by system; a team owns what its system holds unless told otherwise. */
const SERVICES_OF: Readonly<Record<string, readonly string[]>> = {
  storefront: [
    'storefront-web',
    'product-api',
    'price-api',
    'media-api',
    'review-api',
    'assortment-api',
    'stock-view',
  ],
  search: ['search-api', 'search-indexer', 'suggest-api', 'ranking-api'],
  checkout: [
    'cart-api',
    'checkout-web',
    'checkout-api',
    'promotion-api',
    'tax-api',
    'address-api',
  ],
  payments: [
    'payment-api',
    'payment-gateway',
    'card-vault',
    'fraud-api',
    'refund-api',
    'payout-api',
  ],
  billing: ['invoice-api', 'invoice-render', 'ledger-api', 'dunning'],
  orders: [
    'order-api',
    'order-events',
    'order-search',
    'returns-api',
    'stock-api',
    'reservation-api',
    'warehouse-bridge',
  ],
  delivery: [
    'shipment-api',
    'route-planner',
    'tracking-web',
    'label-printer',
    'carrier-bridge',
  ],
  accounts: [
    'account-api',
    'login-web',
    'session-api',
    'consent-api',
    'profile-api',
    'loyalty-api',
  ],
  mobile: ['mobile-gateway', 'push-api', 'app-config-api', 'deeplink-api'],
  growth: [
    'campaign-api',
    'newsletter',
    'experiment-api',
    'audience-api',
    'referral-api',
  ],
  data: [
    'event-collector',
    'event-router',
    'feature-store',
    'metrics-api',
    'report-builder',
    'model-server',
    'lake-writer',
    'schema-registry',
  ],
};

/** Services without the label, and what finds them instead. */
const NOT_LABELLED: Readonly<Record<string, OwnedBy>> = {
  'media-api': 'selector',
  'tax-api': 'selector',
  newsletter: 'broken-selector',
  'schema-registry': 'selector',
  dunning: 'namespace',
  'label-printer': 'namespace',
  'warehouse-bridge': 'namespace',
  'lake-writer': 'namespace',
};

/** The services, in the order of their systems. */
export const SERVICES: readonly Service[] = Object.freeze(
  SYSTEMS.flatMap(({ name: systemName, owner, title }) =>
    SERVICES_OF[systemName].map<Service>((name, index) => ({
      name,
      system: systemName,
      owner,
      language: name.endsWith('-web')
        ? 'TypeScript'
        : LANGUAGES[(name.length + index) % LANGUAGES.length],
      ownedBy: NOT_LABELLED[name] ?? 'label',
      description: `${sentenceCase(name)} of the system ${title}`,
    })),
  ),
);

function sentenceCase(name: string): string {
  const words = name.replace(/-/g, ' ');
  return words[0].toUpperCase() + words.slice(1);
}
