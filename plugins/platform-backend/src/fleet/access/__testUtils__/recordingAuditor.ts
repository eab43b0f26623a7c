import {
  coreServices,
  createServiceFactory,
  type AuditorServiceCreateEventOptions,
} from '@backstage/backend-plugin-api';

/** An event of the audit log. */
export interface AuditEvent {
  eventId: string;
  status: 'initiated' | 'succeeded' | 'failed';
  path?: string;
  meta?: object;
  error?: string;
}

/** An audit log that can be looked at. */
export function recordingAuditor(events: AuditEvent[]) {
  return createServiceFactory({
    service: coreServices.auditor,
    deps: {},
    factory: () => ({
      async createEvent(options: AuditorServiceCreateEventOptions) {
        const { eventId, meta } = options;
        const path = options.request?.originalUrl.split('?')[0];
        const record = (status: AuditEvent['status'], more: object = {}) =>
          events.push({ eventId, status, path, ...more });
        record('initiated', { meta });
        return {
          success: async (result?: { meta?: object }) => {
            record('succeeded', { meta: { ...meta, ...result?.meta } });
          },
          fail: async ({ error }: { error: Error }) => {
            record('failed', { error: error.name });
          },
        };
      },
    }),
  });
}
