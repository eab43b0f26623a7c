import fc from 'fast-check';
import { storeTestDatabases } from '../collect/store/__testUtils__/databases';
import {
  CALLERS,
  HIDDEN,
  type CallerName,
} from '../fleet/access/__testUtils__/callers';
import { startGuardedPlatform } from '../fleet/access/__testUtils__/guardedPlatform';
import { tracesOf } from '../fleet/access/__testUtils__/traces';
import {
  DescribedAnswers,
  operationsOf,
  type DescribedOperation,
} from './__testUtils__/DescribedAnswers';
import {
  FuzzedRequests,
  type FuzzedRequest,
} from './__testUtils__/fuzzedRequests';
import {
  rawSender,
  type RawAnswer,
  type RawRequest,
} from './__testUtils__/sendRaw';

jest.setTimeout(1_800_000);

const databases = storeTestDatabases();

/** The same requests every time, unless asked for others. */
const SEED = Number(process.env.ROADBED_FUZZ_SEED ?? 20261121);
/** Of each kind, for each caller, on each database. */
const RUNS = Number(process.env.ROADBED_FUZZ_RUNS ?? 100);

const BASE_PATH = '/api/platform';

/** What is hidden, and something of the same shape that is not there. */
const TWINS: ReadonlyArray<readonly [hidden: string, absent: string]> = [
  ['hidden', 'absent'],
  ['ghost', 'gnome'],
  ['crypt', 'crown'],
  ['team-b', 'team-q'],
];

/** Who is told nothing at all, and what they get of every operation. */
const STRANGERS: Partial<Record<CallerName, number>> = {
  guest: 403,
  nobody: 401,
};

