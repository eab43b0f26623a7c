import type { OpenApiDocument } from '@roadbed/backstage-plugin-platform-common';
import Ajv, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type { RawAnswer, RawRequest } from './sendRaw';

interface MediaType {
  schema: object;
}

/** A response of the document. */
export interface DescribedResponse {
  $ref?: string;
  content?: Record<string, MediaType>;
  headers?: Record<string, { required?: boolean; schema: object }>;
}

/** A parameter of the document. */
export interface DescribedParameter {
  name: string;
  in: 'path' | 'query';
  schema: {
    type?: string;
    enum?: string[];
    items?: DescribedParameter['schema'];
    pattern?: string;
    minLength?: number;
    maxLength?: number;
    minimum?: number;
    maximum?: number;
    maxItems?: number;
  };
}

/** An operation of the document. */
export interface DescribedOperation {
  method: string;
  /** With `{name}` for parameters. */
  path: string;
  operationId: string;
  parameters: DescribedParameter[];
  /** Empty where nobody is asked who they are. */
  security?: object[];
  responses: Record<string, DescribedResponse>;
}

/** What a request that no operation is described for may be told. */
const NO_SUCH_OPERATION = [400, 401, 404, 405];

/** Every operation of a document. */
export function operationsOf({ paths }: OpenApiDocument): DescribedOperation[] {
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      ...(operation as Omit<DescribedOperation, 'method' | 'path'>),
      method: method.toUpperCase(),
      path,
    })),
  );
}

/** Compares answers with the document that describes them. */
export class DescribedAnswers {
  readonly #ajv = new Ajv({ strict: false, allErrors: true });
  readonly #operations: DescribedOperation[];
  readonly #schemas = new Map<string, ValidateFunction>();

  constructor(
    private readonly document: OpenApiDocument,
    /** Path that the paths of the document are below. */
    private readonly basePath: string,
  ) {
    addFormats(this.#ajv);
    this.#operations = operationsOf(document);
    this.#ajv.addSchema({ ...document, $id: 'document' });
  }

  /** What of an answer is not as the document says; empty when all of it is. */
  problemsOf(request: RawRequest, answer: RawAnswer): string[] {
    if (answer.status >= 500) {
      return [`${answer.status}: ${answer.text.slice(0, 500)}`];
    }
    const operation = this.operationOf(request);
    if (!operation) {
      return NO_SUCH_OPERATION.includes(answer.status)
        ? this.#responseProblems(request, answer, 'Error404')
        : [`there is no such operation, but the answer is ${answer.status}`];
    }
    const response = operation.responses[answer.status];
    return response
      ? this.#responseProblems(request, answer, {
          response,
          at: `/paths/${pointer(
            operation.path,
          )}/${operation.method.toLowerCase()}/responses/${answer.status}`,
        })
      : [`${operation.operationId} does not describe ${answer.status}`];
  }

  /**
   * The operation that a request is for, as Express finds it: in any case,
   * whatever slashes are around it.
   */
  operationOf({ method, target }: RawRequest): DescribedOperation | undefined {
    const path = target
      .slice(this.basePath.length)
      .split(/[?#]/)[0]
      .replace(/^\/+/, '/');
    const wanted = method === 'HEAD' ? 'GET' : method;
    return this.#operations.find(
      operation =>
        operation.method === wanted &&
        new RegExp(
          `^${operation.path
            .replace('.', '\\.')
            .replace(/\{\w+\}/g, '[^/]+')}/?$`,
          'i',
        ).test(path),
    );
  }

  #responseProblems(
    { method }: RawRequest,
    { status, headers, text }: RawAnswer,
    described: string | { response: DescribedResponse; at: string },
  ): string[] {
    const { response, at } = this.#resolve(described);
    const problems: string[] = [];
    for (const [name, header] of Object.entries(response.headers ?? {})) {
      const value = headers[name.toLowerCase()];
      if (value === undefined) {
        if (header.required) problems.push(`the header ${name} is missing`);
        continue;
      }
      const validate = this.#validator(
        `${at}/headers/${pointer(name)}/schema`,
        { coerce: true },
      );
      if (!validate({ value })) {
        problems.push(`the header ${name} is ${JSON.stringify(value)}`);
      }
    }
    const types = Object.keys(response.content ?? {});
    if (method === 'HEAD' || types.length === 0) {
      return text === '' ? problems : [...problems, 'there is a body'];
    }
    const [type] = (headers['content-type'] ?? '').split(';');
    if (!types.includes(type)) {
      return [...problems, `the content is ${type}, not ${types.join(', ')}`];
    }
    const validate = this.#validator(`${at}/content/${pointer(type)}/schema`);
    let body: unknown = text;
    if (type === 'application/json') {
      try {
        body = JSON.parse(text);
      } catch (error) {
        return [...problems, `the body is no JSON: ${error}`];
      }
    }
    if (!validate(body)) {
      problems.push(
        ...validate.errors!.map(
          ({ instancePath, message }) => `${status}${instancePath}: ${message}`,
        ),
      );
    }
    return problems;
  }

  #resolve(described: string | { response: DescribedResponse; at: string }) {
    const named = (name: string) => ({
      response: this.document.components.responses[name] as DescribedResponse,
      at: `/components/responses/${name}`,
    });
    if (typeof described === 'string') return named(described);
    const { $ref } = described.response;
    return $ref ? named($ref.split('/').pop()!) : described;
  }

  #validator(at: string, options: { coerce?: boolean } = {}) {
    const known = this.#schemas.get(at);
    if (known) return known;
    const $ref = `document#${encodeURI(at)}`;
    // Headers are text; ajv reads numbers out of it only inside of an object.
    const validate = options.coerce
      ? new Ajv({ strict: false, coerceTypes: true })
          .addSchema({ ...this.document, $id: 'document' })
          .compile({ type: 'object', properties: { value: { $ref } } })
      : this.#ajv.compile({ $ref });
    this.#schemas.set(at, validate);
    return validate;
  }
}

/** A key as it stands in a JSON pointer. */
function pointer(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
