import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '@backstage/errors';
import {
  CertificateAuthority,
  type CertificateAndKey,
} from '../tls/CertificateAuthority';

interface Stored {
  authority: CertificateAndKey;
  /** Of each cluster. */
  ports: Record<string, number>;
  /** When the fleet was first populated, epoch milliseconds. */
  bornAt: number;
}

/**
 * What a fleet remembers over restarts: addresses, authority and birth.
 * The same folder and seed give the same clusters with the same identities.
 */
export class FleetState {
  readonly authority: CertificateAuthority;

  private constructor(
    private readonly file: string,
    private readonly stored: Stored,
  ) {
    this.authority = CertificateAuthority.fromPem(stored.authority);
  }

  /**
   * Reads the state of a folder, or begins it.
   *
   * @throws InputError when the file is there and cannot be read
   */
  static open(folder: string, now: number): FleetState {
    mkdirSync(folder, { recursive: true });
    const file = join(folder, 'fleet.json');
    return new FleetState(file, read(file) ?? begin(now));
  }

  get bornAt(): number {
    return this.stored.bornAt;
  }

  /** The port a cluster had, or undefined for a new one. */
  portOf(cluster: string): number | undefined {
    return this.stored.ports[cluster];
  }

  /** Remembers ports for the next start. */
  save(ports: Record<string, number>): void {
    Object.assign(this.stored.ports, ports);
    writeFileSync(this.file, JSON.stringify(this.stored, null, 2), {
      mode: 0o600,
    });
  }
}

function begin(now: number): Stored {
  return {
    authority: CertificateAuthority.create('fleet-ca').toPem(),
    ports: {},
    bornAt: now,
  };
}

function read(file: string): Stored | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const stored = JSON.parse(text) as Stored;
    if (stored.authority?.certPem && stored.ports && stored.bornAt) {
      return stored;
    }
  } catch {
    // Said below, for both kinds of damage.
  }
  throw new InputError(
    `${file} is not the state of a fleet; remove it to begin a new one`,
  );
}