describe.each(databases.ids)(`the API, fuzzed with seed ${SEED}, on %s`, id => {
  let platform: Awaited<ReturnType<typeof startGuardedPlatform>>;
  let sender: ReturnType<typeof rawSender>;
  let described: DescribedAnswers;
  let requests: FuzzedRequests;
  let secrets: readonly string[];
  let operations: DescribedOperation[];
  /** Ids of the operations that somebody had a good answer from. */
  const answered = new Set<string>();

  beforeAll(async () => {
    platform = await startGuardedPlatform(await databases.createEmpty(id), {
      // Once: the machine is for the requests.
      cadence: {},
    });
    sender = rawSender(platform.port);
    const get = async (caller: CallerName, path: string, query = {}) =>
      (await platform.call(caller, path, { query })).body;
    const document = await get('engineer', '/openapi.json');
    described = new DescribedAnswers(document, BASE_PATH);
    operations = operationsOf(document);
    const cursors: string[] = [];
    for (const { path, parameters } of operations) {
      if (!parameters.some(({ name }) => name === 'cursor')) continue;
      const filled = path
        .replace('{kind}', 'component')
        .replace('{namespace}', 'default')
        .replace('{name}', 'cart');
      for (const caller of ['engineer', 'member'] as const) {
        const { pageInfo } = await get(caller, filled, { limit: 1 });
        const { nextCursor } = pageInfo;
        if (!nextCursor) continue;
        cursors.push(nextCursor, `A${nextCursor.slice(1)}`, `${nextCursor}A`);
      }
    }
    requests = new FuzzedRequests({
      operations,
      basePath: BASE_PATH,
      vocabulary: {
        id: ['own-prod', 'own-alias', 'hidden-prod', 'hidden-dead', 'nowhere'],
        cluster: ['own-prod', 'own-alias', 'hidden-prod', 'hidden-alias'],
        environment: ['own-prod', 'hidden-prod', 'unknown'],
        owner: ['group:default/team-a', 'group:default/team-b', 'team-b'],
        entity: ['component:default/cart', 'component:default/ghost', 'ghost'],
        // Most often what there is: an entity needs all three.
        kind: ['component', 'component', 'Component', 'group'],
        namespace: ['default', 'default', 'default', 'crypt'],
        name: ['cart', 'cart', 'cart', 'ghost', 'team-b'],
        q: ['prod', 'hidden', 'ghost', 'a'],
        image: ['registry', ':'],
        collector: ['pods', 'deployments'],
        cursor: cursors,
      },
    });
    const seenByAll = await get('engineer', '/fleet/workloads');
    secrets = [
      ...HIDDEN,
      ...seenByAll.items
        .filter((item: any) => item.cluster.startsWith('hidden'))
        .map((item: any) => uidOf(item.id)),
    ];
  });

  afterAll(async () => {
    sender?.close();
    // Absent when it did not start, which is an error of its own.
    await platform?.stop();
  });

  const send = (caller: CallerName, { headers, ...request }: RawRequest) =>
    sender.send({
      ...request,
      headers: [...headers, ['Authorization', CALLERS[caller]]],
    });

  /** What is wrong about the answer to a request; empty when nothing is. */
  async function problemsOf(
    caller: CallerName,
    request: FuzzedRequest,
  ): Promise<string[]> {
    const answer = await send(caller, request);
    const problems = described.problemsOf(request, answer);
    const { status } = answer;
    const operation = described.operationOf(request);
    if (operation && status < 300) answered.add(operation.operationId);
    if (
      request.wellFormed &&
      status === 400 &&
      !request.target.includes('cursor=')
    ) {
      problems.push(`well formed, but refused: ${answer.text}`);
    }
    if ('set-cookie' in answer.headers) problems.push('a cookie is set');
    const refusal = STRANGERS[caller];
    const isOpen = operation?.security?.length === 0;
    if (refusal !== undefined && !isOpen) {
      if (request.wellFormed ? status !== refusal : status < 400) {
        problems.push(`a stranger got ${status}`);
      }
    }
    if (caller === 'member') {
      problems.push(...(await leaksOf(request, answer)));
    }
    return problems;
  }

  /**
   * What an answer tells a member of what is hidden. Words that the member sent
   * may come back; but then the answer has to be the one that is given for what
   * is not there.
   */
  async function leaksOf(
    request: RawRequest,
    answer: RawAnswer,
  ): Promise<string[]> {
    const sent = decoded(`${request.target} ${request.body ?? ''}`);
    const told = tracesOf(
      secrets.filter(word => !sent.includes(word.toLowerCase())),
      answer,
    );
    const problems = told.map(word => `"${word}" is told`);
    const isNamed = TWINS.some(([hidden]) => sent.includes(hidden));
    // Runs are added to the ledger all the time.
    if (!isNamed || request.target.includes('/collections')) return problems;
    const other = await send('member', {
      ...request,
      target: swap(request.target, TWINS),
    });
    const back = TWINS.map(([hidden, absent]) => [absent, hidden] as const);
    const [mine, absent] = [
      `${answer.status} ${timeless(answer.text)}`,
      `${other.status} ${timeless(swap(other.text, back))}`,
    ];
    return mine === absent
      ? problems
      : [...problems, `not as if it was not there:\n${mine}\n${absent}`];
  }

  describe.each(['engineer', 'member', 'guest', 'nobody'] as const)(
    'for %s',
    caller => {
      it.each(['wellFormed', 'hostile'] as const)(
        'answers %s requests as its document says, and nothing that is hidden',
        async kind => {
          const plain = kind === 'wellFormed' ? requests.plain() : [];
          await fc.assert(
            fc.asyncProperty(requests[kind](), async request => {
              expect(await problemsOf(caller, request)).toEqual([]);
            }),
            {
              seed: SEED,
              numRuns: plain.length + RUNS,
              examples: plain.map(request => [request]),
            },
          );
        },
      );
    },
  );

  // In a block of its own, because Jest runs those after single tests.
  describe('behind its refusals', () => {
    it('has hidden workloads, whose UIDs are known', () => {
      expect(secrets).toHaveLength(HIDDEN.length + 2);
    });

    it('has had a good answer from every operation', () => {
      const silent = operations.filter(
        ({ operationId }) => !answered.has(operationId),
      );
      expect(silent.map(({ operationId }) => operationId)).toEqual([]);
    });
  });
});

/** The UID in the id of a workload. */
function uidOf(workloadId: string): string {
  const [, uid] = Buffer.from(workloadId, 'base64url').toString().split('/');
  return uid;
}

function swap(
  text: string,
  words: ReadonlyArray<readonly [from: string, to: string]>,
): string {
  return words.reduce((all, [from, to]) => all.replaceAll(from, to), text);
}

/** In lower case and as far as it can be decoded. */
function decoded(text: string): string {
  return text
    .replace(/(%[0-9a-f]{2})+/gi, bytes => {
      try {
        return decodeURIComponent(bytes);
      } catch {
        return bytes;
      }
    })
    .toLowerCase();
}

/** Without what differs from one moment to the next, or between two queries. */
function timeless(text: string): string {
  return (
    text
      .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'INSTANT')
      .replace(/"(next|previous)Cursor":"[\w-]+"/g, '"$1Cursor":"CURSOR"')
      // A word that was cut is not known as one that was swapped.
      .replace(/[\w-]*…/g, '…')
  );
}
