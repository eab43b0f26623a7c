import { z } from 'zod';

/** A name or other free text in a path or a query. */
export const text = z
  .string()
  .min(1)
  .max(253)
  // Postgres can hold every character but this one.
  // eslint-disable-next-line no-control-regex
  .regex(/^[^\u0000]*$/, { error: 'text without the character U+0000' });

/** Text to search for; absent searches nothing. */
export const search = text.optional();
