import type { AuthService } from '@backstage/backend-plugin-api';

const LIFETIME_MS = 10 * 60_000;

/**
 * Holds on to the token with which this plugin calls the Kubernetes plugin:
 * signing one per request would cost more than the request.
 */
export class PluginTokenCache {
  private held: { token: Promise<string>; expiresAt: number } | undefined;

  constructor(
    private readonly options: { auth: AuthService; now?: () => number },
  ) {}

  async get(): Promise<string> {
    const now = this.options.now?.() ?? Date.now();
    if (!this.held || this.held.expiresAt <= now) {
      const fresh = { token: this.issue(), expiresAt: now + LIFETIME_MS };
      this.held = fresh;
      fresh.token.catch(() => {
        if (this.held === fresh) {
          this.held = undefined;
        }
      });
    }
    return this.held.token;
  }

  /** Forgets a token that was refused. */
  drop(refused: string): void {
    const { held } = this;
    held?.token
      .then(token => {
        if (token === refused && this.held === held) {
          this.held = undefined;
        }
      })
      .catch(() => undefined);
  }

  private async issue(): Promise<string> {
    const { auth } = this.options;
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: await auth.getOwnServiceCredentials(),
      targetPluginId: 'kubernetes',
    });
    return token;
  }
}
