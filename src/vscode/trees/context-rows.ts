/** The rows of Context Files: every file of the pack by how it stands, in the order asked for. */

import { nameOf } from '../../base/paths.js';
import type { ListedFile, SentPack } from '../../engine/protocol.js';
import type { WorkspacePath } from '../../workspace/entry.js';
import type { PackChoice, PinLevel } from '../current-pack.js';
import { inPages, type Page } from './pages.js';

/** `pinned` and `dropped` by the user; `packed` by Longview; `left`: no room. */
export type Standing = 'pinned' | 'packed' | 'dropped' | 'left';

export const SORT_KEYS = ['score', 'path', 'tokens'] as const;
export type SortKey = (typeof SORT_KEYS)[number];

export interface GroupRow {
  readonly kind: 'group';
  readonly standing: Standing;
  readonly files: number;
  /** o200k tokens; 0 for files that are not in. */
  readonly tokens: number;
}

export interface FileRow {
  readonly kind: 'file';
  readonly path: WorkspacePath;
  readonly standing: Standing;
  /** As it is in the pack; undefined where it is not, or not yet. */
  readonly listed: ListedFile | undefined;
  /** Level that the user asked for. */
  readonly pinnedAt: PinLevel | undefined;
  /** Relevance; undefined where it was not ranked. */
  readonly score: number | undefined;
}

export type ContextRow = GroupRow | FileRow | Page<FileRow>;

export function isFileRow(row: unknown): row is FileRow {
  return typeof row === 'object' && row !== null && 'kind' in row && row.kind === 'file' && 'standing' in row;
}

/** One state of pack and choice. Made at every change: what is not looked at costs nothing. */
export class ContextRows {
  readonly #sections: Readonly<Record<Exclude<Standing, 'left'>, () => readonly FileRow[]>>;
  /** Positions in `pack.left` of those that are still left. */
  readonly #left: Uint32Array;
  readonly groups: readonly GroupRow[];
  #names: ReadonlyMap<string, number> | undefined;

  constructor(
    private readonly pack: SentPack | undefined,
    { pins, drops }: Pick<PackChoice, 'pins' | 'drops'>,
    private readonly sort: SortKey,
  ) {
    const dropped = new Set(drops);
    const listed = new Map(pack?.files.map((f) => [f.path, f]));
    const pinned = Object.entries(pins).map(([path, level]) => row(path, 'pinned', listed.get(path), level));
    const packed = (pack?.files ?? []).filter((f) => !(f.path in pins) && !dropped.has(f.path)).map((f) => row(f.path, 'packed', f));
    const out = [...drops].sort().map((path) => row(path, 'dropped', undefined));
    const sorted = { pinned: once(() => this.#inOrder(pinned)), packed: once(() => this.#inOrder(packed)) };
    this.#sections = { ...sorted, dropped: () => out };
    const left = pack?.left.paths ?? [];
    this.#left = Uint32Array.from(left.keys()).filter((i) => !(left[i]! in pins || dropped.has(left[i]!)));
    const tokens = (rows: readonly FileRow[]): number => rows.reduce((n, r) => n + (r.listed?.tokens ?? 0), 0);
    const all: readonly GroupRow[] = [
      { kind: 'group', standing: 'pinned', files: pinned.length, tokens: tokens(pinned) },
      { kind: 'group', standing: 'packed', files: packed.length, tokens: tokens(packed) },
      { kind: 'group', standing: 'dropped', files: out.length, tokens: 0 },
      { kind: 'group', standing: 'left', files: this.#left.length, tokens: 0 },
    ];
    this.groups = all.filter((g) => g.files > 0);
  }

  /** Files that the model reads something of, or the name. */
  get inside(): number {
    return this.pack?.files.length ?? 0;
  }

  children(parent: ContextRow | undefined): readonly ContextRow[] {
    if (!parent) return this.groups;
    if (parent.kind === 'file') return [];
    if (parent.kind === 'page') return parent.rows();
    const { standing, files } = parent;
    if (standing === 'left') return inPages(standing, files, (start, end) => this.#leftRows(start, end));
    const rows = this.#sections[standing]();
    return inPages(standing, rows.length, (start, end) => rows.slice(start, end));
  }

  /** The file's name, with its folder's where another file of the tree is called the same. */
  label({ path }: FileRow): string {
    this.#names ??= countNames([...this.#sections.pinned(), ...this.#sections.packed(), ...this.#sections.dropped()]);
    const name = nameOf(path);
    return (this.#names.get(name) ?? 0) < 2 ? name : path.split('/').slice(-2).join('/');
  }

  /** Always the best first: those are the next to get room. */
  #leftRows(start: number, end: number): FileRow[] {
    const { paths, scores } = this.pack!.left;
    return [...this.#left.subarray(start, end)].map((i) => ({ ...row(paths[i]!, 'left', undefined), score: scores[i] }));
  }

  #inOrder(rows: readonly FileRow[]): readonly FileRow[] {
    const byPath = (a: FileRow, b: FileRow): number => (a.path < b.path ? -1 : 1);
    const orders: Readonly<Record<SortKey, (a: FileRow, b: FileRow) => number>> = {
      score: (a, b) => (b.score ?? 0) - (a.score ?? 0) || byPath(a, b),
      path: byPath,
      tokens: (a, b) => (b.listed?.tokens ?? 0) - (a.listed?.tokens ?? 0) || byPath(a, b),
    };
    return [...rows].sort(orders[this.sort]);
  }
}

/** The row of any file, wherever it stands. */
export function rowOf(path: WorkspacePath, pack: SentPack | undefined, { pins, drops }: Pick<PackChoice, 'pins' | 'drops'>): FileRow {
  const listed = pack?.files.find((f) => f.path === path);
  const standing = path in pins ? 'pinned' : drops.includes(path) ? 'dropped' : listed ? 'packed' : 'left';
  return row(path, standing, listed, pins[path]);
}

function row(path: WorkspacePath, standing: Standing, listed: ListedFile | undefined, pinnedAt?: PinLevel): FileRow {
  return { kind: 'file', path, standing, listed, pinnedAt, score: listed?.score };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function countNames(rows: readonly FileRow[]): Map<string, number> {
  const names = new Map<string, number>();
  for (const { path } of rows) names.set(nameOf(path), (names.get(nameOf(path)) ?? 0) + 1);
  return names;
}
