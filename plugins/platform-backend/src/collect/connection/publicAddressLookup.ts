import { lookup as systemLookup } from 'node:dns';
import { BlockList, isIPv6, type LookupFunction } from 'node:net';

/** A host name that leads to an address that catalog clusters may not use. */
export class NonPublicAddressError extends Error {
  readonly code = 'ERR_NON_PUBLIC_ADDRESS';

  constructor(readonly host: string) {
    super(`The host ${host} resolves to a non-public address`);
    this.name = 'NonPublicAddressError';
  }
}

/** Ranges of the IANA special-purpose registries that are not globally reachable. */
const NON_PUBLIC = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  NON_PUBLIC.addSubnet(network, prefix, 'ipv4');
  // The same networks, written as IPv4-mapped IPv6 addresses.
  NON_PUBLIC.addSubnet(`::ffff:${network}`, 96 + prefix, 'ipv6');
}
for (const [network, prefix] of [
  ['::', 128],
  ['::1', 128],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const) {
  NON_PUBLIC.addSubnet(network, prefix, 'ipv6');
}

/** Whether an address is one that the whole internet can reach. */
export function isPublicAddress(address: string): boolean {
  return !NON_PUBLIC.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

/**
 * Resolves like the system does, and refuses a host when any of its addresses
 * is not public.
 *
 * @remarks
 * The Kubernetes plugin checks clusters of the catalog when it lists them. A
 * DNS record can change between that check and the connection; here the
 * addresses that are checked are the ones that are connected to.
 */
export function publicAddressLookup(
  resolve: typeof systemLookup = systemLookup,
): LookupFunction {
  return (host, options, callback) => {
    resolve(host, { ...options, all: true }, (error, addresses) => {
      if (error) {
        callback(error, [], 0);
        return;
      }
      if (addresses.some(({ address }) => !isPublicAddress(address))) {
        callback(new NonPublicAddressError(host), [], 0);
        return;
      }
      if (options.all) {
        callback(null, addresses);
      } else {
        callback(null, addresses[0].address, addresses[0].family);
      }
    });
  };
}
