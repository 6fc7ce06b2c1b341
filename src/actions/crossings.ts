/** What one file uses of another: the statements that lead there and the definitions that are meant. */
import { counted } from '../base/count.js';
import type { Edge } from '../graph/graph.js';
import type { Snapshot } from '../index/snapshot.js';
import type { WorkspacePath } from '../workspace/entry.js';
import type { Scene } from './action.js';

/** A definition of the other file. */
export interface UsedSymbol {
  /** Index in the record's `symbols`; -1 for the file as a whole (a module object, a re-export). */
  readonly symbol: number;
  readonly name: string;
  readonly kind: string;
  /** 0-based lines in the using file, ascending: the first of each place. */
  readonly lines: readonly number[];
  /** Names of the symbols that use it; "" for the top of the file. Sorted. */
  readonly within: readonly string[];
  /** References. */
  readonly count: number;
  /** Found by the language's own rules. */
  readonly resolved: boolean;
}

export interface Crossing {
  readonly from: WorkspacePath;
  readonly to: WorkspacePath;
  /** 0-based lines of the import statements in `from`, ascending. */
  readonly imports: readonly number[];
  /** In the order of definition. */
  readonly used: readonly UsedSymbol[];
}

export function crossing({ graph, record }: Pick<Snapshot, 'graph' | 'record'>, from: WorkspacePath, to: WorkspacePath): Crossing {
  const [here, there] = [record(from), record(to)];
  const { imports, uses } = graph.links(from);
  const statements = imports.flatMap((l) =>
    l.targets.includes(to) && l.confidence !== 'unresolved' ? (here?.imports[l.import] ?? []) : [],
  );
  const used = new Map<number, { lines: Set<number>; within: Set<string>; count: number; resolved: boolean }>();
  for (const link of uses) {
    const reference = link.target === to ? here?.references[link.reference] : undefined;
    if (!reference) continue;
    const one = used.get(link.symbol) ?? { lines: new Set(), within: new Set(), count: 0, resolved: false };
    used.set(link.symbol, one);
    one.lines.add(reference.line);
    one.within.add(here!.symbols[reference.within]?.name ?? '');
    one.count += reference.count;
    one.resolved ||= link.confidence === 'resolved';
  }
  return {
    from,
    to,
    imports: [...new Set(statements.map((s) => s.line))].sort((a, b) => a - b),
    used: [...used]
      .sort(([a], [b]) => a - b)
      .map(([symbol, { lines, within, count, resolved }]) => ({
        symbol,
        name: there?.symbols[symbol]?.name ?? 'the file itself',
        kind: there?.symbols[symbol]?.kind ?? '',
        lines: [...lines].sort((a, b) => a - b),
        within: [...within].sort(),
        count,
        resolved,
      })),
  };
}

/** "open (function), Store (class)"; of many the first. */
function namesOf(used: readonly UsedSymbol[], most = 20): string {
  const names = used.slice(0, most).map(({ name, kind }) => (kind === '' ? name : `${name} (${kind})`));
  return used.length > most ? `${names.join(', ')} and ${used.length - most} more` : names.join(', ');
}

/** Lines and names shown of one crossing. */
const SHOWN = 8;

/** Tells what crosses an edge as evidence. @param mark stands behind its first line. */
export function tellCrossing({ snapshot, evidence }: Scene, { from, to, weight, line }: Edge, mark = ''): void {
  const { imports, used } = crossing(snapshot, from, to);
  evidence.say(`${from} depends on ${to} (${counted(weight, 'reference')})${mark === '' ? '' : `: ${mark}`}`);
  for (const at of (imports.length === 0 ? [line] : imports).slice(0, SHOWN)) evidence.quote(from, at);
  if (used.length > 0) evidence.say(`  uses ${namesOf(used)}`);
  for (const { name, lines, within } of used.slice(0, SHOWN)) {
    const places = lines
      .slice(0, SHOWN)
      .map((l) => l + 1)
      .join(', ');
    const inside = within
      .filter((w) => w !== '')
      .slice(0, SHOWN)
      .join(', ');
    evidence.say(`  ${name}: ${lines.length === 1 ? 'line' : 'lines'} ${places}${inside === '' ? '' : ` in ${inside}`}`);
  }
}
