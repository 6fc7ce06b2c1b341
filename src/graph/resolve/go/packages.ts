/** Go packages: which folder an import path means, and what names a package declares (The Go Programming Language Specification, "Packages"; Go Modules Reference). */
import { folderOf, joinPath, nameOf } from '../../../base/paths.js';
import type { WorkspacePath } from '../../../workspace/entry.js';
import type { ResolveInput } from '../../links.js';
import { SymbolTable } from '../symbol-table.js';
import { isBuilt } from './constraints.js';

export interface Definition {
  readonly file: WorkspacePath;
  readonly symbol: number;
}

/** Files of one folder that form one package: its code, or its external tests ("foo_test"). */
export interface GoPackage {
  readonly folder: string;
  readonly files: readonly WorkspacePath[];
}

interface Scope {
  readonly code: GoPackage;
  /** Package-level names, of files that other packages see and of test files apart. */
  readonly names: Map<string, Definition[]>;
  /** Methods by receiver type. */
  readonly methods: Map<string, Map<string, Definition[]>>;
}

const isTest = (path: WorkspacePath): boolean => path.endsWith('_test.go');

export class GoPackages {
  readonly #modules: { readonly path: string; readonly folder: string }[] = [];
  readonly #scopes = new Map<string, Scope>();
  readonly #tables = new Map<WorkspacePath, SymbolTable>();

  constructor(input: ResolveInput) {
    for (const { path, language } of input.entries) {
      if (nameOf(path) === 'go.mod') this.#readModule(path, input.manifest(path) ?? '');
      const record = language === 'go' ? input.record(path) : undefined;
      if (!record) continue;
      const table = new SymbolTable(record);
      this.#tables.set(path, table);
      this.#add(path, table);
    }
    this.#modules.sort((a, b) => b.path.length - a.path.length);
  }

  #readModule(path: WorkspacePath, text: string): void {
    const folder = folderOf(path);
    const name = /^\s*module\s+"?([^\s"]+)/m.exec(text)?.[1];
    if (name !== undefined) this.#modules.push({ path: name, folder });
    // replace example.com/a => ../a
    for (const [, from = '', to = ''] of text.matchAll(/^\s*(?:replace\s+)?"?([^\s"()]+)"?(?:\s+v\S+)?\s*=>\s*"?(\.{1,2}\/[^\s"]*)"?/gm)) {
      const target = joinPath(folder, to);
      if (target !== undefined) this.#modules.push({ path: from, folder: target });
    }
  }

  #add(path: WorkspacePath, { record }: SymbolTable): void {
    const key = `${folderOf(path)}\0${record.package}`;
    let scope = this.#scopes.get(key);
    if (!scope) {
      scope = { code: { folder: folderOf(path), files: [] }, names: new Map(), methods: new Map() };
      this.#scopes.set(key, scope);
    }
    (scope.code.files as WorkspacePath[]).push(path);
    const built = isBuilt(path, record.bindings.find((b) => b.name === 'go:build')?.init);
    for (const [symbol, s] of record.symbols.entries()) {
      if (s.container !== -1) continue;
      let into = scope.names;
      if (s.kind === 'method') {
        into = scope.methods.get(s.mark ?? '') ?? new Map();
        scope.methods.set(s.mark ?? '', into);
      }
      const same = into.get(s.name);
      // What an ordinary build leaves out comes last.
      if (same && built) same.unshift({ file: path, symbol });
      else if (same) same.push({ file: path, symbol });
      else into.set(s.name, [{ file: path, symbol }]);
    }
  }

  table(file: WorkspacePath): SymbolTable | undefined {
    return this.#tables.get(file);
  }

  /** Folder of an import path; undefined for the standard library and for modules that are not here. */
  folderOfImport(path: string): string | undefined {
    const module = this.#modules.find((m) => path === m.path || path.startsWith(`${m.path}/`));
    if (!module) return undefined;
    return joinPath(module.folder, `./${path.slice(module.path.length)}`);
  }

  /** Files of the package that others import from a folder; undefined where there is none. */
  imported(folder: string): GoPackage | undefined {
    const scopes = this.#inFolder(folder).filter(({ name }) => !name.endsWith('_test'));
    const best = scopes.find(({ scope }) => scope.code.files.some((f) => !isTest(f))) ?? scopes[0];
    return best && { folder, files: best.scope.code.files.filter((f) => !isTest(f)) };
  }

  /** Name a package declares for itself, which its importers use unless they rename it. */
  packageName(folder: string): string | undefined {
    return this.#inFolder(folder).find(({ name, scope }) => !name.endsWith('_test') && scope.code.files.some((f) => !isTest(f)))?.name;
  }

  #inFolder(folder: string): { name: string; scope: Scope }[] {
    const found: { name: string; scope: Scope }[] = [];
    for (const name of this.#names(folder)) {
      const scope = this.#scopes.get(`${folder}\0${name}`);
      if (scope) found.push({ name, scope });
    }
    return found;
  }

  #byFolder: Map<string, string[]> | undefined;
  #names(folder: string): readonly string[] {
    if (!this.#byFolder) {
      this.#byFolder = new Map();
      for (const key of this.#scopes.keys()) {
        const [at = '', name = ''] = key.split('\0');
        this.#byFolder.set(at, [...(this.#byFolder.get(at) ?? []), name]);
      }
    }
    return this.#byFolder.get(folder) ?? [];
  }

  /** A package-level name as `from` sees it: of its own package, test files only from test files. Of several (one per platform) the first. */
  own(name: string, from: WorkspacePath): Definition | undefined {
    const scope = this.#scopeOf(from);
    return visible(scope?.names.get(name), from);
  }

  /** A package-level name of an imported folder. */
  exported(name: string, folder: string): Definition | undefined {
    for (const { name: of, scope } of this.#inFolder(folder)) {
      if (of.endsWith('_test')) continue;
      const found = scope.names.get(name)?.find((d) => !isTest(d.file));
      if (found) return found;
    }
    return undefined;
  }

  /** A method by receiver type, declared in the type's own package. */
  method(type: Definition, name: string, from: WorkspacePath): Definition | undefined {
    const scope = this.#scopeOf(type.file);
    const receiver = this.#tables.get(type.file)?.record.symbols[type.symbol]?.name ?? '';
    return visible(scope?.methods.get(receiver)?.get(name), from);
  }

  #scopeOf(file: WorkspacePath): Scope | undefined {
    return this.#scopes.get(`${folderOf(file)}\0${this.#tables.get(file)?.record.package ?? ''}`);
  }
}

function visible(candidates: readonly Definition[] | undefined, from: WorkspacePath): Definition | undefined {
  return candidates?.find((d) => d.file === from) ?? candidates?.find((d) => !isTest(d.file) || isTest(from));
}
