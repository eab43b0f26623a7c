import { createHash } from 'node:crypto';

/** What a cluster was asked and what it answered, since the counting began. */
export interface TrafficCounts {
  requests: number;
  /** Lists that were answered with objects. */
  listRequests: number;
  /** Bytes of bodies on the wire, compressed where they were. */
  bytesSent: number;
  /** Bytes of the same bodies before compression. */
  bytesRaw: number;
  /** Most requests at one moment. */
  maxInFlight: number;
  /** Connections that were opened. */
  connections: number;
  /** Seats of priority and fairness that the lists took, added up. */
  seats: number;
  /** How often each path was asked for, without its query. */
  paths: Record<string, number>;
  /** Beginnings of the SHA-256 of every Authorization header that came. */
  authorizations: string[];
}

/** An answer on its way out. */
export interface SentReply {
  bytesSent: number;
  bytesRaw: number;
  /** Objects in it, for lists. */
  objects?: number;
}

/** Objects of a list that take one seat, and the most seats of one list, as in the API server. */
const OBJECTS_PER_SEAT = 100;
const MAX_SEATS = 10;

/** Counts the requests of one cluster. */
export class Traffic {
  private counts = noCounts();
  private inFlight = 0;

  /** What was counted since the last {@link Traffic.reset}. */
  get current(): TrafficCounts {
    return this.counts;
  }

  reset(): void {
    this.counts = { ...noCounts(), maxInFlight: this.inFlight };
  }

  connected(): void {
    this.counts.connections += 1;
  }

  /** A request came; call what comes back when it is over, answered or not. */
  begin(request: { path: string; authorization?: string }): () => void {
    const { counts } = this;
    const { path, authorization } = request;
    counts.requests += 1;
    counts.paths[path] = (counts.paths[path] ?? 0) + 1;
    if (authorization) {
      const digest = createHash('sha256').update(authorization).digest('hex');
      const prefix = digest.slice(0, 12);
      if (!counts.authorizations.includes(prefix)) {
        counts.authorizations.push(prefix);
      }
    }
    this.inFlight += 1;
    counts.maxInFlight = Math.max(counts.maxInFlight, this.inFlight);
    return () => {
      this.inFlight -= 1;
    };
  }

  /** An answer was written. */
  sent({ bytesSent, bytesRaw, objects }: SentReply): void {
    const { counts } = this;
    counts.bytesSent += bytesSent;
    counts.bytesRaw += bytesRaw;
    if (objects === undefined) return;
    counts.listRequests += 1;
    const seats = Math.ceil(objects / OBJECTS_PER_SEAT);
    counts.seats += Math.min(MAX_SEATS, Math.max(1, seats));
  }
}

function noCounts(): TrafficCounts {
  return {
    requests: 0,
    listRequests: 0,
    bytesSent: 0,
    bytesRaw: 0,
    maxInFlight: 0,
    connections: 0,
    seats: 0,
    paths: {},
    authorizations: [],
  };
}
