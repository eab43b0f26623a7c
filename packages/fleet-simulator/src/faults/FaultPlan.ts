import { Random } from '../Random';
import type {
  ConnectionFault,
  Fault,
  FaultRequest,
  FaultScope,
  RequestFault,
} from './Fault';

type ScopedFault = RequestFault & FaultScope;

/**
 * The faults of one cluster, switched while it runs.
 *
 * @example
 * ```ts
 * const heal = cluster.faults.inject({
 *   kind: 'truncate',
 *   afterBytes: 1_000,
 *   when: request => request.path === '/api/v1/pods',
 * });
 * heal();
 * ```
 */
export class FaultPlan {
  private readonly requestFaults = new Map<
    ScopedFault,
    { seen: number; struck: number }
  >();
  private readonly connectionFaults = new Set<ConnectionFault>();
  private readonly chances: Random;
  private settling: Promise<void> = Promise.resolve();

  /**
   * @param onConnectionsChange - told when connections begin or cease to fail
   * @param seed - decides which requests faults with a probability strike
   */
  constructor(
    private readonly onConnectionsChange: () => Promise<void> = async () => {},
    seed: string = 'faults',
  ) {
    this.chances = new Random(seed);
  }

  /**
   * Switches a fault on. Connection faults cut open connections and hold for
   * new ones; wait for {@link FaultPlan.settled} to be sure that they hold.
   *
   * @returns switches exactly this fault off again
   */
  inject(fault: Fault): () => void {
    if (isConnectionFault(fault)) {
      this.connectionFaults.add(fault);
      this.connectionsChanged();
      return () => {
        this.connectionFaults.delete(fault);
        this.connectionsChanged();
      };
    }
    this.requestFaults.set(fault, { seen: 0, struck: 0 });
    return () => {
      this.requestFaults.delete(fault);
    };
  }

  /** Switches every fault off. */
  clear(): void {
    this.requestFaults.clear();
    if (this.connectionFaults.size === 0) return;
    this.connectionFaults.clear();
    this.connectionsChanged();
  }

  /** Resolves when the last change of connection faults is in force. */
  settled(): Promise<void> {
    return this.settling;
  }

  /** The connection fault in force, if any; refusing wins. */
  get connections(): ConnectionFault['kind'] | undefined {
    const kinds = [...this.connectionFaults].map(fault => fault.kind);
    return kinds.find(kind => kind === 'refuse-connections') ?? kinds[0];
  }

  /** The faults that strike one request; counts towards `every` and `times`. */
  strike(request: FaultRequest): RequestFault[] {
    const striking: RequestFault[] = [];
    for (const [fault, count] of this.requestFaults) {
      if (!concerns(fault, request)) continue;
      count.seen += 1;
      if (fault.every && count.seen % fault.every !== 0) continue;
      if (!this.chances.chance(fault.probability ?? 1)) continue;
      if (fault.times !== undefined && count.struck >= fault.times) continue;
      count.struck += 1;
      striking.push(fault);
    }
    return striking;
  }

  private connectionsChanged(): void {
    this.settling = this.settling.then(() => this.onConnectionsChange());
  }
}

/** Faults of continued pages do not count first pages. */
function concerns(fault: ScopedFault, request: FaultRequest): boolean {
  const continued =
    fault.kind === 'expire-continue' || fault.kind === 'continue-loop';
  if (continued && !request.query.get('continue')) return false;
  return fault.when?.(request) ?? true;
}

function isConnectionFault(fault: Fault): fault is ConnectionFault {
  return (
    fault.kind === 'black-hole-connections' ||
    fault.kind === 'refuse-connections'
  );
}

/** The fault of a kind among those that strike a request. */
export function faultOf<K extends RequestFault['kind']>(
  faults: readonly RequestFault[],
  kind: K,
): Extract<RequestFault, { kind: K }> | undefined {
  return faults.find(
    (fault): fault is Extract<RequestFault, { kind: K }> => fault.kind === kind,
  );
}
