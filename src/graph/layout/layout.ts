/**
 * Where the files of a graph are drawn: every folder is a disc, with the discs of its files
 * and folders inside, those that depend on each other side by side. What is in a folder is
 * arranged by what is in it alone, so a change moves little, and nothing outside of the
 * folders around it by more than their growth.
 */
import type { WorkspacePath } from '../../workspace/entry.js';
import { type FolderTree, folderTree } from './folder-tree.js';
import { centreDiscs, packDiscs } from './pack-discs.js';
import { type Discs, type Pull, relax } from './relax.js';

/** What is arranged. Edges in columns, as numbers of files. */
export interface LayoutInput {
  /** Sorted. */
  readonly files: readonly WorkspacePath[];
  /** o200k tokens of each file: bigger files are bigger discs. */
  readonly tokens: ArrayLike<number>;
  readonly from: ArrayLike<number>;
  readonly to: ArrayLike<number>;
  /** How strongly each edge draws its ends together. */
  readonly weight: ArrayLike<number>;
}

/** Discs of files and folders around (0, 0), in units of about half a small file. */
export interface GraphLayout {
  readonly folders: FolderTree;
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly radius: Float32Array;
  readonly folderX: Float32Array;
  readonly folderY: Float32Array;
  readonly folderRadius: Float32Array;
}

interface Arranged {
  /** Tells the same contents from others. */
  readonly key: string;
  readonly radius: number;
  /** Position of each file or folder by its path, seen from the folder's centre. */
  readonly places: ReadonlyMap<string, readonly [number, number]>;
}

/** What one layout remembers for the next: arrangements by path of the folder. */
export type LayoutMemory = ReadonlyMap<string, Arranged>;

/** Free space between two discs. */
const GAP = 0.4;
/** From the discs in a folder to its rim. */
const PADDING = 0.6;
/** A folder's radius is a power of this: small growth inside leaves its surroundings alone. */
const RADIUS_STEP = 1.02;

/**
 * Lays out the graph. The same graph and memory give the same numbers; a memory of the same
 * graph gives those of the memory. It yields after each folder, to be given up or to let
 * others work.
 */
export function* layoutGraph(
  input: LayoutInput,
  memory: LayoutMemory = new Map(),
): Generator<void, { readonly layout: GraphLayout; readonly memory: LayoutMemory }> {
  const { files, tokens } = input;
  const folders = folderTree(files);
  const count = folders.paths.length;
  const contents: number[][] = Array.from({ length: count }, () => []);
  // Items are files, then folders: folder f is item files.length + f.
  for (let f = 1; f < count; f++) contents[folders.parents[f]!]!.push(files.length + f);
  for (let n = 0; n < files.length; n++) contents[folders.folderOf[n]!]!.push(n);
  const pulls = localPulls(input, folders);
  yield;

  const pathOf = (item: number): string => (item < files.length ? files[item]! : folders.paths[item - files.length]!);
  const radii = new Float64Array(files.length + count);
  for (let n = 0; n < files.length; n++) radii[n] = fileRadius(tokens[n] ?? 0);
  const arranged = new Map<string, Arranged>();
  for (let f = count - 1; f >= 0; f--) {
    const path = folders.paths[f]!;
    const items = contents[f]!;
    const made = arrange(
      items.map(pathOf),
      Float64Array.from(items, (i) => radii[i]!),
      pulls(f, items),
      memory.get(path),
    );
    arranged.set(path, made);
    radii[files.length + f] = made.radius;
    yield;
  }
  return { layout: drawn(files, folders, contents, radii, arranged), memory: arranged };
}

/** Radius of a file's disc. In steps, so that an edit of a few lines moves nothing. */
function fileRadius(tokens: number): number {
  return 1 + Math.round(2 * Math.log2(1 + tokens / 100)) * 0.2;
}

