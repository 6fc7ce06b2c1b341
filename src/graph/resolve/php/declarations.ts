/** Every class, function and constant that the workspace declares, by full name. */
import type { SymbolRecord } from '../../../syntax/record.js';
import type { WorkspacePath } from '../../../workspace/entry.js';
import type { ResolveInput } from '../../links.js';
import { SymbolTable } from '../symbol-table.js';
import { FileNames, inside } from './names.js';

export interface Definition {
  readonly file: WorkspacePath;
  /** -1: the file alone is known. */
  readonly symbol: number;
}

export interface Source {
  readonly table: SymbolTable;
  readonly names: FileNames;
}

/** Characters of a full name; no file path could hold a longer one, and each of its namespaces is looked up. */
export const LONGEST_NAME = 1000;

export type NameKind = 'class' | 'function' | 'constant';

const CLASSES = new Set<string>(['class', 'interface', 'trait', 'enum']);

export const isClass = (symbol: SymbolRecord | undefined): boolean => symbol !== undefined && CLASSES.has(symbol.kind);

export class Declarations {
  readonly #sources = new Map<WorkspacePath, Source>();
  readonly #namespaces = new Set<string>();
  readonly #found: Readonly<Record<NameKind, Map<string, Definition[]>>> = { class: new Map(), function: new Map(), constant: new Map() };

  constructor(input: ResolveInput) {
    for (const { path, language } of input.entries) {
      const record = language === 'php' ? input.record(path) : undefined;
      if (!record) continue;
      const source = { table: new SymbolTable(record), names: new FileNames(record) };
      this.#sources.set(path, source);
      for (const [symbol, s] of record.symbols.entries()) {
        const kind = kindOf(s, record.symbols);
        if (!kind) continue;
        // define() takes a full name.
        const name = s.mark?.startsWith('define') ? s.name.replace(/^\\+/, '') : inside(source.names.namespace(s.nameLine), s.name);
        if (name.length > LONGEST_NAME) continue;
        this.#addNamespace(name);
        const key = keyOf(kind, name);
        const same = this.#found[kind].get(key);
        if (same) same.push({ file: path, symbol });
        else this.#found[kind].set(key, [{ file: path, symbol }]);
      }
    }
  }

  #addNamespace(name: string): void {
    const key = name.toLowerCase();
    for (let cut = key.lastIndexOf('\\'); cut > 0; cut = key.lastIndexOf('\\', cut - 1)) {
      const namespace = key.slice(0, cut);
      if (this.#namespaces.has(namespace)) return;
      this.#namespaces.add(namespace);
    }
  }

  /** Whether something of the workspace is declared in it or below. */
  isNamespace(name: string): boolean {
    return this.#namespaces.has(name.toLowerCase());
  }

  source(file: WorkspacePath): Source | undefined {
    return this.#sources.get(file);
  }

  /** Where a full name is declared, by path. */
  of(kind: NameKind, name: string): readonly Definition[] {
    return this.#found[kind].get(keyOf(kind, name)) ?? [];
  }

  symbol({ file, symbol }: Definition): SymbolRecord | undefined {
    return this.#sources.get(file)?.table.record.symbols[symbol];
  }

  /** Whether loading the file may leave it undefined: it is declared in a branch or in a function. */
  isConditional(definition: Definition): boolean {
    return this.symbol(definition)?.mark?.includes('conditional') ?? false;
  }
}

function kindOf(s: SymbolRecord, symbols: readonly SymbolRecord[]): NameKind | undefined {
  if (isClass(s)) return 'class';
  if (s.kind === 'function') return 'function';
  return s.kind === 'constant' && !isClass(symbols[s.container]) ? 'constant' : undefined;
}

function keyOf(kind: NameKind, name: string): string {
  if (kind !== 'constant') return name.toLowerCase();
  const cut = name.lastIndexOf('\\') + 1;
  return name.slice(0, cut).toLowerCase() + name.slice(cut);
}
