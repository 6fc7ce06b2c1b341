/** The namespaces around a place in a file, each with the using directives that stand right inside its declaration. */
import type { ImportRecord } from '../../../syntax/record.js';
import type { WorkspacePath } from '../../../workspace/entry.js';
import { type Asked, Index, Memo } from '../../asked.js';
import type { SymbolTable } from '../symbol-table.js';
import type { Projects } from './projects.js';

export interface Scope {
  /** Full name; "" for the global namespace. */
  readonly name: string;
  readonly usings: readonly ImportRecord[];
}

export class Scopes {
  /** By file, then by symbol: scopes from that namespace outwards. */
  readonly #known = new Map<WorkspacePath, Memo<number, readonly Scope[]>>();
  /** By project: its global using directives, by file and place among the file's imports. */
  readonly #global: Index<{ readonly file: WorkspacePath; readonly place: number }>;

  constructor(
    private readonly files: ReadonlyMap<WorkspacePath, { readonly table: SymbolTable }>,
    private readonly projects: Projects,
    private readonly asked: Asked,
  ) {
    this.#global = new Index(asked, 'global using');
    for (const [file, { table }] of files) {
      for (const [place, { mark }] of table.record.imports.entries())
        if (mark?.includes('global')) for (const p of projects.of(file)) this.#global.add(String(p), { file, place }, file, place + 1);
    }
  }

  /** A project's global using directives, then what its project file opens. */
  #globalsOf(project: number): ImportRecord[] {
    const written = this.#global.get(String(project)).map(({ file, place }) => this.files.get(file)!.table.record.imports[place]!);
    return [...written, ...(this.projects.all[project]?.usings ?? []).map(asDirective)];
  }

  /** Full name of the namespace around a symbol, its own included where it is one. */
  namespaceOf(file: WorkspacePath, symbol: number): string {
    const table = this.files.get(file)?.table;
    const names: string[] = [];
    for (const at of table?.around(symbol) ?? [])
      if (table?.record.symbols[at]?.kind === 'namespace') names.unshift(table.record.symbols[at].name);
    return qualify(table?.record.package ?? '', names.join('.'));
  }

  /** The innermost namespace symbol around a place, -1 at the top of the file. */
  blockAround(file: WorkspacePath, within: number): number {
    const table = this.files.get(file)!.table;
    for (const at of table.around(within)) if (table.record.symbols[at]?.kind === 'namespace') return at;
    return -1;
  }

  /** Scopes from inside a namespace symbol outwards, the global namespace last. */
  from(file: WorkspacePath, block: number): readonly Scope[] {
    let known = this.#known.get(file);
    if (!known) {
      known = new Memo(this.asked);
      this.#known.set(file, known);
    }
    return known.of(block, () => this.#collect(file, block));
  }

  #collect(file: WorkspacePath, block: number): Scope[] {
    const table = this.files.get(file)!.table;
    const { record } = table;
    const scopes: Scope[] = [];
    for (const at of table.around(block)) {
      const { name, container } = record.symbols[at]!;
      const usings = record.imports.filter((i) => i.within === at);
      scopes.push(...nested(name, this.namespaceOf(file, container), usings));
    }
    const top = record.imports.filter((i) => record.symbols[i.within]?.kind !== 'namespace');
    const scoped = top.filter((i) => i.mark?.includes('scoped'));
    scopes.push(...nested(record.package, '', scoped));
    const globals = [...this.projects.of(file)].flatMap((p) => this.#globalsOf(p));
    scopes.push({ name: '', usings: [...top.filter((i) => !/scoped|global/.test(i.mark ?? '')), ...globals] });
    return scopes;
  }
}

/** `namespace A.B` is B inside A: its directives stand in B. */
function* nested(name: string, outer: string, usings: readonly ImportRecord[]): Generator<Scope> {
  for (let at = name; at !== ''; at = at.includes('.') ? at.slice(0, at.lastIndexOf('.')) : '')
    yield { name: qualify(outer, at), usings: at === name ? usings : [] };
}

/** `<Using Include="System.Math" Static="true" />` as the directive that it stands for. */
function asDirective(written: string): ImportRecord {
  const alias = /^(\w+) = (.+)$/.exec(written);
  const fixed = written.startsWith('static ');
  const specifier = (alias?.[2] ?? written).replace(/^static /, '');
  const names = alias ? [{ name: '*', as: alias[1]! }] : [];
  return { specifier, kind: 'use', names, line: 0, within: -1, ...(fixed ? { mark: 'static' } : {}) };
}

export const qualify = (holder: string, name: string): string => (holder === '' ? name : name === '' ? holder : `${holder}.${name}`);
