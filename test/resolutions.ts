/** Workspaces in memory, resolved state after state as the index does. */
import { atOnce } from '../src/base/steps.js';
import type { PreparedFamilies } from '../src/graph/prepared.js';
import { NOTHING_RESOLVED, Resolution, type ResolvedState } from '../src/graph/resolution.js';
import { RESOLVERS } from '../src/graph/resolvers.js';
import { interfaceKey } from '../src/syntax/interface.js';
import type { FileRecord } from '../src/syntax/record.js';
import { entriesOf, recordOf } from './workspaces.js';

const records = new Map<string, FileRecord>();

/** Links of these files, with what `old` knows taken over, by resolvers that were prepared before. */
export async function resolved(
  files: ReadonlyMap<string, string>,
  old: ResolvedState = NOTHING_RESOLVED,
  prepared?: PreparedFamilies,
): Promise<Resolution> {
  const key = (path: string): string | undefined => (files.has(path) ? `${path}\0${files.get(path)}` : undefined);
  for (const [path, text] of files) {
    const k = key(path)!;
    if (!records.has(k)) records.set(k, await recordOf(path, text));
  }
  const record = (path: string): FileRecord | undefined => records.get(key(path) ?? '');
  const input = {
    entries: entriesOf([...files.keys()]),
    has: (path: string) => files.has(path),
    record,
    manifest: (path: string) => files.get(path),
    contentKey: key,
    interfaceKey: (path: string) => {
      const found = record(path);
      return found && interfaceKey(found);
    },
  };
  return atOnce(new Resolution(input, prepared).resolve(RESOLVERS, '', old));
}

/** Edges and links of every file, by path. */
export const shownLinks = (files: ReadonlyMap<string, string>, r: Resolution): unknown =>
  [...files.keys()].sort().map((path) => [path, r.edges(path), r.links(path)]);
