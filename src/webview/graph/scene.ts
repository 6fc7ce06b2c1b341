/** What is drawn, and where: the model seen through the user's view of it. */
import { bundleEdges, clusterFolders } from './clusters.js';
import { shownEdges, shownFiles } from './filters.js';
import { type Groups, groupFiles } from './groups.js';
import type { GraphModel, Item } from './model.js';
import { neighbourhoodOf } from './neighbourhood.js';
import type { ViewState } from './view-state.js';

export interface SceneItem {
  readonly item: Item;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  /** Number of its group's colour. */
  readonly colour: number;
  readonly label: string;
  /** Where its label is. */
  readonly side: 'left' | 'right' | 'above';
  /** Files that it stands for: 1 for a file. */
  readonly files: number;
  readonly inCycle: boolean;
}

export interface SceneLink {
  readonly from: Item;
  readonly to: Item;
  /** Edges between files that it stands for. */
  readonly count: number;
  readonly resolved: boolean;
  /** It is part of a cycle's shortest loop. */
  readonly loop: boolean;
}

/** An open folder. */
export interface SceneRing {
  readonly item: Item;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly label: string;
}

export interface Scene {
  readonly kind: 'whole' | 'neighbourhood';
  readonly items: readonly SceneItem[];
  readonly byItem: ReadonlyMap<Item, SceneItem>;
  readonly links: readonly SceneLink[];
  readonly rings: readonly SceneRing[];
  readonly groups: Groups;
  /** Files that the filters let through. */
  readonly shownFiles: number;
  /** Files of the neighbourhood that were left out, as there are too many. */
  readonly more: number;
  readonly bounds: Bounds;
}

export interface Bounds {
  readonly x: [number, number];
  readonly y: [number, number];
}

/** @param limit of items that are drawn unless folders are opened by hand. */
export function makeScene(model: GraphModel, view: ViewState, limit: number): Scene {
  const groups = groupFiles(model, view.colourBy);
  const files = shownFiles(model, view.filters);
  const centre = view.centre === undefined ? undefined : model.find(view.centre);
  if (centre !== undefined && !model.isFolder(centre)) files[centre] = 1;
  const edges = shownEdges(model, view.filters, files);
  const shown = files.reduce((sum, f) => sum + f, 0);
  const loops = loopEdges(model);
  if (centre !== undefined && !model.isFolder(centre))
    return neighbourhoodScene(model, groups, edges, loops, centre, view.hops, limit, shown);

  const clusters = clusterFolders(model, files, limit, new Set(view.opened), new Set(view.closed));
  const grouped = groupOfFolders(model, groups, files);
  const cycles = cyclesInside(model, files, clusters.holder);
  const nameOf = folderNames(model);
  const items = clusters.items.map((item): SceneItem => {
    const folder = model.isFolder(item);
    const count = folder ? clusters.shown[item - model.files]! : 1;
    const label = folder ? `${nameOf(item)} (${count})` : model.name(item);
    const { colour } = groups.groups[folder ? grouped[item - model.files]! : groups.groupOf[item]!]!;
    return { item, ...model.disc(item), colour, label, side: 'right', files: count, inCycle: cycles.has(item) };
  });
  const links = bundleEdges(model, edges, clusters.holder).map((b) => ({ ...b, loop: loops.has(b.from * model.files + b.to) }));
  // The outermost folder is the whole drawing; a ring around it would say nothing.
  const rings = clusters.open
    .filter((f) => f > 0)
    .map((f): SceneRing => ({ item: model.files + f, ...model.disc(model.files + f), label: nameOf(model.files + f) }));
  return sceneOf('whole', items, links, rings, groups, shown, 0, boundsOfAll(model));
}

