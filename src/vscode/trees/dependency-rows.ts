/** The rows of Dependencies: one file's place in the graph, and the cycles of the workspace. */
import { formatCount } from '../../base/count.js';
import type { FileFacts } from '../../engine/protocol.js';
import type { Cycle } from '../../graph/cycles.js';
import type { Edge } from '../../graph/graph.js';
import type { Neighbour } from '../../graph/place.js';
import type { WorkspacePath } from '../../workspace/entry.js';
import { inPages, type Page } from './pages.js';

export type Section = 'facts' | 'dependencies' | 'dependents' | 'unresolved' | 'symbols' | 'cycles';

export interface SectionRow {
  readonly kind: 'section';
  readonly section: Section;
  /** Rows below it; undefined where nobody has counted them yet. */
  readonly rows: number | undefined;
}

/** An edge of the file, seen from it: `out` to what it depends on, `in` from what depends on it. */
export interface NeighbourRow {
  readonly kind: 'neighbour';
  readonly direction: 'out' | 'in';
  readonly neighbour: Neighbour;
  /** The file at the other end. */
  readonly path: WorkspacePath;
  /** Where the edge is made: the line is in this file. */
  readonly at: WorkspacePath;
}

export type DependencyRow =
  | SectionRow
  | NeighbourRow
  | { readonly kind: 'fact'; readonly name: string; readonly value: string }
  | { readonly kind: 'unresolved'; readonly specifier: string; readonly line: number; readonly at: WorkspacePath; readonly number: number }
  /** A definition, by its index in the file's symbols. */
  | { readonly kind: 'symbol'; readonly index: number; readonly at: WorkspacePath }
  | { readonly kind: 'cycle'; readonly cycle: Cycle }
  /** An edge of a cycle's shortest loop. */
  | { readonly kind: 'edge'; readonly edge: Edge; readonly path: WorkspacePath; readonly at: WorkspacePath }
  | { readonly kind: 'members'; readonly cycle: Cycle }
  | { readonly kind: 'member'; readonly path: WorkspacePath; readonly of: Cycle }
  | Page<DependencyRow>;

/** The rows for one file; without one the cycles are all there is. */
export class DependencyRows {
  readonly #inside: ReadonlyMap<number, readonly number[]>;

  constructor(
    readonly file: FileFacts | undefined,
    /** Undefined until somebody wants to see them. */
    private readonly cycles: readonly Cycle[] | undefined,
  ) {
    const inside = new Map<number, number[]>();
    file?.symbols.forEach(({ container }, index) => {
      const beside = inside.get(container);
      if (beside) beside.push(index);
      else inside.set(container, [index]);
    });
    this.#inside = inside;
  }

  /** Whether there is something inside the symbol. */
  holds(symbol: number): boolean {
    return this.#inside.has(symbol);
  }

  children(parent: DependencyRow | undefined): readonly DependencyRow[] {
    if (!parent) return this.#sections();
    switch (parent.kind) {
      case 'section':
        return this.#below(parent.section);
      case 'symbol':
        return this.#symbolsIn(parent.index);
      case 'cycle': {
        const { cycle } = parent;
        const loop = cycle.shortest.map((edge): DependencyRow => ({ kind: 'edge', edge, path: edge.to, at: edge.from }));
        return cycle.files.length > cycle.shortest.length ? [...loop, { kind: 'members', cycle }] : loop;
      }
      case 'members': {
        const { files } = parent.cycle;
        const rows = (start: number, end: number): DependencyRow[] =>
          files.slice(start, end).map((path) => ({ kind: 'member', path, of: parent.cycle }));
        return inPages(`members:${files[0]}`, files.length, rows);
      }
      case 'page':
        return parent.rows();
      default:
        return [];
    }
  }

  #sections(): SectionRow[] {
    const section = (name: Section, rows: number | undefined): SectionRow => ({ kind: 'section', section: name, rows });
    const cycles = section('cycles', this.cycles?.length);
    if (!this.file) return [cycles];
    const { dependencies, dependents, unresolved, symbols } = this.file;
    return [
      section('dependencies', dependencies.length),
      section('dependents', dependents.length),
      ...(unresolved.length > 0 ? [section('unresolved', unresolved.length)] : []),
      section('symbols', symbols.length),
      section('facts', undefined),
      cycles,
    ];
  }

  #below(section: Section): readonly DependencyRow[] {
    if (section === 'cycles') {
      const all = this.cycles ?? [];
      if (this.cycles?.length === 0) return [{ kind: 'fact', name: 'None', value: 'no file depends on itself through others' }];
      return inPages(section, all.length, (start, end) => all.slice(start, end).map((cycle) => ({ kind: 'cycle', cycle })));
    }
    const { file } = this;
    if (!file) return [];
    switch (section) {
      case 'facts':
        return factsOf(file);
      case 'dependencies':
        return neighbours(section, 'out', file.dependencies, file.path);
      case 'dependents':
        return neighbours(section, 'in', file.dependents, file.path);
      case 'unresolved':
        return inPages(section, file.unresolved.length, (start, end) =>
          file.unresolved.slice(start, end).map((u, i) => ({ kind: 'unresolved', ...u, at: file.path, number: start + i })),
        );
      case 'symbols':
        return this.#symbolsIn(-1);
    }
  }

  #symbolsIn(container: number): readonly DependencyRow[] {
    const inside = this.#inside.get(container) ?? [];
    const at = this.file?.path ?? '';
    return inPages(`symbols:${container}`, inside.length, (start, end) =>
      inside.slice(start, end).map((index) => ({ kind: 'symbol', index, at })),
    );
  }
}

function neighbours(section: Section, direction: 'out' | 'in', all: readonly Neighbour[], file: WorkspacePath): readonly DependencyRow[] {
  return inPages(section, all.length, (start, end) =>
    all.slice(start, end).map((neighbour): NeighbourRow => {
      const { path } = neighbour;
      return { kind: 'neighbour', direction, neighbour, path, at: direction === 'out' ? file : path };
    }),
  );
}

function factsOf({ path, language, tokens, lines, fanIn, fanOut, instability }: FileFacts): DependencyRow[] {
  const facts: readonly (readonly [string, string])[] = [
    ['Path', path],
    ['Language', language ?? 'none that Longview parses'],
    ['Tokens', formatCount(tokens)],
    ['Lines', formatCount(lines)],
    ['Fan-in', `${formatCount(fanIn)}: files that depend on it`],
    ['Fan-out', `${formatCount(fanOut)}: files it depends on`],
    [
      'Instability',
      instability === undefined ? 'none: it has no edges' : `${instability.toFixed(2)}: fan-out of both, 0 stable to 1 unstable`,
    ],
  ];
  return facts.map(([name, value]) => ({ kind: 'fact', name, value }));
}
