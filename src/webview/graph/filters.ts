/** Which files and edges are shown. */
import type { EdgeKindName, GraphModel } from './model.js';

export interface Filters {
  /** Path of a folder; "" for all. */
  readonly folder: string;
  readonly hiddenLanguages: readonly string[];
  readonly hiddenKinds: readonly EdgeKindName[];
  readonly resolved: boolean;
  readonly named: boolean;
  /** Edges that vanish at run time. */
  readonly typeOnly: boolean;
  /** Files in cycles alone. */
  readonly cyclesOnly: boolean;
}

export const NO_FILTERS: Filters = {
  folder: '',
  hiddenLanguages: [],
  hiddenKinds: [],
  resolved: true,
  named: true,
  typeOnly: true,
  cyclesOnly: false,
};

/** How a filter names files of no language. */
export const PLAIN = 'other';

export function countFilters(f: Filters): number {
  const off = [f.folder !== '', !f.resolved, !f.named, !f.typeOnly, f.cyclesOnly].filter(Boolean).length;
  return off + f.hiddenLanguages.length + f.hiddenKinds.length;
}

/** 1 for each file that is shown. */
export function shownFiles(model: GraphModel, { folder, hiddenLanguages, cyclesOnly }: Filters): Uint8Array {
  const { parents, folderOf, language, languages } = model.columns;
  const hidden = new Set(hiddenLanguages);
  const hides = languages.map((l) => hidden.has(l));
  const inside = new Uint8Array(model.folders);
  for (let f = 0; f < model.folders; f++) {
    const path = model.path(model.files + f);
    inside[f] = folder === '' || path === folder || path.startsWith(`${folder}/`) || (f > 0 && inside[parents[f]!] === 1) ? 1 : 0;
  }
  return Uint8Array.from(folderOf, (f, n) =>
    inside[f] === 1 && !(hides[language[n]!] ?? hidden.has(PLAIN)) && (!cyclesOnly || model.cycleOf[n]! >= 0) ? 1 : 0,
  );
}

/** 1 for each edge that is shown: of a kind and confidence that is, between files that are. */
export function shownEdges(model: GraphModel, { hiddenKinds, resolved, named, typeOnly }: Filters, files: Uint8Array): Uint8Array {
  return Uint8Array.from(model.from, (from, e) =>
    files[from] === 1 &&
    files[model.to[e]!] === 1 &&
    (model.isResolved(e) ? resolved : named) &&
    (typeOnly || !model.isTypeOnly(e)) &&
    !hiddenKinds.includes(model.kindOf(e))
      ? 1
      : 0,
  );
}