function neighbourhoodScene(
  model: GraphModel,
  groups: Groups,
  edges: Uint8Array,
  loops: ReadonlySet<number>,
  centre: number,
  hops: number,
  limit: number,
  shown: number,
): Scene {
  const near = neighbourhoodOf(model, edges, centre, hops, Math.min(limit, 400));
  const items = near.files.map(
    (item, i): SceneItem => ({
      item,
      x: near.x[i]!,
      y: near.y[i]!,
      radius: i === 0 ? 3 : 1.6,
      colour: groups.groups[groups.groupOf[item]!]!.colour,
      label: model.name(item),
      side: i === 0 ? 'above' : near.x[i]! < 0 ? 'left' : 'right',
      files: 1,
      inCycle: model.cycleOf[item]! >= 0,
    }),
  );
  const inside = new Set(near.files);
  const links: SceneLink[] = [];
  for (const from of near.files)
    for (const e of model.outgoing(from)) {
      const to = model.to[e]!;
      if (edges[e] === 1 && inside.has(to))
        links.push({ from, to, count: 1, resolved: model.isResolved(e), loop: loops.has(from * model.files + to) });
    }
  // A few files are not blown up to fill the page.
  const width = near.x.reduce((m, x) => Math.max(m, Math.abs(x)), 90) + 25;
  const height = near.y.reduce((m, y) => Math.max(m, Math.abs(y)), 60) + 8;
  return sceneOf('neighbourhood', items, links, [], groups, shown, near.more, { x: [-width, width], y: [-height, height] });
}

function sceneOf(
  kind: Scene['kind'],
  items: readonly SceneItem[],
  links: readonly SceneLink[],
  rings: readonly SceneRing[],
  groups: Groups,
  shown: number,
  more: number,
  bounds: Bounds,
): Scene {
  return { kind, items, byItem: new Map(items.map((i) => [i.item, i])), links, rings, groups, shownFiles: shown, more, bounds };
}

/** Around all that lies in the outermost folder, whatever is filtered, so that filters do not move the drawing. */
function boundsOfAll(model: GraphModel): Bounds {
  let [left, right, bottom, top] = [0, 0, 0, 0];
  for (let item = 0; item < model.files + model.folders; item++) {
    if (item === model.files || model.folderAround(item) !== 0) continue;
    const { x, y, radius } = model.disc(item);
    left = Math.min(left, x - radius);
    right = Math.max(right, x + radius);
    bottom = Math.min(bottom, y - radius);
    top = Math.max(top, y + radius);
  }
  return { x: [left, right], y: [bottom, top] };
}

/** Folders of one name from which it says little. */
const COMMON = 3;

/** A name that many folders have (`src`, `test`) stands behind that of the next folder around with a name of its own. */
function folderNames(model: GraphModel): (folder: Item) => string {
  const counts = new Map<string, number>();
  for (let f = 0; f < model.folders; f++) {
    const name = model.name(model.files + f);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return (folder) => {
    const name = model.name(folder);
    if (counts.get(name)! < COMMON) return name;
    let around = model.folderAround(folder);
    while (around > 0 && counts.get(model.name(model.files + around))! >= COMMON) around = model.columns.parents[around]!;
    return around > 0 ? `${model.name(model.files + around)}/${name}` : name;
  };
}

/** The edges of all shortest loops, as from · files + to. */
function loopEdges(model: GraphModel): Set<number> {
  return new Set(
    model.columns.cycles.flatMap(({ shortest }) =>
      [...shortest].map((from, i) => from * model.files + shortest[(i + 1) % shortest.length]!),
    ),
  );
}

/** Items with a file of a cycle in them. */
function cyclesInside(model: GraphModel, shown: Uint8Array, holder: Int32Array): Set<Item> {
  const items = new Set<Item>();
  for (const { files } of model.columns.cycles) for (const n of files) if (shown[n] === 1) items.add(holder[n]!);
  return items;
}

/** Group of most of each folder's files. */
function groupOfFolders(model: GraphModel, { groups, groupOf }: Groups, shown: Uint8Array): Uint8Array {
  const { folderOf, parents } = model.columns;
  const counts = new Uint32Array(model.folders * groups.length);
  for (let n = 0; n < model.files; n++) if (shown[n] === 1) counts[folderOf[n]! * groups.length + groupOf[n]!]!++;
  for (let f = model.folders - 1; f > 0; f--)
    for (let g = 0; g < groups.length; g++) counts[parents[f]! * groups.length + g]! += counts[f * groups.length + g]!;
  return Uint8Array.from(parents, (_, f) => {
    let best = 0;
    for (let g = 1; g < groups.length; g++) if (counts[f * groups.length + g]! > counts[f * groups.length + best]!) best = g;
    return best;
  });
}
