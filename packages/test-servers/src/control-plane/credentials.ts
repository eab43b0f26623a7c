import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Files of an API server that say who may come in. */
export interface Credentials {
  /** Private key that signs service account tokens, and the same as public key. */
  serviceAccountKeyFile: string;
  serviceAccountPublicKeyFile: string;
  tokenFile: string;
  /** Token by user. `admin` is in `system:masters`. */
  tokens: Record<string, string>;
}

const admin = 'admin';

/**
 * Makes what is not in the folder yet, so that tokens handed out once stay
 * good when a control plane starts again on the same folder.
 */
export async function ensureCredentials(
  folder: string,
  users: string[],
): Promise<Credentials> {
  await mkdir(folder, { recursive: true });
  const path = (name: string) => join(folder, name);
  const serviceAccountKeyFile = path('service-account.key');
  const serviceAccountPublicKeyFile = path('service-account.pub');
  if ((await readIfThere(serviceAccountPublicKeyFile)) === undefined) {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    });
    await writeFile(serviceAccountKeyFile, privateKey, { mode: 0o600 });
    await writeFile(serviceAccountPublicKeyFile, publicKey);
  }
  const tokensFile = path('tokens.json');
  const known = JSON.parse((await readIfThere(tokensFile)) ?? '{}');
  const tokens: Record<string, string> = {};
  for (const user of [admin, ...users]) {
    tokens[user] = known[user] ?? randomBytes(16).toString('hex');
  }
  await writeFile(tokensFile, JSON.stringify(tokens), { mode: 0o600 });
  const tokenFile = path('tokens.csv');
  await writeFile(tokenFile, csv(tokens), { mode: 0o600 });
  return {
    serviceAccountKeyFile,
    serviceAccountPublicKeyFile,
    tokenFile,
    tokens,
  };
}

/** Columns of the API server's token file: token, user, uid, groups. */
function csv(tokens: Record<string, string>): string {
  return Object.entries(tokens)
    .map(([user, token]) => {
      const columns = [token, user, user];
      if (user === admin) columns.push('system:masters');
      return `${columns.map(column => `"${column}"`).join(',')}\n`;
    })
    .join('');
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
