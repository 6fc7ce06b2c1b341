/** Files that much depends on and that depend on much: what changes anywhere below them may reach everything above. */
import { counted } from '../../base/count.js';
import type { Steps } from '../../base/steps.js';
import type { FileRecord } from '../../syntax/record.js';
import type { WorkspacePath } from '../../workspace/entry.js';
import { type Component, componentsOf } from './coupling.js';
import type { Finding } from './finding.js';
import type { OwnCode } from './own-code.js';

/** Below this, in or out, nobody calls it a hub, however small the workspace. */
const AT_LEAST = 10;
/** Share of the workspace's files that lies below a hub's fan-in, and below its fan-out. */
const BELOW = 0.95;

export function* findHubs(code: OwnCode): Steps<Finding[]> {
  const files = [...(yield* componentsOf(code, (path) => path)).values()].filter((f) => f.dependents.size + f.dependencies.size > 0);
  const fanIn = Math.max(AT_LEAST, quantile(files.map((f) => f.dependents.size)));
  const fanOut = Math.max(AT_LEAST, quantile(files.map((f) => f.dependencies.size)));
  return files
    .filter((f) => f.dependents.size >= fanIn && f.dependencies.size >= fanOut && hasCode(f.name, code.examined.record(f.name)))
    .map((f) => describe(f, code.examined.record(f.name)));
}

/** The least of the values that at most a share of 1 - {@link BELOW} reaches. */
function quantile(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * BELOW)] ?? 0;
}

/** A file that only passes on what others define is a door, not a hub; one of declarations is a document. */
const hasCode = (path: WorkspacePath, record: FileRecord | undefined): boolean =>
  !/\.d\.[cm]?ts$/.test(path) && record?.symbols.some((s) => s.kind !== 'namespace' && s.kind !== 'module') === true;

function describe({ name, dependents, dependencies }: Component, record: FileRecord | undefined): Finding {
  const main = record?.symbols.find((s) => s.container < 0 && s.exported) ?? record?.symbols[0];
  const heaviest = [...dependencies.values()].flat().sort((a, b) => b.weight - a.weight || (a.to < b.to ? -1 : 1));
  return {
    kind: 'hub',
    principle: 'loose coupling',
    severity: dependents.size * dependencies.size >= 1_000 ? 'medium' : 'low',
    files: [name],
    evidence: [
      { path: name, line: main?.nameLine ?? 0, words: `${dependents.size} files depend on this one` },
      ...heaviest.slice(0, 3).map((e) => ({ path: name, line: e.line, words: `depends on ${e.to}: ${counted(e.weight, 'reference')}` })),
    ],
    message: `${dependents.size} files depend on ${name}, and it depends on ${dependencies.size}: a change in any of these may reach all of those through it.`,
    key: `hub:${name}`,
  };
}
