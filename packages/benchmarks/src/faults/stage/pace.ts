import { COMPARED } from '../state/readTruth';

/**
 * The pace of the backends under test: that of production, about twenty times
 * as fast. Timeouts are shortened less than the cadence, so what a fault keeps
 * busy weighs more here than there. The pauses of the circuit breakers and
 * between tries are those of production.
 */
export const CADENCE_MS = 15_000;
export const LEASE_MS = 8_000;
export const REQUEST_TIMEOUT_MS = 4_000;
const CONNECT_TIMEOUT_MS = 2_000;
export const JOB_BUDGET_MS = 30_000;
/** Versions do not change here; it is what opens and closes circuit breakers. */
const DISCOVERY_CADENCE_MS = 60_000;

/** What the others would cost is spent on running these more often. */
const DISABLED = [
  'jobs',
  'services',
  'ingresses',
  'networkpolicies',
  'horizontalpodautoscalers',
  'poddisruptionbudgets',
  'resourcequotas',
  'limitranges',
];

const millis = (milliseconds: number) => ({ milliseconds });

/** Section `platform` of the configuration of the backends. */
export const PLATFORM = {
  collect: {
    cadence: {
      discovery: millis(DISCOVERY_CADENCE_MS),
      ...Object.fromEntries(COMPARED.map(id => [id, millis(CADENCE_MS)])),
    },
    lease: millis(LEASE_MS),
    connectTimeout: millis(CONNECT_TIMEOUT_MS),
    requestTimeout: millis(REQUEST_TIMEOUT_MS),
    jobBudget: millis(JOB_BUDGET_MS),
    disabled: DISABLED,
  },
};
