import { defineCalendar } from '../supportCalendar';

/**
 * Amazon EKS: 14 months of standard support, then 12 months of extended support
 * that costs more and is on by default. The control plane is upgraded by AWS
 * only after that.
 *
 * @remarks
 * `eod` follows the table in the user guide of EKS (`guide`); read both. The
 * guide's end of 1.18 is quoted in `eod`, beside the day of its last fix.
 */
export const eksCalendar = defineCalendar({
  id: 'eks',
  title: 'Amazon EKS',
  providers: ['EKS', 'Amazon EKS', 'AWS EKS'],
  asOf: '2026-08-22',
  mainSource: 'eod',
  extendedTerms: 'extended_by_default',
  sources: {
    eod: {
      name: 'endoflife.date',
      url: 'https://endoflife.date/amazon-eks',
      snapshot: '2026-08-22',
    },
    guide: {
      name: 'Amazon EKS user guide',
      url: 'https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html',
      snapshot: '2026-01-28',
    },
  },
  // A table is read row by row.
  // prettier-ignore
  rows: [
    { minor: '1.36', release: '2026-06-02', standard: '2027-08-02', extended: '2028-08-02', confidence: 'high' },
    { minor: '1.35', release: '2026-01-28', standard: '2027-03-27', extended: '2028-03-27', confidence: 'high' },
    { minor: '1.34', release: { eod: '2025-10-06', guide: '2025-10-02' }, standard: '2026-12-02', extended: '2027-12-02', confidence: 'high' },
    { minor: '1.33', release: { eod: '2025-05-28', guide: '2025-05-29' }, standard: '2026-07-29', extended: '2027-07-29', confidence: 'high' },
    { minor: '1.32', release: { eod: '2025-01-25', guide: '2025-01-23' }, standard: '2026-03-23', extended: '2027-03-23', confidence: 'high' },
    { minor: '1.31', release: '2024-09-26', standard: '2025-11-26', extended: '2026-11-26', confidence: 'high' },
    { minor: '1.30', release: '2024-05-23', standard: '2025-07-23', extended: '2026-07-23', confidence: 'high' },
    { minor: '1.29', release: '2024-01-23', standard: '2025-03-23', extended: '2026-03-23', confidence: 'high' },
    { minor: '1.28', release: '2023-09-26', standard: '2024-11-26', extended: '2025-11-26', confidence: 'high' },
    { minor: '1.27', release: '2023-05-24', standard: '2024-07-24', extended: '2025-07-24', confidence: 'high' },
    { minor: '1.26', release: '2023-04-11', standard: '2024-06-11', extended: '2025-06-11', confidence: 'high' },
    { minor: '1.25', release: '2023-02-21', standard: '2024-05-01', extended: '2025-05-01', confidence: 'high' },
    { minor: '1.24', release: '2022-11-15', standard: '2024-01-31', extended: '2025-01-31', confidence: 'high' },
    { minor: '1.23', release: '2022-08-11', standard: '2023-10-11', extended: '2024-10-11', confidence: 'high' },
    { minor: '1.22', release: '2022-04-04', standard: '2023-06-04', extended: '2024-09-01', confidence: 'medium' },
    { minor: '1.21', release: '2021-07-19', standard: '2023-02-16', extended: '2024-07-15', confidence: 'medium' },
    { minor: '1.20', release: '2021-05-18', standard: '2022-11-01', confidence: 'medium' },
    { minor: '1.19', release: '2021-02-16', standard: '2022-08-01', confidence: 'medium' },
    { minor: '1.18', release: '2020-10-13', standard: { eod: '2022-08-15', guide: '2022-03-31' }, confidence: 'medium' },
  ],
});
