import { notAcceptable } from './StatusError';

/** A representation that a client may ask for with `as`, `g` and `v`. */
export interface Representation {
  as: string;
  group: string;
  version: string;
}

interface MediaRange {
  type: string;
  parameters: Record<string, string>;
  quality: number;
}

const JSON_TYPES = ['application/json', 'application/*', '*/*'];

/**
 * The first representation of an Accept header that the server can give;
 * undefined is plain JSON.
 *
 * @throws StatusError 406 when there is none
 */
export function negotiate(
  accept: string | undefined,
  offered: readonly Representation[],
): Representation | undefined {
  for (const range of parseAccept(accept || '*/*')) {
    if (!JSON_TYPES.includes(range.type)) continue;
    const { as, g = '', v = '' } = range.parameters;
    if (!as) return undefined;
    const match = offered.find(
      one => one.as === as && one.group === g && one.version === v,
    );
    if (match) return match;
  }
  throw notAcceptable();
}

function parseAccept(header: string): MediaRange[] {
  return header
    .split(',')
    .map(text => {
      const [type, ...rest] = text.split(';').map(part => part.trim());
      const parameters = Object.fromEntries(
        rest.map(part => part.split('=', 2) as [string, string]),
      );
      return { type, parameters, quality: Number(parameters.q ?? 1) };
    })
    .sort((a, b) => b.quality - a.quality);
}
