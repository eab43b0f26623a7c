import type { ServerResponse } from 'node:http';
import type { ResourceType } from '../resources/ResourceType';
import type { Identity } from './authorization';

/** A request with a path that names a resource, as authorizer and handlers see it. */
export interface ResourceRequest {
  verb: string;
  group: string;
  version: string;
  resource: string;
  subresource?: string;
  namespace?: string;
  name?: string;
}

/** Everything that a handler may look at. */
export interface ApiRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  /** Lower-case names. */
  headers: Record<string, string | undefined>;
  body: Buffer;
  /** Who asks; set once authentication is done. */
  identity: Identity;
}

/** A request whose resource was found. */
export interface TypedRequest extends ApiRequest, ResourceRequest {
  type: ResourceType;
}

/** JSON that a source wrote already. */
export class JsonText {
  /** @param pieces - in order; put together they are the text */
  constructor(readonly pieces: readonly string[]) {}
}

/** An answer with a body of known length. */
export interface BodyReply {
  status: number;
  headers?: Record<string, string>;
  /** An object is answered as JSON, a string as it is. */
  body: object | string | JsonText;
  /** Objects in a list. */
  objects?: number;
}

/** An answer that is written over time, such as a watch. */
export interface StreamReply {
  stream: (response: ServerResponse) => void;
}

/** What a handler gives back. */
export type Reply = BodyReply | StreamReply;
