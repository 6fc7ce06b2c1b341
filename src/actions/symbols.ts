/** Symbols of a file: the one that is meant, those around lines, and who uses them. */
import type { LineRange } from '../context/pack.js';
import { dependentsOf } from '../graph/neighbours.js';
import type { Snapshot } from '../index/snapshot.js';
import type { SymbolRecord } from '../syntax/record.js';
import type { WorkspacePath } from '../workspace/entry.js';

type Named = Pick<SymbolRecord, 'name' | 'container'>;

/** Index of the symbol that "Router.handle" or "handle" means: the first of that name; undefined where there is none. */
export function symbolNamed(symbols: readonly Named[], name: string): number | undefined {
  const [last = '', above] = name.split(/\.|::|#/).reverse();
  const found = symbols.findIndex((s) => s.name === last && (above === undefined || symbols[s.container]?.name === above));
  return found < 0 ? undefined : found;
}

/** "Router.handle": a symbol's name behind those around it. */
export function fullName(symbols: readonly Named[], index: number): string {
  const names: string[] = [];
  for (let at = index; at >= 0; at = symbols[at]!.container) names.unshift(symbols[at]!.name);
  return names.join('.');
}

/** Index of the innermost symbol that has all of these lines; undefined at the top of the file. */
export function symbolAround(symbols: readonly SymbolRecord[], { start, end }: LineRange): number | undefined {
  const found = symbols.findLastIndex((s) => s.docStart <= start && s.end >= end);
  return found < 0 ? undefined : found;
}

/** Indices of a symbol and of all that are defined inside of it, at whatever depth. */
export function withInner(symbols: readonly Pick<SymbolRecord, 'container'>[], index: number): Set<number> {
  const all = new Set([index]);
  // A container stands before what is in it.
  for (const [i, s] of symbols.entries()) if (all.has(s.container)) all.add(i);
  return all;
}

/** One reference to a symbol from another file. */
export interface Use {
  readonly path: WorkspacePath;
  /** 0-based. */
  readonly line: number;
  /** Full name of the symbol that it stands in; "" at the top. */
  readonly within: string;
  readonly count: number;
  readonly resolved: boolean;
}

/** Who uses the symbol or what is inside of it, by path and line. */
export function usesOf({ graph, record }: Pick<Snapshot, 'graph' | 'record'>, path: WorkspacePath, symbol: number): Use[] {
  const meant = withInner(record(path)?.symbols ?? [], symbol);
  return dependentsOf(graph, path).flatMap((from) => {
    const user = record(from);
    return graph.links(from).uses.flatMap((link): Use[] => {
      const reference = link.target === path && meant.has(link.symbol) ? user?.references[link.reference] : undefined;
      if (!user || !reference) return [];
      const { line, count, within } = reference;
      return [{ path: from, line, count, within: fullName(user.symbols, within), resolved: link.confidence === 'resolved' }];
    });
  });
}
