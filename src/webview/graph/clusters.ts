/** Which folders are open, what then stands for each file, and the edges between what is drawn. */
import type { GraphModel, Item } from './model.js';

export interface Clusters {
  /** Files and closed folders, in the graph's order, files first. */
  readonly items: readonly Item[];
  /** The item that stands for each file: itself, or the closed folder it is in; -1 for a file that is not shown. */
  readonly holder: Int32Array;
  /** Open folders, outermost first. */
  readonly open: readonly number[];
  /** Files that are shown in each folder, those of folders in it included. */
  readonly shown: Uint32Array;
}

/**
 * Opens folders, biggest first, while at most `limit` items are drawn. A folder in
 * `closed` is never opened by itself; one in `opened` is, whatever the limit, with the
 * folders around it.
 *
 * @param opened and `closed`: paths of folders.
 */
export function clusterFolders(
  model: GraphModel,
  shownFiles: Uint8Array,
  limit: number,
  opened: ReadonlySet<string>,
  closed: ReadonlySet<string>,
): Clusters {
  const { parents, folderOf } = model.columns;
  const shown = new Uint32Array(model.folders);
  const direct = new Uint32Array(model.folders);
  const children: number[][] = Array.from({ length: model.folders }, () => []);
  for (let n = 0; n < model.files; n++) {
    if (shownFiles[n] !== 1) continue;
    shown[folderOf[n]!]!++;
    direct[folderOf[n]!]!++;
  }
  for (let f = model.folders - 1; f > 0; f--) shown[parents[f]!]! += shown[f]!;
  for (let f = 1; f < model.folders; f++) if (shown[f]! > 0) children[parents[f]!]!.push(f);

  const isOpen = new Uint8Array(model.folders);
  let drawn = 1;
  const open = (f: number): void => {
    isOpen[f] = 1;
    drawn += direct[f]! + children[f]!.length - 1;
  };
  const path = (f: number): string => model.path(model.files + f);
  open(0);
  const candidates = [...children[0]!];
  while (candidates.length > 0) {
    let biggest = 0;
    for (let i = 1; i < candidates.length; i++) if (shown[candidates[i]!]! > shown[candidates[biggest]!]!) biggest = i;
    const [f] = candidates.splice(biggest, 1);
    if (closed.has(path(f!)) || drawn + direct[f!]! + children[f!]!.length - 1 > limit) continue;
    open(f!);
    candidates.push(...children[f!]!);
  }
  for (const wanted of opened) {
    const item = model.find(wanted);
    if (item === undefined || !model.isFolder(item)) continue;
    for (let f = item - model.files; f > 0 && isOpen[f] === 0; f = parents[f]!) open(f);
  }
  return { ...drawnItems(model, shownFiles, isOpen, shown), shown };
}

function drawnItems(model: GraphModel, shownFiles: Uint8Array, isOpen: Uint8Array, shown: Uint32Array): Omit<Clusters, 'shown'> {
  const { parents, folderOf } = model.columns;
  // The outermost closed folder around each folder, itself included; -1 where all are open.
  const closedAround = new Int32Array(model.folders).fill(-1);
  const open: number[] = [];
  const folders: Item[] = [];
  for (let f = 0; f < model.folders; f++) {
    const above = f === 0 ? -1 : closedAround[parents[f]!]!;
    closedAround[f] = above >= 0 || isOpen[f] === 1 ? above : f;
    if (shown[f] === 0 || above >= 0) continue;
    if (isOpen[f] === 1) open.push(f);
    else folders.push(model.files + f);
  }
  const files: Item[] = [];
  const holder = Int32Array.from(folderOf, (f, n) => {
    if (shownFiles[n] !== 1) return -1;
    const around = closedAround[f]!;
    if (around >= 0) return model.files + around;
    files.push(n);
    return n;
  });
  return { items: [...files, ...folders], holder, open };
}

/** Edges of files folded into one for each two items that are drawn. */
export interface Bundle {
  readonly from: Item;
  readonly to: Item;
  /** Edges in it. */
  readonly count: number;
  /** One of them at least is resolved. */
  readonly resolved: boolean;
}

/** Bundles between different items, in the order of their first edge. */
export function bundleEdges(model: GraphModel, shownEdges: Uint8Array, holder: Int32Array): Bundle[] {
  const bundles = new Map<number, { from: Item; to: Item; count: number; resolved: boolean }>();
  const size = model.files + model.folders;
  for (let e = 0; e < model.edges; e++) {
    if (shownEdges[e] !== 1) continue;
    const from = holder[model.from[e]!]!;
    const to = holder[model.to[e]!]!;
    if (from < 0 || to < 0 || from === to) continue;
    const bundle = bundles.get(from * size + to);
    if (bundle) {
      bundle.count++;
      bundle.resolved ||= model.isResolved(e);
    } else bundles.set(from * size + to, { from, to, count: 1, resolved: model.isResolved(e) });
  }
  return [...bundles.values()];
}
