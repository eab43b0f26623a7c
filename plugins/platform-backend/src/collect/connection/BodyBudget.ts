import { FREE_BODY_BYTES, MAX_LARGE_BODIES_BYTES } from '../bounds';

/** What one body takes of the budget. */
export interface BodyShare {
  /** Of all large bodies together. */
  readonly limitBytes: number;
  /**
   * The body has so many bytes by now.
   *
   * @returns whether there is room for them; if not, nothing more is taken
   */
  grow(bodyBytes: number): boolean;
  /** Gives everything back; further calls do nothing. */
  release(): void;
}

/**
 * The memory for large bodies of one process.
 *
 * @remarks
 * The bound of a single body is generous, for the sake of lists that cannot be
 * paged; times slots and requests it would be gigabytes. Ordinary pages take
 * nothing of it, so that no cluster can keep the others from being read.
 */
export class BodyBudget {
  private used = 0;

  constructor(
    private readonly bounds: { limitBytes: number; freeBytes: number } = {
      limitBytes: MAX_LARGE_BODIES_BYTES,
      freeBytes: FREE_BODY_BYTES,
    },
  ) {}

  share(): BodyShare {
    const { limitBytes, freeBytes } = this.bounds;
    let taken = 0;
    return {
      limitBytes,
      grow: bodyBytes => {
        const more = Math.max(0, bodyBytes - freeBytes) - taken;
        if (more <= 0) {
          return true;
        }
        if (this.used + more > limitBytes) {
          return false;
        }
        this.used += more;
        taken += more;
        return true;
      },
      release: () => {
        this.used -= taken;
        taken = 0;
      },
    };
  }
}
