import type { SupportNote } from '@roadbed/backstage-plugin-platform-common';

const notes = {
  provider_unknown:
    'Who runs this cluster is not known: the calendar of Kubernetes itself is used.',
  provider_without_calendar:
    'There is no calendar of who runs this cluster: the one of Kubernetes itself is used.',
  version_unknown: 'The version of this cluster is not known.',
  beyond_horizon: 'This version is newer than the calendar.',
  older_than_calendar: 'This version is older than the calendar.',
  not_in_calendar: 'The calendar leaves this version out.',
  planned_release:
    'This version was only planned when the calendar was read: its dates may move.',
  future_dates_are_plans:
    'The provider calls dates that lie ahead best effort: they may move.',
  months_only: 'A source names months only: their last day counts.',
  critical_fixes_only:
    'Full support has ended: only critical problems are fixed.',
  extended_by_default:
    'Extended support is on by default: it costs more from the end of standard support on.',
  extended_needs_lts:
    'Extended support is for clusters with long-term support switched on.',
  extended_needs_channel:
    'Extended support is for clusters in the Extended channel.',
  extended_ends_soon: 'Extended support is nearly over.',
  extended_end_unknown: 'When extended support ends is not known.',
  extended_ended: 'Extended support is over; since when is not known.',
  grace_period:
    'The days of grace after the end of standard support are running.',
  platform_support:
    'The provider still supports its platform, but no longer Kubernetes of this version.',
} as const satisfies Record<SupportNote, string>;

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
  notes,
} as const;
