/** Workspaces in memory: files given as text, read, resolved and graphed by the real engine. */
import { resolve } from 'node:path';
import { atOnce } from '../src/base/steps.js';
import { buildGraph } from '../src/graph/build.js';
import type { Graph } from '../src/graph/graph.js';
import type { ResolutionInput } from '../src/graph/links.js';
import { Resolution } from '../src/graph/resolution.js';
import { RESOLVERS } from '../src/graph/resolvers.js';
import type { Snapshot } from '../src/index/snapshot.js';
import { Grammars } from '../src/syntax/grammars.js';
import { languageOfName } from '../src/syntax/languages.js';
import { readRecord } from '../src/syntax/parse.js';
import type { FileRecord } from '../src/syntax/record.js';
import { classifyName } from '../src/workspace/classify.js';
import type { FileEntry } from '../src/workspace/entry.js';

const grammars = new Grammars(resolve('dist/grammars'));

/** The record of a source text under a file name. */
export async function recordOf(name: string, source: string): Promise<FileRecord> {
  return await readRecord(Buffer.from(source), languageOfName(name)?.id, grammars);
}

/** What a scan would say of files with these names. */
export function entriesOf(paths: readonly string[]): FileEntry[] {
  return [...paths].sort().map((path) => ({ path, absolute: `/workspace/${path}`, size: 0, mtimeMs: 0, ...classifyName(path) }));
}

/** A snapshot of the files, sorted by path. */
export async function snapshotOf(files: Readonly<Record<string, string>>): Promise<Snapshot> {
  const paths = Object.keys(files).sort();
  const records = new Map<string, FileRecord>();
  for (const path of paths) records.set(path, await recordOf(path, files[path]!));
  const entries = entriesOf(paths);
  const input: ResolutionInput = {
    entries,
    has: (p) => p in files,
    record: (p) => records.get(p),
    manifest: (p) => files[p],
    contentKey: (p) => files[p],
    interfaceKey: (p) => files[p],
  };
  return {
    entries,
    has: input.has,
    entry: (p) => entries.find((e) => e.path === p),
    record: input.record,
    text: (p) => files[p],
    unparsed: () => undefined,
    tokens: (p) => records.get(p)?.tokens ?? 0,
    contentKey: (p) => (p in files ? `${p}:${files[p]}` : undefined),
    isUnsaved: () => false,
    graph: buildGraph(paths, atOnce(new Resolution(input).resolve(RESOLVERS, ''))),
    history: undefined,
    problems: [],
    roots: [{ folder: '/workspace', prefix: '' }],
    home: { derived: undefined },
  };
}

export async function graphOfFiles(files: Readonly<Record<string, string>>): Promise<Graph> {
  return (await snapshotOf(files)).graph;
}

/** Edges as "from -> to", with "(use)" or "(reference)" behind those without an import, and "(types)" and "(named)" where it applies. */
export function shownEdges({ edges }: Graph): string[] {
  return edges.map((e) => {
    const marks = [e.kind === 'import' ? '' : e.kind, e.typeOnly ? 'types' : '', e.confidence === 'named' ? 'named' : ''].filter(
      (m) => m !== '',
    );
    return `${e.from} -> ${e.to}${marks.length > 0 ? ` (${marks.join(', ')})` : ''}`;
  });
}

/** Symbols as "kind container.name start-end", with "+" before what is exported; lines from 1. */
export function shownSymbols({ symbols }: FileRecord): string[] {
  return symbols.map(
    (s) =>
      `${s.exported ? '+' : ''}${s.kind} ${s.container >= 0 ? `${symbols[s.container]!.name}.` : ''}${s.name} ${s.start + 1}-${s.end + 1}`,
  );
}
