/** Who depends on whom among the project's own files, as compiled and run: the numbers that hubs and stability are told by. */
import type { Steps } from '../../base/steps.js';
import type { WorkspacePath } from '../../workspace/entry.js';
import type { Edge } from '../graph.js';
import { lineOf } from './edge-line.js';
import type { OwnCode } from './own-code.js';

/** A part of the workspace, a file or a folder, with what crosses its border. */
export interface Component {
  readonly name: string;
  /** Files outside that depend on it (Ca), with the edges by which they do. */
  readonly dependents: ReadonlyMap<WorkspacePath, Edge[]>;
  /** Files outside that it depends on, with the edges by which it does. */
  readonly dependencies: ReadonlyMap<WorkspacePath, Edge[]>;
  /** Its files that depend on others (Ce). */
  readonly dependentInside: ReadonlySet<WorkspacePath>;
}

/** Components of the project's own code. Edges count that a statement or the language itself makes between two own files and that are there at run time. */
export function* componentsOf({ examined, paths }: OwnCode, nameOf: (path: WorkspacePath) => string): Steps<Map<string, Component>> {
  const components = new Map<string, MutableComponent>();
  let read = 0;
  for (const path of paths) {
    if (read++ % 100 === 0) yield;
    const name = nameOf(path);
    if (!components.has(name)) components.set(name, { name, dependents: new Map(), dependencies: new Map(), dependentInside: new Set() });
  }
  for (const [i, e] of examined.graph.edges.entries()) {
    if (i % 100 === 0) yield;
    if (e.kind === 'reference' || e.confidence !== 'resolved' || e.typeOnly || !paths.has(e.from) || !paths.has(e.to)) continue;
    const from = components.get(nameOf(e.from))!;
    const to = components.get(nameOf(e.to))!;
    if (from === to || lineOf(examined, e) === undefined) continue;
    push(from.dependencies, e.to, e);
    push(to.dependents, e.from, e);
    from.dependentInside.add(e.from);
  }
  return components;
}

/**
 * Ce / (Ca + Ce) over files: 0 where everybody depends on it and it on nobody, 1 the other way round
 * (R. C. Martin, "OO Design Quality Metrics", 1994).
 */
export function instability({ dependents, dependentInside }: Component): number {
  const all = dependents.size + dependentInside.size;
  return all === 0 ? 0 : dependentInside.size / all;
}

interface MutableComponent extends Component {
  readonly dependents: Map<WorkspacePath, Edge[]>;
  readonly dependencies: Map<WorkspacePath, Edge[]>;
  readonly dependentInside: Set<WorkspacePath>;
}

function push(edges: Map<WorkspacePath, Edge[]>, path: WorkspacePath, edge: Edge): void {
  const known = edges.get(path);
  if (known) known.push(edge);
  else edges.set(path, [edge]);
}
