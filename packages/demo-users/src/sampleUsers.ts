/** Somebody one can be in the demonstration portal. */
export interface SampleUser {
  /** Name of the user entity, or `guest`. */
  name: string;
  /** What a person sees in the menu. */
  title: string;
  /** What is different for this user. */
  sees: string;
}

/** The guest first: whoever comes by is one. */
export const SAMPLE_USERS: readonly SampleUser[] = Object.freeze([
  {
    name: 'guest',
    title: 'Guest of the platform team',
    sees: 'every cluster',
  },
  {
    name: 'bea.nilsen',
    title: 'Bea Nilsen, Platform core',
    sees: 'every cluster',
  },
  {
    name: 'ida.svensson',
    title: 'Ida Svensson, Payments',
    sees: 'dev, stage, and the production cluster of Payments',
  },
  {
    name: 'fay.moreau',
    title: 'Fay Moreau, Checkout',
    sees: 'dev and stage',
  },
]);

const STORAGE_KEY = 'roadbed-demo-user';

/** Who was chosen last; the guest when nobody was, or nobody known. */
export function chosenUser(): SampleUser {
  const name = window.localStorage.getItem(STORAGE_KEY);
  return SAMPLE_USERS.find(user => user.name === name) ?? SAMPLE_USERS[0];
}

/** Keeps a choice for the next sign-in. */
export function chooseUser(user: SampleUser): void {
  window.localStorage.setItem(STORAGE_KEY, user.name);
}
