import type { ProbeContext } from '@roadbed/backstage-plugin-platform-node';
import { MAX_DOCUMENT_LENGTH } from '../bounds';
import { ClusterError } from '../ClusterError';
import type { ServedApis } from '../list/resourcePath';
import { record, records, text, texts } from './projection';
import { UnexpectedAnswerError } from './UnexpectedAnswerError';

type Group = ServedApis['groups'][string];

/** More resources in one list than this are left out: they are no cluster's. */
const MAX_ENTRIES = 5_000;
/** Each costs a request where discovery is not aggregated. */
const MAX_VERSIONS = 1_000;

/** Both forms of aggregated discovery (1.30, 1.27), then the one list of groups. */
const ACCEPT = [
  'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList',
  'application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList',
  'application/json',
].join(',');

/**
 * Reads which groups, versions and resources a cluster serves, with two
 * requests where it aggregates them and one per version where it does not.
 *
 * @remarks
 * An aggregated API server that is down takes its own groups out and nothing
 * else: such a group is marked incomplete, because what it serves is unknown
 * and not nothing.
 */
export async function readServedApis(
  context: ProbeContext,
): Promise<ServedApis> {
  // Without a prototype: the names are the cluster's, and one of them can be
  // `constructor`.
  const groups: ServedApis['groups'] = Object.create(null);
  for (const root of ['/api', '/apis']) {
    const { body } = await context.get(root, { accept: ACCEPT });
    const { kind } = record(body);
    if (kind === 'APIGroupDiscoveryList') {
      addAggregated(groups, body);
    } else if (kind === (root === '/api' ? 'APIVersions' : 'APIGroupList')) {
      await addOneByOne(groups, context, root, body);
    } else {
      throw new UnexpectedAnswerError(root, 'the list of served APIs');
    }
  }
  if (JSON.stringify(groups).length > MAX_DOCUMENT_LENGTH) {
    throw new UnexpectedAnswerError('/apis', 'as many APIs as a cluster has');
  }
  return { groups: { ...groups } };
}

function groupOf(groups: ServedApis['groups'], name: string): Group {
  groups[name] ??= { versions: [], resources: Object.create(null) };
  return groups[name];
}

function addResource(group: Group, resource: string, version: string): void {
  const versions = group.resources[resource];
  if (versions === undefined) {
    group.resources[resource] = [version];
  } else if (!versions.includes(version)) {
    versions.push(version);
  }
}

function addAggregated(groups: ServedApis['groups'], body: unknown): void {
  for (const item of records(record(body).items, MAX_ENTRIES)) {
    const group = groupOf(groups, text(record(item.metadata).name, 253) ?? '');
    for (const entry of records(item.versions)) {
      const version = text(entry.version, 63);
      if (!version) {
        continue;
      }
      group.versions.push(version);
      if (entry.freshness === 'Stale') {
        group.incomplete = true;
      }
      for (const served of records(entry.resources, MAX_ENTRIES)) {
        const resource = text(served.resource, 253);
        if (resource) {
          addResource(group, resource, version);
        }
      }
    }
  }
}

async function addOneByOne(
  groups: ServedApis['groups'],
  context: ProbeContext,
  root: string,
  body: unknown,
): Promise<void> {
  const named =
    root === '/api'
      ? [{ name: '', versions: texts(record(body).versions) ?? [] }]
      : records(record(body).groups, MAX_ENTRIES).map(group => ({
          name: text(group.name, 253) ?? '',
          versions: records(group.versions).flatMap(
            entry => text(entry.version, 63) ?? [],
          ),
        }));
  if (named.flatMap(({ versions }) => versions).length > MAX_VERSIONS) {
    throw new UnexpectedAnswerError(root, 'as many APIs as a cluster has');
  }
  for (const { name, versions } of named) {
    const group = groupOf(groups, name);
    for (const version of versions) {
      group.versions.push(version);
      const path =
        name === '' ? `${root}/${version}` : `${root}/${name}/${version}`;
      await addVersion(group, context, { path, version });
    }
  }
}

async function addVersion(
  group: Group,
  context: ProbeContext,
  options: { path: string; version: string },
): Promise<void> {
  try {
    const { body } = await context.get(options.path);
    for (const served of records(record(body).resources, MAX_ENTRIES)) {
      const resource = text(served.name, 253);
      if (resource && !resource.includes('/')) {
        addResource(group, resource, options.version);
      }
    }
  } catch (error) {
    const ofTheGroup =
      error instanceof ClusterError &&
      ['unavailable', 'not_served', 'forbidden'].includes(error.code);
    if (!ofTheGroup) {
      throw error;
    }
    group.incomplete = true;
  }
}