/** Per folder, the edges between two different things in it: each edge belongs to the innermost folder around both of its ends. */
function localPulls(
  { files, from, to, weight }: LayoutInput,
  { parents, folderOf }: FolderTree,
): (folder: number, items: readonly number[]) => Pull[] {
  const depth = new Uint32Array(parents.length);
  for (let f = 1; f < parents.length; f++) depth[f] = depth[parents[f]!]! + 1;
  const sums: (Map<number, number> | undefined)[] = [];
  const items = files.length + parents.length;
  for (let e = 0; e < from.length; e++) {
    let [a, b] = [from[e]!, to[e]!];
    let [fa, fb] = [folderOf[a]!, folderOf[b]!];
    while (fa !== fb) {
      if (depth[fa]! >= depth[fb]!) {
        a = files.length + fa;
        fa = parents[fa]!;
      } else {
        b = files.length + fb;
        fb = parents[fb]!;
      }
    }
    if (a === b) continue;
    sums[fa] ??= new Map();
    const sum = sums[fa]!;
    const key = Math.min(a, b) * items + Math.max(a, b);
    sum.set(key, (sum.get(key) ?? 0) + weight[e]!);
  }
  return (folder, contents) => {
    const position = new Map(contents.map((item, i) => [item, i]));
    return [...(sums[folder] ?? [])]
      .sort(([a], [b]) => a - b)
      .map(([key, w]) => ({ a: position.get(Math.floor(key / items))!, b: position.get(key % items)!, weight: 1 + Math.log2(w + 1) }));
  };
}

function arrange(names: readonly string[], radius: Float64Array, pulls: readonly Pull[], before: Arranged | undefined): Arranged {
  const key = JSON.stringify([names, [...radius], pulls.map(({ a, b, weight }) => [a, b, weight])]);
  if (before?.key === key) return before;
  const discs = startingPlaces(names, radius, pulls, before);
  if (names.length > 1) {
    if (before) relax(discs, pulls, 12, 0.12, GAP);
    else relax(discs, pulls, names.length > 1_000 ? 40 : names.length > 200 ? 90 : 150, 1, GAP);
    packDiscs(discs, GAP, before ? 0.1 : 2);
  }
  const inner = centreDiscs(discs) + PADDING;
  return {
    key,
    radius: RADIUS_STEP ** Math.ceil(Math.log(inner) / Math.log(RADIUS_STEP)),
    places: new Map(names.map((name, i) => [name, [discs.x[i]!, discs.y[i]!]])),
  };
}

/** Angle between neighbours of a sunflower's head, which never line up. */
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));

/** As they lay before; what is new, beside what it is linked with; all anew as a sunflower, what is linked most in the middle. */
function startingPlaces(names: readonly string[], radius: Float64Array, pulls: readonly Pull[], before: Arranged | undefined): Discs {
  const x = new Float64Array(names.length);
  const y = new Float64Array(names.length);
  const weights = new Float64Array(names.length);
  for (const { a, b, weight } of pulls) {
    weights[a]! += weight;
    weights[b]! += weight;
  }
  const order = [...names.keys()].sort((a, b) => weights[b]! - weights[a]! || radius[b]! - radius[a]! || a - b);
  let area = 0;
  for (const [k, i] of order.entries()) {
    const r = radius[i]! + GAP;
    area += r * r;
    const distance = Math.sqrt(Math.max(0, area - r * r)) * 1.2;
    x[i] = distance * Math.cos(k * GOLDEN_ANGLE);
    y[i] = distance * Math.sin(k * GOLDEN_ANGLE);
  }
  if (!before) return { x, y, radius };
  for (const [i, name] of names.entries()) {
    const place = before.places.get(name);
    const beside =
      place ??
      pulls.flatMap(({ a, b }) => (a === i ? (before.places.get(names[b]!) ?? []) : b === i ? (before.places.get(names[a]!) ?? []) : []));
    const outside = before.radius / Math.max(Math.hypot(x[i]!, y[i]!), 1);
    x[i] = beside[0] ?? x[i]! * outside;
    y[i] = beside[1] ?? y[i]! * outside;
  }
  return { x, y, radius };
}

/** From places inside each folder to places in the whole. */
function drawn(
  files: readonly WorkspacePath[],
  folders: FolderTree,
  contents: readonly (readonly number[])[],
  radii: Float64Array,
  arranged: LayoutMemory,
): GraphLayout {
  const x = new Float64Array(radii.length);
  const y = new Float64Array(radii.length);
  for (const [f, items] of contents.entries()) {
    const { places } = arranged.get(folders.paths[f]!)!;
    for (const item of items) {
      const [dx, dy] = places.get(item < files.length ? files[item]! : folders.paths[item - files.length]!)!;
      x[item] = x[files.length + f]! + dx;
      y[item] = y[files.length + f]! + dy;
    }
  }
  const n = files.length;
  return {
    folders,
    x: Float32Array.from(x.subarray(0, n)),
    y: Float32Array.from(y.subarray(0, n)),
    radius: Float32Array.from(radii.subarray(0, n)),
    folderX: Float32Array.from(x.subarray(n)),
    folderY: Float32Array.from(y.subarray(n)),
    folderRadius: Float32Array.from(radii.subarray(n)),
  };
}
