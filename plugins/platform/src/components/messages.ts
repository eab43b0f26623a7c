/** The texts of the shared parts. */
export const commonMessages = {
  title: 'Platform',
  time: {
    seconds: '{{value}} s ago',
    minutes: '{{value}} min ago',
    hours: '{{value}} h ago',
    days: '{{value}} d ago',
  },
  copy: {
    idle: 'Copy',
    copied: 'Copied',
    failed: 'The browser did not allow copying',
    label: 'Copy {{text}}',
  },
  why: {
    label: 'Why: {{subject}}',
    formula: 'Formula',
    sources: 'Sources',
    asOf: 'As of',
  },
  filter: {
    label: 'Filters',
    search: 'Search…',
    remove: 'Remove filter {{filter}}: {{label}}',
    clear: 'Clear filters',
    noOptions: 'Nothing to choose from',
    failed: 'The values could not be read: {{message}}',
    more: '{{amount}} more; search to find their rows',
    unknown: 'unknown',
  },
  export: {
    button: 'Export CSV',
    running: 'Exporting…',
    label: '{{words}}: {{title}}',
    failed: '{{title}} could not be exported.',
    dismiss: 'Dismiss',
  },
  list: {
    status: '{{title}}: {{range}}',
    sortBy: 'Sort by',
  },
  pager: {
    label: 'Pages',
    range: '{{first}}–{{last}} of {{total}}',
    previous: 'Previous',
    next: 'Next',
  },
  state: {
    loading: 'Loading',
    error: { title: 'Could not load {{subject}}', retry: 'Try again' },
    stale: { title: 'Could not refresh. Showing what was loaded' },
    forbidden: {
      title: 'You may not see {{subject}}',
      text: 'This needs the permission {{permission}}. Ask the administrators of this portal for it.',
    },
    noMatch: {
      title: 'Nothing matches these filters',
      text: 'Remove a filter or search for something else.',
    },
  },
} as const;
