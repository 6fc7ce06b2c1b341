/** What a workspace is called where its folders are not to be told: in the ledger, in cache keys, in the user's data folder. */
import { createHash } from 'node:crypto';
import type { Scan } from './entry.js';

/** The same in every process; tells nothing about the workspace. Sixteen hexadecimal digits. */
export function workspaceId(roots: readonly Pick<Scan['roots'][number], 'folder'>[]): string {
  const folders = roots.map(({ folder }) => folder);
  return createHash('sha256').update(folders.join('\0')).digest('hex').slice(0, 16);
}
