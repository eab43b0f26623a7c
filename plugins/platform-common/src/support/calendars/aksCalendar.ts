import { defineCalendar } from '../supportCalendar';

/**
 * Azure Kubernetes Service: about 12 months of standard support, and for clusters
 * with long-term support about 12 more. After standard support come 30 days of
 * grace, and support of the platform alone while a version is the third behind
 * the newest one.
 *
 * @remarks
 * `docs` is Microsoft's table, which names months for most dates; they are written
 * as months here. `eod` stands where it differs or has a row of its own.
 */
export const aksCalendar = defineCalendar({
  id: 'aks',
  title: 'Azure Kubernetes Service',
  providers: ['AKS', 'Azure AKS', 'Azure Kubernetes Service'],
  asOf: '2026-08-21',
  mainSource: 'docs',
  extendedTerms: 'extended_needs_lts',
  graceDays: 30,
  platformSupportBehind: 3,
  sources: {
    docs: {
      name: 'Microsoft Learn, supported versions of AKS',
      url: 'https://learn.microsoft.com/azure/aks/supported-kubernetes-versions',
      snapshot: '2026-08-21',
    },
    eod: {
      name: 'endoflife.date',
      url: 'https://endoflife.date/azure-kubernetes-service',
      snapshot: '2026-08-22',
    },
  },
  // A table is read row by row.
  // prettier-ignore
  rows: [
    { minor: '1.37', release: '2026-10', standard: '2027-10', extended: '2028-10', planned: true, confidence: 'low' },
    { minor: '1.36', release: { docs: '2026-06', eod: '2026-06-30' }, standard: '2027-06', extended: '2028-06', confidence: 'medium' },
    { minor: '1.35', release: { docs: '2026-03', eod: '2026-03-05' }, standard: '2027-03', extended: '2028-03', confidence: 'high' },
    { minor: '1.34', release: { docs: '2025-11', eod: '2026-01-04' }, standard: '2026-11', extended: '2027-11', confidence: 'medium' },
    { minor: '1.33', release: { docs: '2025-06', eod: '2025-06-17' }, standard: '2026-07', extended: '2027-07', confidence: 'high' },
    { minor: '1.32', release: { docs: '2025-04', eod: '2025-04-06' }, standard: '2026-03', extended: '2027-03', confidence: 'high' },
    { minor: '1.31', release: { docs: '2024-11', eod: '2024-10-25' }, standard: '2025-11-01', extended: '2026-11', confidence: 'medium' },
    { minor: '1.30', release: { docs: '2024-07', eod: '2024-08-05' }, standard: '2025-08-22', extended: '2026-07', confidence: 'medium' },
    { minor: '1.29', release: '2024-03', standard: '2025-03', extended: '2026-04', confidence: 'high' },
    { minor: '1.28', release: '2023-11', standard: '2025-01', extended: '2026-02', confidence: 'medium' },
    { minor: '1.27', release: '2023-08', standard: '2024-07', extended: '2025-07', confidence: 'medium' },
    { minor: '1.26', release: { eod: '2023-04-18' }, standard: { eod: '2024-04-11' }, confidence: 'medium' },
    { minor: '1.25', release: { eod: '2022-12-14' }, standard: { eod: '2024-01-14' }, confidence: 'medium' },
    { minor: '1.24', release: { eod: '2022-08-17' }, standard: { eod: '2023-07-31' }, confidence: 'medium' },
  ],
});
