import { defineCalendar } from '../supportCalendar';

/**
 * Google Kubernetes Engine, Regular channel: about 14 months of standard support.
 * The Extended channel has existed since 1.27 and lasts up to 24 months from the
 * Regular release; its ends per version are not known here, only which versions
 * had left it when the release notes were read.
 *
 * @remarks
 * `eod` derives the end of full support (`active`) from the end of standard
 * support; Google names none. Google calls dates that lie ahead best effort.
 */
export const gkeCalendar = defineCalendar({
  id: 'gke',
  title: 'Google Kubernetes Engine',
  providers: ['GKE', 'Google GKE', 'Google Kubernetes Engine'],
  asOf: '2026-08-22',
  mainSource: 'eod',
  extendedTerms: 'extended_needs_channel',
  futureDatesArePlans: true,
  sources: {
    eod: {
      name: 'endoflife.date',
      url: 'https://endoflife.date/google-kubernetes-engine',
      snapshot: '2026-08-22',
    },
    notes: {
      name: 'GKE release notes, versions of the Extended channel',
      url: 'https://cloud.google.com/kubernetes-engine/docs/release-notes',
      snapshot: '2026-06-09',
    },
  },
  // A table is read row by row.
  // prettier-ignore
  rows: [
    { minor: '1.36', release: '2026-06-09', active: '2027-06-30', standard: '2027-08-09', extended: '?', confidence: 'medium' },
    { minor: '1.35', release: '2026-02-11', active: '2027-02-28', standard: '2027-04-11', extended: '?', confidence: 'medium' },
    { minor: '1.34', release: '2025-09-30', active: '2026-08-30', standard: '2026-10-01', extended: '?', confidence: 'medium' },
    { minor: '1.33', release: '2025-06-03', active: '2026-06-30', standard: '2026-08-03', extended: '?', confidence: 'medium' },
    { minor: '1.32', release: '2025-02-11', active: '2026-02-28', standard: '2026-04-11', extended: '?', confidence: 'medium' },
    { minor: '1.31', release: '2024-10-25', active: '2025-11-30', standard: '2026-01-16', extended: '?', confidence: 'medium' },
    { minor: '1.30', release: '2024-07-31', active: '2025-07-31', standard: '2025-09-30', extended: '?', confidence: 'medium' },
    { minor: '1.29', release: '2024-01-26', active: '2025-02-28', standard: '2025-04-12', extended: { notes: 'ended' }, confidence: 'medium' },
    { minor: '1.28', release: '2023-12-04', active: '2024-12-31', standard: '2025-02-04', extended: { notes: 'ended' }, confidence: 'medium' },
    { minor: '1.27', release: '2023-06-15', active: '2024-07-31', standard: '2024-10-01', extended: { notes: 'ended' }, confidence: 'medium' },
    { minor: '1.26', release: '2023-03-31', active: '2024-04-30', standard: '2024-06-30', confidence: 'medium' },
    { minor: '1.25', release: '2022-12-14', active: '2024-01-31', standard: '2024-03-30', confidence: 'medium' },
    { minor: '1.24', release: '2022-06-23', active: '2023-08-31', standard: '2023-10-31', confidence: 'medium' },
  ],
});
