import { z } from 'zod';

/**
 * The values that a filter can take and how many rows each would leave.
 *
 * @remarks
 * A facet counts the rows that pass every filter but its own, so that choosing
 * a second value of it is possible.
 *
 * @public
 */
export const facetSchema = z.object({
  /** The query parameter that it narrows. */
  name: z.string(),
  /** Most rows first, at most 100. */
  values: z.array(z.object({ value: z.string(), count: z.number() })),
  /** Values that were left out. */
  more: z.number(),
});
/** {@inheritDoc facetSchema} @public */
export type Facet = z.infer<typeof facetSchema>;

/** The facets of a list. @public */
export const facetsSchema = z.object({
  facets: z.array(facetSchema),
  /** Rows that pass all filters. */
  totalItems: z.number().int(),
});
/** {@inheritDoc facetsSchema} @public */
export type Facets = z.infer<typeof facetsSchema>;
