import fc, { type Arbitrary } from 'fast-check';
import type {
  DescribedOperation,
  DescribedParameter,
} from './DescribedAnswers';
import type { RawRequest } from './sendRaw';

/** A request, and whether the document says that it is well formed. */
export interface FuzzedRequest extends RawRequest {
  wellFormed: boolean;
}

/** Values that mean something to the server, by the name of the parameter. */
export type Vocabulary = Readonly<Record<string, readonly string[]>>;

/** Texts that other programs stumble over. */
const HOSTILE: readonly string[] = [
  '',
  ' ',
  '\u0000',
  `' or 1=1; drop table clusters; --`,
  '") union select * from shared_secrets --',
  '%%',
  '_',
  '<script>alert(1)</script>',
  '{{7*7}}${7*7}',
  '(a+)+$',
  '[',
  '../../../etc/passwd',
  '..\\..\\windows',
  '.',
  '..',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'null',
  'undefined',
  'NaN',
  '-0',
  '1e400',
  '9007199254740993',
  'line\r\nSet-Cookie: a=b',
  '\u202eunknown',
  '\ud83d\ude00'.repeat(127),
  '=HYPERLINK("http://x")',
  'a'.repeat(253),
  'a'.repeat(254),
  'a'.repeat(4_000),
];

/** Encodings that are none, or that hide something. */
const BROKEN_ENCODINGS: readonly string[] = [
  '%',
  '%2',
  '%zz',
  '%00',
  '%u0041',
  '%252e%252e%252f',
  '..%2f..%2f..%2fetc%2fpasswd',
  '%c0%ae%c0%ae%2f',
  '%ff%fe',
  '%ed%a0%80',
  '%0d%0aSet-Cookie:%20a=b',
  '+',
  ';',
  '#x',
];

/** What query parsers turn into objects, lists and prototypes. */
const BRACKETS: readonly string[] = [
  '[]',
  '[0]',
  '[1000000]',
  '[$ne]',
  '[__proto__]',
  '[constructor][prototype][x]',
  '[a][b][c][d][e][f][g][h]',
];

const STRANGE_NAMES: readonly string[] = [
  '__proto__',
  '__proto__[limit]',
  'constructor[prototype][limit]',
  'toString',
  'hasOwnProperty',
  'token',
  'colour',
  '',
  '%',
  '[]',
];

const HEADERS: ReadonlyArray<readonly [string, string]> = [
  ['Accept', 'text/html'],
  ['Accept', 'application/xml;q=1, */*;q=0'],
  ['Accept', ';;;'],
  ['Accept-Language', 'x'.repeat(2_000)],
  ['If-None-Match', '*'],
  ['If-Modified-Since', 'yesterday'],
  ['Range', 'bytes=0-0'],
  ['X-HTTP-Method-Override', 'DELETE'],
  ['X-Forwarded-Host', 'elsewhere.example'],
  ['X-Forwarded-Proto', 'javascript'],
  ['X-Forwarded-For', '127.0.0.1, ::1'],
  ['Host', 'elsewhere.example'],
  ['Origin', 'https://elsewhere.example'],
  ['Cookie', 'backstage-auth=x; __proto__=y'],
  ['Content-Encoding', 'gzip'],
];

const BODIES: ReadonlyArray<readonly [type: string, body: string]> = [
  ['application/json', '{}'],
  ['application/json', 'null'],
  ['application/json', '{"__proto__":{"limit":1},"cluster":"x"}'],
  ['application/json', '{"broken'],
  ['application/json', '['.repeat(20_000)],
  ['application/json; charset=utf-7', '{}'],
  ['application/x-www-form-urlencoded', 'limit=0&a[b][c]=d'],
  ['multipart/form-data; boundary=', '--\r\n\r\n'],
  [
    'text/xml',
    '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
  ],
  ['nonsense', 'a'.repeat(200_000)],
];

/** Long requests are refused by Node before anybody reads them. */
const MAX_TARGET = 12_000;

/** Makes the requests that an API is tried with. */
export class FuzzedRequests {
  constructor(
    private readonly options: {
      operations: readonly DescribedOperation[];
      basePath: string;
      vocabulary: Vocabulary;
    },
  ) {}

