import type { JsonObject } from '@backstage/types';
import type {
  ObservedObject,
  ProbeCollector,
  ProbeContext,
} from '@roadbed/backstage-plugin-platform-node';
import { ClusterError } from '../ClusterError';
import { readServedApis } from './servedApis';
import { compact, record, text } from './projection';
import { UnexpectedAnswerError } from './UnexpectedAnswerError';

/** The version of a cluster, what it serves, and whether it is ready. */
export const discoveryCollector: ProbeCollector = {
  type: 'probe',
  id: 'discovery',
  title: 'Version and served APIs',
  cadence: { minutes: 15 },
  nonResourceUrls: [
    '/version',
    '/readyz',
    '/api',
    '/api/*',
    '/apis',
    '/apis/*',
  ],
  async probe(context) {
    const version = await readVersion(context);
    const apis = await readServedApis(context);
    const ready = await readReadiness(context);
    return {
      rows: [
        row('version', version),
        row('apis', apis as unknown as JsonObject),
        ...(ready ? [row('ready', ready)] : []),
      ],
    };
  },
};

function row(key: string, doc: JsonObject): ObservedObject {
  return { key, namespace: null, name: key, doc };
}

/**
 * `/version`. With an emulated version, which decides what a cluster serves,
 * both are named and `gitVersion` stays that of the binary.
 */
async function readVersion(context: ProbeContext): Promise<JsonObject> {
  const { body } = await context.get('/version');
  const version = record(body);
  const gitVersion = text(version.gitVersion, 128);
  if (!gitVersion) {
    throw new UnexpectedAnswerError('/version', 'a version of Kubernetes');
  }
  return compact({
    gitVersion,
    major: text(version.major, 8),
    minor: text(version.minor, 8),
    emulationMajor: text(version.emulationMajor, 8),
    emulationMinor: text(version.emulationMinor, 8),
    platform: text(version.platform, 64),
  });
}

/** `/readyz`; nothing is known where it may not be asked. */
async function readReadiness(
  context: ProbeContext,
): Promise<JsonObject | undefined> {
  try {
    const { body } = await context.get('/readyz', { accept: 'text/plain' });
    return {
      ready: true,
      ...(typeof body === 'string' && { text: body.slice(0, 200) }),
    };
  } catch (error) {
    if (!(error instanceof ClusterError)) {
      throw error;
    }
    if (error.code === 'unavailable') {
      return { ready: false, text: `status ${error.status}` };
    }
    if (error.code === 'forbidden' || error.code === 'not_served') {
      return undefined;
    }
    throw error;
  }
}
