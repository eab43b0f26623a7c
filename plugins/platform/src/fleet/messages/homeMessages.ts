/** The texts of the card for the home page. */
export const homeMessages = {
  verdicts: 'Clusters by state',
  well: 'Every cluster is fresh and completely collected.',
  open: 'Open Fleet',
  more: '{{amount}} more',
} as const;