  /** The simplest request of each operation, with the first words that it knows. */
  plain(): FuzzedRequest[] {
    const { operations, basePath, vocabulary } = this.options;
    return operations.map(({ method, path }) => ({
      method,
      target: `${basePath}${path.replace(/\{(\w+)\}/g, (_, name) =>
        encode(vocabulary[name][0]),
      )}`,
      headers: [],
      wellFormed: true,
    }));
  }

  /** Only such as the document describes. */
  wellFormed(): Arbitrary<FuzzedRequest> {
    return this.#anyOperation().chain(operation =>
      fc
        .tuple(
          this.#pathOf(operation, parameter =>
            this.#validValue(parameter).map(encode),
          ),
          this.#validQuery(operation),
        )
        .map(([path, query]) => ({
          method: operation.method,
          target: withQuery(path, query),
          headers: [],
          wellFormed: true,
        })),
    );
  }

  /** Such as nobody should send, mixed with what is right. */
  hostile(): Arbitrary<FuzzedRequest> {
    return this.#anyOperation().chain(operation => {
      const value = (parameter: DescribedParameter) =>
        fc.oneof(
          { weight: 2, arbitrary: this.#validValue(parameter).map(encode) },
          { weight: 3, arbitrary: hostileValue(parameter) },
        );
      return fc
        .record({
          method: fc.oneof(
            { weight: 8, arbitrary: fc.constant(operation.method) },
            {
              weight: 1,
              arbitrary: fc.constantFrom(
                'GET',
                'HEAD',
                'POST',
                'PUT',
                'PATCH',
                'DELETE',
                'OPTIONS',
                'TRACE',
                'PROPFIND',
              ),
            },
          ),
          path: fc.oneof(
            { weight: 6, arbitrary: this.#pathOf(operation, value) },
            { weight: 1, arbitrary: this.#brokenPath(operation) },
          ),
          query: this.#hostileQuery(operation, value),
          headers: fc.subarray([...HEADERS], { maxLength: 3 }),
          body: fc.option(fc.constantFrom(...BODIES), {
            nil: undefined,
            freq: 4,
          }),
        })
        .map(({ method, path, query, headers, body }) => ({
          method,
          target: withQuery(path, query),
          headers: body
            ? [...headers, ['Content-Type', body[0]] as const]
            : headers,
          body: body?.[1],
          wellFormed: false,
        }));
    });
  }

  #anyOperation(): Arbitrary<DescribedOperation> {
    return fc.constantFrom(...this.options.operations);
  }

  #pathOf(
    operation: DescribedOperation,
    value: (parameter: DescribedParameter) => Arbitrary<string>,
  ): Arbitrary<string> {
    const parameters = operation.parameters.filter(
      parameter => parameter.in === 'path',
    );
    return fc
      .tuple(...parameters.map(value))
      .map(values =>
        parameters.reduce(
          (path, { name }, place) =>
            path.replace(`{${name}}`, () => values[place]),
          `${this.options.basePath}${operation.path}`,
        ),
      );
  }

  /** Neighbours of a path that must not lead anywhere else. */
  #brokenPath({ path }: DescribedOperation): Arbitrary<string> {
    const { basePath } = this.options;
    return fc
      .tuple(
        fc.nat({ max: path.length - 1 }),
        fc.constantFrom(
          '/',
          '//',
          '/..',
          '/.',
          '.json',
          '%2f',
          '%00',
          '%',
          ';x=y',
          '\\',
          '*',
          ...BROKEN_ENCODINGS.filter(text => !text.startsWith('#')),
        ),
      )
      .map(
        ([place, text]) =>
          `${basePath}${path.slice(0, place + 1)}${text}${path.slice(
            place + 1,
          )}`,
      );
  }

  #validQuery({ parameters }: DescribedOperation): Arbitrary<Entry[]> {
    const inQuery = parameters.filter(parameter => parameter.in === 'query');
    return fc
      .subarray(inQuery, { maxLength: Math.min(4, inQuery.length) })
      .chain(chosen =>
        fc.tuple(
          ...chosen.map(parameter =>
            (parameter.schema.type === 'array'
              ? this.#validList(parameter)
              : this.#validValue(parameter).map(value => [value])
            ).map(values =>
              values.map((value): Entry => [parameter.name, encode(value)]),
            ),
          ),
        ),
      )
      .map(entries => entries.flat());
  }

  #hostileQuery(
    { parameters }: DescribedOperation,
    value: (parameter: DescribedParameter) => Arbitrary<string>,
  ): Arbitrary<Entry[]> {
    const inQuery = parameters.filter(parameter => parameter.in === 'query');
    const strange = fc.tuple(
      fc.constantFrom(...STRANGE_NAMES),
      hostileText(),
    ) as Arbitrary<Entry>;
    if (inQuery.length === 0) return fc.array(strange, { maxLength: 2 });
    const known = fc
      .constantFrom(...inQuery)
      .chain(parameter =>
        fc
          .tuple(
            fc.oneof(
              { weight: 6, arbitrary: fc.constant('') },
              { weight: 1, arbitrary: fc.constantFrom(...BRACKETS) },
            ),
            value(parameter),
            fc.constantFrom(1, 1, 1, 1, 2, 21, 101),
          )
          .map(([bracket, text, times]): Entry[] =>
            new Array(times).fill([`${parameter.name}${bracket}`, text]),
          ),
      );
    return fc
      .array(
        fc.oneof(
          { weight: 6, arbitrary: known },
          { weight: 1, arbitrary: strange.map(entry => [entry]) },
        ),
        { maxLength: 5 },
      )
      .map(entries => entries.flat());
  }

  #validList(parameter: DescribedParameter): Arbitrary<string[]> {
    const { items, maxItems = 3 } = parameter.schema;
    const item = this.#validValue({ ...parameter, schema: items! });
    const short = fc.constantFrom(
      ...(items!.enum ?? ['a', 'own-prod', '\u00fc']),
    );
    return fc.oneof(
      { weight: 6, arbitrary: fc.array(item, { minLength: 1, maxLength: 3 }) },
      {
        weight: 1,
        arbitrary: fc.array(short, { minLength: 20, maxLength: maxItems }),
      },
    );
  }

  #validValue({ name, schema }: DescribedParameter): Arbitrary<string> {
    if (schema.enum) return fc.constantFrom(...schema.enum);
    if (schema.items) {
      return this.#validValue({ name, in: 'query', schema: schema.items });
    }
    if (schema.type === 'integer') {
      const { minimum, maximum } = schema;
      return fc.integer({ min: minimum, max: maximum }).map(String);
    }
    const { minLength = 0, maxLength = 253 } = schema;
    const pattern = new RegExp(schema.pattern ?? '', 'u');
    const known = this.options.vocabulary[name] ?? [];
    const free = fc
      .string({ unit: 'grapheme', minLength, maxLength: 40 })
      .filter(
        text =>
          text.length >= minLength &&
          text.length <= maxLength &&
          pattern.test(text),
      );
    return known.length === 0
      ? free
      : fc.oneof(
          { weight: 6, arbitrary: fc.constantFrom(...known) },
          { weight: 1, arbitrary: free },
        );
  }
}

