/** What a change touches in the graph: symbols, those who use them, and the tests that reach them. */
import { dependentsOf } from '../graph/neighbours.js';
import type { Snapshot } from '../index/snapshot.js';
import type { WorkspacePath } from '../workspace/entry.js';
import type { FileDiff } from './diff.js';
import { fullName, type Use, usesOf } from './symbols.js';

export interface ChangedSymbol {
  readonly path: WorkspacePath;
  readonly name: string;
  readonly kind: string;
  /** From files that the change does not touch. */
  readonly uses: readonly Use[];
}

/** Symbols of which lines changed, innermost first where one is inside of another; in the order of the diff. */
export function changedSymbols(snapshot: Snapshot, diffs: readonly FileDiff[]): ChangedSymbol[] {
  const touched = new Set(diffs.map((d) => d.path));
  return diffs.flatMap(({ path, gone, changed }) => {
    const symbols = gone ? [] : (snapshot.record(path)?.symbols ?? []);
    const hit = new Set<number>();
    for (const { start, end } of changed) {
      for (let line = start; line <= end; line++) {
        const inner = symbols.findLastIndex((s) => s.start <= line && line <= s.end);
        if (inner >= 0) hit.add(inner);
      }
    }
    return [...hit]
      .sort((a, b) => a - b)
      .map((index) => ({
        path,
        name: fullName(symbols, index),
        kind: symbols[index]!.kind,
        uses: usesOf(snapshot, path, index).filter((u) => !touched.has(u.path)),
      }));
  });
}

export interface CoveringTest {
  readonly path: WorkspacePath;
  /** Dependencies between it and a changed file: 1 for one that uses it itself. */
  readonly steps: number;
}

/** How far a test is looked for: behind that it tests something else. */
const STEPS = 3;

/** Tests that depend on one of the files, the nearest first. */
export function testsReaching({ graph, entry }: Snapshot, paths: readonly WorkspacePath[]): CoveringTest[] {
  const seen = new Set(paths);
  const found: CoveringTest[] = [];
  let front = paths.filter((p) => graph.nodes.has(p));
  for (let steps = 1; steps <= STEPS && front.length > 0; steps++) {
    const next: WorkspacePath[] = [];
    for (const user of front.flatMap((path) => dependentsOf(graph, path))) {
      if (seen.has(user)) continue;
      seen.add(user);
      if (entry(user)?.test) found.push({ path: user, steps });
      else next.push(user);
    }
    front = next;
  }
  return found.sort((a, b) => a.steps - b.steps || (a.path < b.path ? -1 : 1));
}
