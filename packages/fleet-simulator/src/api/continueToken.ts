import { badRequest, expired } from './StatusError';

/** Where a list goes on: at which snapshot, and from which key. */
export interface ContinueToken {
  /** -1 is "at whatever is newest": the inconsistent continuation. */
  revision: number;
  /** First key that was not answered yet. */
  from: string;
}

const FORMAT = 'meta.k8s.io/v1';

/** Opaque to clients; inside it is the JSON that the real server writes. */
export function encodeContinueToken(token: ContinueToken): string {
  return Buffer.from(
    JSON.stringify({ v: FORMAT, rv: token.revision, start: `/${token.from}` }),
  ).toString('base64url');
}

/** @throws StatusError 400 for anything that {@link encodeContinueToken} did not make */
export function decodeContinueToken(text: string): ContinueToken {
  let parsed: { v?: unknown; rv?: unknown; start?: unknown };
  try {
    parsed = JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch (error) {
    throw badRequest(
      `invalid continue token: continue key is not valid: ${
        error instanceof Error ? error.message : error
      }`,
    );
  }
  const { v, rv, start } = parsed;
  if (v !== FORMAT) {
    throw badRequest(
      `invalid continue token: continue key is not valid: server does not recognize this encoded version "${v}"`,
    );
  }
  if (typeof rv !== 'number' || rv === 0) {
    throw badRequest(
      'invalid continue token: continue key is not valid: incorrect encoded start resourceVersion (version meta.k8s.io/v1)',
    );
  }
  if (typeof start !== 'string' || !start.startsWith('/')) {
    throw badRequest(
      'invalid continue token: continue key is not valid: encoded start key empty (version meta.k8s.io/v1)',
    );
  }
  return { revision: rv, from: start.slice(1) };
}

/** The 410 of a token whose snapshot is gone, carrying a token for the rest. */
export function continueExpired(token: ContinueToken) {
  return expired(
    'The provided continue parameter is too old ' +
      'to display a consistent list result. You can start a new list without ' +
      'the continue parameter, or use the continue token in this response to ' +
      'retrieve the remainder of the results. Continuing with the provided ' +
      'token results in an inconsistent list - objects that were created, ' +
      'modified, or deleted between the time the first chunk was returned ' +
      'and now may show up in the list.',
    encodeContinueToken({ revision: -1, from: token.from }),
  );
}
