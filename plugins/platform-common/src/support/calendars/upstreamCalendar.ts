import { defineCalendar } from '../supportCalendar';

/**
 * The releases of the Kubernetes project: a year of patches, then about two
 * months of maintenance in which critical problems alone are fixed.
 *
 * @remarks
 * `eod` has releases, starts of maintenance and ends. `branches` lists a minor
 * only after its end, with the day of its final patch where that came later.
 * A new minor stands on kubernetes.io first, under `schedule`.
 */
export const upstreamCalendar = defineCalendar({
  id: 'upstream',
  title: 'Kubernetes',
  providers: ['Kubernetes', 'upstream', 'kubeadm', 'self-managed'],
  asOf: '2026-08-22',
  mainSource: 'eod',
  sources: {
    eod: {
      name: 'endoflife.date',
      url: 'https://endoflife.date/kubernetes',
      snapshot: '2026-08-22',
    },
    branches: {
      name: 'Kubernetes, ended branches',
      url: 'https://github.com/kubernetes/website/blob/main/data/releases/eol.yaml',
      snapshot: '2025-11-11',
    },
    schedule: {
      name: 'Kubernetes, releases',
      url: 'https://kubernetes.io/releases/',
      snapshot: '2026-09-15',
    },
  },
  // A table is read row by row.
  // prettier-ignore
  rows: [
    { minor: '1.37', release: { schedule: '2026-08-26' }, active: { schedule: '2027-08-28' }, standard: { schedule: '2027-10-28' }, confidence: 'medium' },
    { minor: '1.36', release: '2026-04-22', active: '2027-04-28', standard: '2027-06-28', confidence: 'high' },
    { minor: '1.35', release: '2025-12-17', active: '2026-12-28', standard: '2027-02-28', confidence: 'high' },
    { minor: '1.34', release: '2025-08-27', active: '2026-08-27', standard: '2026-10-27', confidence: 'high' },
    { minor: '1.33', release: '2025-04-23', active: '2026-04-28', standard: '2026-06-28', confidence: 'high' },
    { minor: '1.32', release: '2024-12-11', active: '2025-12-28', standard: '2026-02-28', confidence: 'high' },
    { minor: '1.31', release: '2024-08-13', active: '2025-08-28', standard: { eod: '2025-11-11', branches: '2025-11-11' }, confidence: 'high' },
    { minor: '1.30', release: '2024-04-17', active: '2025-04-28', standard: { eod: '2025-07-15', branches: '2025-07-15' }, confidence: 'high' },
    { minor: '1.29', release: '2023-12-13', active: '2024-12-28', standard: { eod: '2025-02-28', branches: '2025-02-28' }, confidence: 'high' },
    { minor: '1.28', release: '2023-08-15', active: '2024-08-28', standard: { eod: '2024-10-28', branches: '2024-10-22' }, confidence: 'medium' },
    { minor: '1.27', release: '2023-04-11', active: '2024-04-28', standard: { eod: '2024-06-28', branches: '2024-07-16' }, confidence: 'medium' },
    { minor: '1.26', release: '2022-12-08', active: '2023-12-28', standard: { eod: '2024-02-28', branches: '2024-02-28' }, confidence: 'high' },
    { minor: '1.25', release: '2022-08-23', active: '2023-08-27', standard: { eod: '2023-10-27', branches: '2023-10-28' }, confidence: 'medium' },
    { minor: '1.24', release: '2022-05-03', active: '2023-05-28', standard: { eod: '2023-07-28', branches: '2023-07-28' }, confidence: 'high' },
    { minor: '1.23', release: '2021-12-07', active: '2022-12-28', standard: { eod: '2023-02-28', branches: '2023-02-28' }, confidence: 'high' },
    { minor: '1.22', release: '2021-08-04', active: '2022-08-28', standard: { eod: '2022-10-28', branches: '2022-12-08' }, confidence: 'medium' },
    { minor: '1.21', release: '2021-04-08', active: '2022-04-28', standard: { eod: '2022-06-28', branches: '2022-06-28' }, confidence: 'high' },
    { minor: '1.20', release: '2020-12-08', active: '2021-12-28', standard: { eod: '2022-02-28', branches: '2022-02-28' }, confidence: 'high' },
    { minor: '1.19', release: '2020-08-26', active: '2021-08-28', standard: { eod: '2021-10-28', branches: '2021-10-28' }, confidence: 'high' },
    { minor: '1.18', release: '2020-03-25', active: '2021-04-28', standard: { eod: '2021-06-18', branches: '2021-06-18' }, confidence: 'medium' },
    { minor: '1.17', release: '2019-12-07', active: '?', standard: { eod: '2020-12-25', branches: '2021-01-13' }, confidence: 'medium' },
    { minor: '1.16', release: '2019-09-18', active: '?', standard: { eod: '2020-08-04', branches: '2020-09-02' }, confidence: 'medium' },
    { minor: '1.15', standard: { branches: '2020-05-06' }, confidence: 'medium' },
    { minor: '1.14', standard: { branches: '2019-12-11' }, confidence: 'medium' },
    { minor: '1.13', standard: { branches: '2019-10-15' }, confidence: 'medium' },
    { minor: '1.12', standard: { branches: '2019-07-08' }, confidence: 'medium' },
    { minor: '1.11', standard: { branches: '2019-05-01' }, confidence: 'medium' },
    { minor: '1.10', standard: { branches: '2019-02-13' }, confidence: 'medium' },
    { minor: '1.9', standard: { branches: '2018-09-29' }, confidence: 'medium' },
    { minor: '1.8', standard: { branches: '2018-07-12' }, confidence: 'medium' },
    { minor: '1.7', standard: { branches: '2018-04-04' }, confidence: 'medium' },
    { minor: '1.6', standard: { branches: '2017-11-23' }, confidence: 'medium' },
    { minor: '1.5', standard: { branches: '2017-10-01' }, confidence: 'medium' },
    { minor: '1.4', standard: { branches: '2017-04-21' }, confidence: 'medium' },
    { minor: '1.3', standard: { branches: '2016-11-01' }, confidence: 'medium' },
    { minor: '1.2', standard: { branches: '2016-10-23' }, confidence: 'medium' },
  ],
});
