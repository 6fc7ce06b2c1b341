/**
 * Parts that much depends on and that themselves depend on parts which change more easily: the
 * stable dependencies principle, "depend in the direction of stability" (R. C. Martin, 1994).
 */
import { counted } from '../../base/count.js';
import { folderOf } from '../../base/paths.js';
import { mapSteps, type Steps } from '../../base/steps.js';
import type { Edge } from '../graph.js';
import { type Component, componentsOf, instability } from './coupling.js';
import type { Finding } from './finding.js';
import type { OwnCode } from './own-code.js';

/** What counts as stable and as unstable. Martin gives no thresholds; these are set so that what is found is right (docs/findings.md). */
interface Scale {
  /** A stable part has at least so many files that depend on it, and at most this instability. */
  readonly dependents: number;
  readonly stable: number;
  /** An unstable part depends on at least so many files, and has at least this instability. */
  readonly dependencies: number;
  readonly unstable: number;
}
const FOLDERS: Scale = { dependents: 8, stable: 0.3, dependencies: 8, unstable: 0.7 };
const FILES: Scale = { dependents: 12, stable: 0.2, dependencies: 8, unstable: 0.8 };
/** Folders that the stable part comes to depend on through the unstable one alone: without any, nothing new can change under it. */
const NEW_FOLDERS = 3;

/** A part that depends on so many unstable ones puts a program together: that is its work. */
const ASSEMBLES = 5;

/** Edges that are shown. */
const SHOWN = 5;

export function* findUnstableDependencies(code: OwnCode): Steps<Finding[]> {
  const folders = yield* findingsAmong(yield* componentsOf(code, folderOf), FOLDERS, 'folder');
  const files = yield* findingsAmong(yield* componentsOf(code, (path) => path), FILES, 'file');
  const told = new Set(folders.flatMap((f) => f.evidence.map((e) => `${e.path}:${e.line}`)));
  return [...folders, ...files.filter((f) => !f.evidence.every((e) => told.has(`${e.path}:${e.line}`)))];
}

function* findingsAmong(components: ReadonlyMap<string, Component>, scale: Scale, what: 'folder' | 'file'): Steps<Finding[]> {
  const nameOf = what === 'folder' ? folderOf : (path: string): string => path;
  const found = yield* mapSteps([...components.values()], (from) => {
    if (from.dependents.size < scale.dependents || instability(from) > scale.stable) return [];
    const edges = new Map<string, Edge[]>();
    for (const e of [...from.dependencies.values()].flat()) edges.set(nameOf(e.to), [...(edges.get(nameOf(e.to)) ?? []), e]);
    const told = [...edges].flatMap(([name, crossing]) => {
      const to = components.get(name)!;
      const isUnstable = to.dependencies.size >= scale.dependencies && instability(to) >= scale.unstable;
      return isUnstable && !isInside(from.name, name) && newFolders(from, to) >= NEW_FOLDERS ? [describe(from, to, crossing, what)] : [];
    });
    return told.length < ASSEMBLES ? told : [];
  });
  return found.flat();
}

/** How many folders `to` depends on and `from` does not. */
function newFolders(from: Component, to: Component): number {
  const reached = new Set([...from.dependencies.keys()].map(folderOf));
  const isOwn = (folder: string): boolean => folder === from.name || folder === folderOf(from.name) || folder === to.name;
  return new Set([...to.dependencies.keys()].map(folderOf).filter((folder) => !reached.has(folder) && !isOwn(folder))).size;
}

/** A folder and one below it are one part, seen from afar. */
const isInside = (a: string, b: string): boolean => a === '' || b === '' || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);

function describe(from: Component, to: Component, edges: readonly Edge[], what: 'folder' | 'file'): Finding {
  const weight = edges.reduce((sum, e) => sum + e.weight, 0);
  const figure = (c: Component): string => instability(c).toFixed(2);
  return {
    kind: 'unstable-dependency',
    principle: 'stable dependencies',
    severity: what === 'folder' ? 'medium' : 'low',
    files: [...new Set(edges.flatMap((e) => [e.from, e.to]))].sort(),
    evidence: edges.slice(0, SHOWN).map((e) => ({ path: e.from, line: e.line, words: `depends on ${e.to}` })),
    message: `The ${what} ${from.name}, on which ${from.dependents.size} files depend (instability ${figure(from)}), depends on ${to.name}, which itself depends on ${to.dependencies.size} (instability ${figure(to)}): ${counted(weight, 'reference')}.`,
    key: `unstable-dependency:${from.name}->${to.name}`,
  };
}
