import { z } from 'zod';

/**
 * Whether the version of a cluster is still supported, worst first.
 *
 * - `unsupported`: past every end of support there is
 * - `extended`: past its standard support, within one that costs more or is for
 *   long-term releases only
 * - `ending_soon`: its standard support ends within 90 days
 * - `maintenance`: gets fixes of critical problems only
 * - `supported`: gets all fixes
 * - `unknown`: the version or its dates are not known
 *
 * @public
 */
export const clusterSupportStateSchema = z.enum([
  'unsupported',
  'extended',
  'ending_soon',
  'maintenance',
  'supported',
  'unknown',
]);
/** {@inheritDoc clusterSupportStateSchema} @public */
export type ClusterSupportState = z.infer<typeof clusterSupportStateSchema>;

/**
 * What ends.
 *
 * - `active`: full support; after it come fixes of critical problems only
 * - `standard`: the support that every cluster has
 * - `extended`: support that costs more, or is for long-term releases or
 *   channels only
 *
 * @public
 */
export const supportEndKindSchema = z.enum(['active', 'standard', 'extended']);
/** {@inheritDoc supportEndKindSchema} @public */
export type SupportEndKind = z.infer<typeof supportEndKindSchema>;

/** `YYYY-MM-DD`, UTC. What ends on a day is still there on that day. */
const day = z.iso.date();

/** Support as far as a list of clusters shows it. @public */
export const clusterSupportSchema = z.object({
  state: clusterSupportStateSchema,
  /** The calendar that was asked, such as `eks`. */
  calendar: z.string(),
  /**
   * The next end of standard or extended support that lies ahead, else the last
   * one that has passed; `null` when unknown.
   */
  nextEnd: z
    .object({ kind: supportEndKindSchema.exclude(['active']), date: day })
    .nullable(),
  /** Sources disagree on a date; the earliest one counts. */
  conflict: z.boolean(),
});
/** {@inheritDoc clusterSupportSchema} @public */
export type ClusterSupport = z.infer<typeof clusterSupportSchema>;

/** Support with every date and where it was read. @public */
export const clusterSupportDetailSchema = clusterSupportSchema.extend({
  calendarTitle: z.string(),
  /** When the calendar's sources were read. */
  calendarAsOf: day,
  ends: z.array(
    z.object({
      kind: supportEndKindSchema,
      /** The earliest date that a source gives. */
      date: day,
      conflict: z.boolean(),
      sources: z.array(
        z.object({
          name: z.string(),
          url: z.string().optional(),
          date: day,
          /** When the source was read. */
          snapshot: day,
        }),
      ),
    }),
  ),
  confidence: z.enum(['high', 'medium', 'low']).nullable(),
  /** Codes of what else should be known, see `SupportNote`; new ones may come. */
  notes: z.array(z.string()),
  /** What another calendar says where the right one says nothing. */
  hint: z
    .object({ calendar: z.string(), kind: supportEndKindSchema, date: day })
    .optional(),
});
/** {@inheritDoc clusterSupportDetailSchema} @public */
export type ClusterSupportDetail = z.infer<typeof clusterSupportDetailSchema>;
