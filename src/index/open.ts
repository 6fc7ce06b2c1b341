/** Opens a workspace: scan, read every file into a record, resolve, graph. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildGraph, resolveAll } from '../graph/build.js';
import type { ResolveInput } from '../graph/links.js';
import { RESOLVERS } from '../graph/resolvers.js';
import { Grammars } from '../syntax/grammars.js';
import { readRecord } from '../syntax/parse.js';
import type { FileRecord } from '../syntax/record.js';
import { decode } from '../workspace/decode.js';
import { scanWorkspace } from '../workspace/scan.js';
import type { Snapshot } from './snapshot.js';

export async function openWorkspace(root: string, grammars: string): Promise<Snapshot> {
  const { entries, problems } = scanWorkspace(root);
  const loader = new Grammars(grammars);
  const records = new Map<string, FileRecord>();
  for (const e of entries) {
    if (e.size < 1e6) records.set(e.path, await readRecord(readFileSync(e.absolute), e.language, loader));
  }
  const byPath = new Map(entries.map((e) => [e.path, e]));
  const read = (path: string): string | undefined => {
    try {
      return decode(readFileSync(join(root, path))).text;
    } catch {
      return undefined;
    }
  };
  const input: ResolveInput = {
    entries,
    has: (p) => byPath.has(p),
    record: (p) => records.get(p),
    manifest: (p) => (byPath.has(p) ? read(p) : undefined),
  };
  const graph = buildGraph(
    entries.map((e) => e.path),
    resolveAll(input, RESOLVERS),
    input,
  );
  return { entries, has: input.has, entry: (p) => byPath.get(p), record: input.record, text: read, graph, history: undefined, problems };
}
