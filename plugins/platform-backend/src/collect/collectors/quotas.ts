import type { ListCollector } from '@roadbed/backstage-plugin-platform-node';
import { listCollector } from './listCollector';
import {
  compact,
  compactAll,
  quantities,
  record,
  records,
  text,
  texts,
} from './projection';

const resourceQuotas = listCollector({
  resource: {
    group: '',
    versions: ['v1'],
    resource: 'resourcequotas',
    kind: 'ResourceQuota',
  },
  title: 'Resource quotas',
  minutes: 10,
  doc: object => {
    const spec = record(object.spec);
    const status = record(object.status);
    return compact({
      hard: quantities(spec.hard) ?? {},
      used: quantities(status.used) ?? {},
      scopes: texts(spec.scopes),
    });
  },
});

const limitRanges = listCollector({
  resource: {
    group: '',
    versions: ['v1'],
    resource: 'limitranges',
    kind: 'LimitRange',
  },
  title: 'Limit ranges',
  minutes: 10,
  doc: object => ({
    limits: compactAll(
      records(record(object.spec).limits, 20).map(limit => ({
        type: text(limit.type, 64),
        default: quantities(limit.default),
        defaultRequest: quantities(limit.defaultRequest),
        max: quantities(limit.max),
        min: quantities(limit.min),
      })),
    ),
  }),
});

/** Resource quotas and limit ranges. */
export const quotaCollectors: readonly ListCollector[] = [
  resourceQuotas,
  limitRanges,
];