/** Name and value, both encoded. */
type Entry = [name: string, value: string];

function hostileText(): Arbitrary<string> {
  return fc.oneof(
    fc.constantFrom(...HOSTILE).map(encode),
    fc.constantFrom(...BROKEN_ENCODINGS),
    fc.string({ unit: 'binary', maxLength: 300 }).map(encode),
  );
}

function hostileValue({ schema }: DescribedParameter): Arbitrary<string> {
  const { minimum, maximum } = schema;
  return minimum === undefined || maximum === undefined
    ? hostileText()
    : fc.oneof(
        hostileText(),
        fc
          .constantFrom(minimum - 1, minimum, maximum, maximum + 1, 0.5, -1)
          .map(String),
      );
}

/** Also of texts that are no Unicode, which `encodeURIComponent` refuses. */
function encode(text: string): string {
  return [...Buffer.from(text, 'utf8')]
    .map(byte =>
      /[\w.~-]/.test(String.fromCharCode(byte))
        ? String.fromCharCode(byte)
        : `%${byte.toString(16).padStart(2, '0')}`,
    )
    .join('');
}

/** As much of the query as fits. */
function withQuery(path: string, query: Entry[]): string {
  let target = path;
  for (const [name, value] of query) {
    const more = `${target === path ? '?' : '&'}${name}=${value}`;
    if (target.length + more.length > MAX_TARGET) break;
    target += more;
  }
  return target;
}
