/** The texts about the end of support of a version. */
export const supportMessages = {
  subject: 'Support of {{cluster}}',
  until: 'until',
  ended: 'ended',
  conflict: 'sources disagree',
  conflictText: 'sources disagree; the earliest day counts',
  noDates: 'No end of support is known for this version.',
  read: 'read on',
  hint: 'The calendar {{calendar}} says for {{kind}}:',
  calendar: 'Calendar: {{calendar}}, read on',
  kind: {
    active: 'Full support ends',
    standard: 'Standard support ends',
    extended: 'Extended support ends',
  },
  confidence: {
    high: 'high confidence',
    medium: 'medium confidence',
    low: 'low confidence',
  },
  notes: {
    extended_by_default:
      'Extended support is on by default: it costs more from the end of standard support on.',
  },
} as const;
