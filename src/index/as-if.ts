/** The workspace as it would be with other texts in it, computed beside the index, which knows nothing of it. */
import { join } from 'node:path';
import { inTurns } from '../base/steps.js';
import { buildGraph } from '../graph/build.js';
import type { Examined } from '../graph/findings/finding.js';
import type { Edge } from '../graph/graph.js';
import type { ResolutionInput, Resolver } from '../graph/links.js';
import { Resolution } from '../graph/resolution.js';
import { RESOLVERS } from '../graph/resolvers.js';
import { decodeRecord } from '../syntax/codec.js';
import { readFiles } from '../syntax/pool.js';
import type { FileRecord } from '../syntax/record.js';
import { classifyName } from '../workspace/classify.js';
import type { FileEntry, WorkspacePath } from '../workspace/entry.js';
import { placeIn } from '../workspace/place.js';
import type { Snapshot } from './snapshot.js';

/** What a file would have in it; no text for one that would be gone. */
export interface PlannedText {
  readonly path: WorkspacePath;
  readonly text: string | undefined;
}

/**
 * What findings are computed from, with the planned texts in place. Languages that none of them touches keep the edges
 * that they have; the others are resolved anew, all of their files. Rejects with the signal's reason when aborted.
 * @param assets folder of the built worker and its grammars.
 */
export async function examineAsIf(
  snapshot: Snapshot,
  planned: readonly PlannedText[],
  assets: string,
  signal: AbortSignal,
): Promise<Examined> {
  const texts = new Map(planned.map(({ path, text }) => [path, text]));
  const there = [...texts].flatMap(([path, text]) => (text === undefined ? [] : [{ path, text }]));
  const records = await recordsOf(there, assets, signal);
  const entries = [
    ...snapshot.entries.filter(({ path }) => !texts.has(path)),
    ...there.map(({ path, text }) => entryOf(path, text, snapshot)),
  ].sort((a, b) => (a.path < b.path ? -1 : 1));
  const byPath = new Map(entries.map((entry) => [entry.path, entry]));
  const record = (path: WorkspacePath): FileRecord | undefined => (texts.has(path) ? records.get(path) : snapshot.record(path));
  const text = (path: WorkspacePath): string | undefined =>
    texts.has(path) ? texts.get(path)?.replace(/\r\n?/g, '\n') : snapshot.text(path);
  // A name of its own for each planned text: nothing is compared with an earlier state.
  const contentKey = (path: WorkspacePath): string | undefined =>
    texts.has(path) ? (records.has(path) ? `planned ${path}` : undefined) : snapshot.contentKey(path);
  const input: ResolutionInput = { entries, has: (path) => byPath.has(path), record, manifest: text, contentKey, interfaceKey: contentKey };
  const touched = RESOLVERS.filter((resolver) => isTouched(resolver, [...texts.keys()]));
  const resolution = await inTurns(new Resolution(input).resolve(touched, ''), signal);
  const anew = new Set(touched.flatMap(({ languages }) => languages));
  const isAnew = (path: WorkspacePath): boolean => anew.has(byPath.get(path)?.language ?? '');
  const kept = new Map<WorkspacePath, Edge[]>();
  for (const edge of snapshot.graph.edges) {
    if (isAnew(edge.from)) continue;
    const edges = kept.get(edge.from);
    if (edges) edges.push(edge);
    else kept.set(edge.from, [edge]);
  }
  const graph = buildGraph([...byPath.keys()], {
    edges: (path) => (isAnew(path) ? resolution.edges(path) : (kept.get(path) ?? [])),
    links: (path) => (isAnew(path) ? resolution.links(path) : snapshot.graph.links(path)),
  });
  return { entries, graph, history: snapshot.history, record, text };
}

async function recordsOf(
  there: readonly { readonly path: WorkspacePath; readonly text: string }[],
  assets: string,
  signal: AbortSignal,
): Promise<Map<WorkspacePath, FileRecord>> {
  const records = new Map<WorkspacePath, FileRecord>();
  const jobs = there.map(({ path, text }) => {
    const bytes = Buffer.from(text);
    return { absolute: path, language: classifyName(path).language, size: bytes.length, bytes };
  });
  await readFiles(
    jobs,
    { script: join(assets, 'worker.js'), grammars: join(assets, 'grammars'), workers: 1 },
    (job, result) => {
      if (result.kind === 'read') records.set(there[job]!.path, decodeRecord(result.bytes));
    },
    signal,
  );
  return records;
}

/** As it is, or as its name tells. */
function entryOf(path: WorkspacePath, text: string, snapshot: Snapshot): FileEntry {
  const absolute = placeIn(snapshot.roots, path)?.absolute ?? path;
  const entry = snapshot.entry(path) ?? { ...classifyName(path), path, absolute, mtimeMs: 0 };
  return { ...entry, size: Buffer.byteLength(text) };
}

const isTouched = ({ languages, manifests }: Resolver, paths: readonly WorkspacePath[]): boolean =>
  paths.some((path) => languages.includes(classifyName(path).language ?? '') || manifests.some((name) => path.endsWith(name)));
