import { z } from 'zod';

/** How many rows a page has when the caller does not say. @public */
export const DEFAULT_PAGE_LIMIT = 50;
/** The most rows a page may have. @public */
export const MAX_PAGE_LIMIT = 500;

/**
 * A query parameter that may be repeated (`?a=1&a=2`); always read as a list.
 *
 * @public
 */
export function repeatable<T extends z.ZodType<unknown, string>>(item: T) {
  return z.preprocess(
    value =>
      value === undefined || Array.isArray(value) ? value : [value as string],
    z.array(item).max(100).optional(),
  );
}

/**
 * The query parameters every list route has.
 *
 * @remarks
 * A cursor is opaque and belongs to the query that made it: the server refuses
 * one that comes from another query, another sort order or another route.
 *
 * @public
 */
export const pageQueryShape = {
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(MAX_PAGE_LIMIT)
    .default(DEFAULT_PAGE_LIMIT)
    .meta({ description: 'Rows per page', examples: [100] }),
  cursor: z
    .string()
    .min(1)
    .max(2048)
    .optional()
    .describe('`nextCursor` or `previousCursor` of an earlier answer'),
  order: z.enum(['asc', 'desc']).default('asc').describe('Sort direction'),
};

/** The answer of every list route. @public */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    pageInfo: z.object({
      nextCursor: z.string().optional(),
      previousCursor: z.string().optional(),
    }),
    /** Rows that match the filter over all pages. */
    totalItems: z.number().int(),
  });
}

/** The answer of an export: lines of RFC 4180, the first one with the names. @public */
export const csvSchema = z.string();
