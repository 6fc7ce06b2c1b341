/** The graph as the page reads it: columns, with the edges of each file found at once. */
import { EDGE_FLAGS, type EdgesMessage, type GraphMessage, NO_LANGUAGE, SEPARATOR } from './protocol.js';

/** What is drawn: a file by its number, or folder f as number `files + f`. */
export type Item = number;

export class GraphModel {
  readonly files: number;
  readonly folders: number;
  readonly edges: number;
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  readonly line: Uint32Array;
  readonly flags: Uint8Array;
  /** Positions of each file's edges: those of file n from `outAt[n]` to `outAt[n + 1]`. */
  readonly out: Uint32Array;
  readonly outAt: Uint32Array;
  readonly into: Uint32Array;
  readonly intoAt: Uint32Array;
  /** Number of the cycle that each file is in; -1 for none. */
  readonly cycleOf: Int32Array;
  readonly #names: readonly string[];
  readonly #folderPaths: readonly string[];
  #numbers: Map<string, Item> | undefined;

  /** @param parts all edges of the graph, in order. */
  constructor(
    readonly columns: GraphMessage,
    parts: readonly EdgesMessage[],
  ) {
    this.#names = columns.names === '' && columns.tokens.length === 0 ? [] : columns.names.split(SEPARATOR);
    this.#folderPaths = columns.folders.split(SEPARATOR);
    this.files = columns.tokens.length;
    this.folders = columns.parents.length;
    this.edges = columns.edges;
    this.from = new Uint32Array(this.edges);
    this.to = new Uint32Array(this.edges);
    this.line = new Uint32Array(this.edges);
    this.flags = new Uint8Array(this.edges);
    for (const part of parts) {
      this.from.set(part.from, part.start);
      this.to.set(part.to, part.start);
      this.line.set(part.line, part.start);
      this.flags.set(part.flags, part.start);
    }
    [this.outAt, this.out] = rows(this.files, this.from);
    [this.intoAt, this.into] = rows(this.files, this.to);
    this.cycleOf = new Int32Array(this.files).fill(-1);
    for (const [c, { files }] of columns.cycles.entries()) for (const n of files) this.cycleOf[n] = c;
  }

  isFolder(item: Item): boolean {
    return item >= this.files;
  }

  name(item: Item): string {
    if (!this.isFolder(item)) return this.#names[item] ?? '';
    const folder = item - this.files;
    const path = this.#folderPaths[folder]!;
    const above = this.#folderPaths[this.columns.parents[folder]!] ?? '';
    return folder === 0 ? path || 'workspace' : path.slice(above === '' ? 0 : above.length + 1);
  }

  /** Path of a file or a folder; "" for the outermost folder. */
  path(item: Item): string {
    if (this.isFolder(item)) return this.#folderPaths[item - this.files]!;
    const folder = this.#folderPaths[this.columns.folderOf[item]!]!;
    return folder === '' ? this.name(item) : `${folder}/${this.name(item)}`;
  }

  /** The file or folder of this path. */
  find(path: string): Item | undefined {
    if (!this.#numbers) {
      this.#numbers = new Map();
      for (let item = 0; item < this.files + this.folders; item++) this.#numbers.set(this.path(item), item);
    }
    return this.#numbers.get(path);
  }

  language(file: number): string | undefined {
    const at = this.columns.language[file]!;
    return at === NO_LANGUAGE ? undefined : this.columns.languages[at];
  }

  /** Number of the folder around an item; -1 for the outermost folder. */
  folderAround(item: Item): number {
    return this.isFolder(item) ? this.columns.parents[item - this.files]! : this.columns.folderOf[item]!;
  }

  disc(item: Item): { readonly x: number; readonly y: number; readonly radius: number } {
    const { x, y, radius, folderX, folderY, folderRadius } = this.columns;
    const f = item - this.files;
    return f < 0 ? { x: x[item]!, y: y[item]!, radius: radius[item]! } : { x: folderX[f]!, y: folderY[f]!, radius: folderRadius[f]! };
  }

  outgoing(file: number): Uint32Array {
    return this.out.subarray(this.outAt[file]!, this.outAt[file + 1]!);
  }

  incoming(file: number): Uint32Array {
    return this.into.subarray(this.intoAt[file]!, this.intoAt[file + 1]!);
  }

  /** "import", "use" or "reference". */
  kindOf(edge: number): EdgeKindName {
    return KINDS[this.flags[edge]! & EDGE_FLAGS.kind]!;
  }

  isResolved(edge: number): boolean {
    return (this.flags[edge]! & EDGE_FLAGS.resolved) !== 0;
  }

  isTypeOnly(edge: number): boolean {
    return (this.flags[edge]! & EDGE_FLAGS.typeOnly) !== 0;
  }
}

export type EdgeKindName = 'import' | 'use' | 'reference';
export const KINDS: readonly EdgeKindName[] = ['import', 'use', 'reference'];

/** Positions of equal values side by side, with where each value's begin. */
function rows(count: number, column: Uint32Array): [Uint32Array, Uint32Array] {
  const at = new Uint32Array(count + 1);
  for (const n of column) at[n + 1]!++;
  for (let n = 0; n < count; n++) at[n + 1]! += at[n]!;
  const next = at.slice();
  const sorted = new Uint32Array(column.length);
  for (let e = 0; e < column.length; e++) sorted[next[column[e]!]!++] = e;
  return [at, sorted];
}
