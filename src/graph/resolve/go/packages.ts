/** Go packages: the files of a folder that are built together, and the names they declare (The Go Programming Language Specification, "Packages"). */
import { folderOf } from '../../../base/paths.js';
import type { WorkspacePath } from '../../../workspace/entry.js';
import type { ResolveInput } from '../../links.js';
import { SymbolTable } from '../symbol-table.js';
import { type BuildContext, contextOf, ORDINARY, type Requirement, requirementOf, takes } from './constraints.js';

export interface Definition {
  readonly file: WorkspacePath;
  readonly symbol: number;
}

/** Files of one folder with one package clause: a package with its internal tests, or its external tests ("foo_test"). */
interface Package {
  readonly name: string;
  readonly folder: string;
  readonly files: WorkspacePath[];
  /** Package-level names; several files may declare the same one for different builds. */
  readonly names: Map<string, Definition[]>;
  /** Methods by receiver type. */
  readonly methods: Map<string, Map<string, Definition[]>>;
}

const isTest = (path: WorkspacePath): boolean => path.endsWith('_test.go');

export class GoPackages {
  readonly #byFolder = new Map<string, Package[]>();
  readonly #tables = new Map<WorkspacePath, SymbolTable>();
  readonly #requirements = new Map<WorkspacePath, Requirement>();
  readonly #contexts = new Map<WorkspacePath, BuildContext>();

  constructor(input: ResolveInput) {
    for (const { path, language } of input.entries) {
      const record = language === 'go' ? input.record(path) : undefined;
      if (record) this.#add(path, new SymbolTable(record));
    }
  }

  #add(path: WorkspacePath, table: SymbolTable): void {
    this.#tables.set(path, table);
    const asked = table.bindingsIn(-1).filter((b) => b.name === 'go:build');
    const requirement = requirementOf(path, asked.map((b) => b.init).join(' && '));
    if (requirement) {
      this.#requirements.set(path, requirement);
      this.#contexts.set(path, contextOf(requirement));
    }
    const { names, methods, files } = this.#packageFor(path, table.record.package);
    files.push(path);
    for (const [symbol, s] of table.record.symbols.entries()) {
      if (s.container !== -1) continue;
      let into = names;
      if (s.kind === 'method') {
        into = methods.get(s.mark ?? '') ?? new Map();
        methods.set(s.mark ?? '', into);
      }
      const same = into.get(s.name);
      if (same) same.push({ file: path, symbol });
      else into.set(s.name, [{ file: path, symbol }]);
    }
  }

  #packageFor(path: WorkspacePath, name: string): Package {
    const folder = folderOf(path);
    const beside = this.#byFolder.get(folder) ?? [];
    const old = beside.find((p) => p.name === name);
    if (old) return old;
    const fresh: Package = { name, folder, files: [], names: new Map(), methods: new Map() };
    this.#byFolder.set(folder, [...beside, fresh]);
    return fresh;
  }

  table(file: WorkspacePath): SymbolTable | undefined {
    return this.#tables.get(file);
  }

  /** Whether a folder has Go files. */
  holds(folder: string): boolean {
    return this.#byFolder.has(folder);
  }

  /** Files of the package that others import from a folder. */
  files(folder: string): readonly WorkspacePath[] {
    return this.#imported(folder)?.files.filter((f) => !isTest(f)) ?? [];
  }

  /** Name a package declares for itself, which its importers use unless they rename it. */
  packageName(folder: string): string | undefined {
    return this.#imported(folder)?.name;
  }

  /** Of the packages in a folder, the one that an ordinary build makes of it; programs beside it (`//go:build ignore`) come last. */
  #imported(folder: string): Package | undefined {
    const packages = (this.#byFolder.get(folder) ?? []).filter((p) => !p.name.endsWith('_test') && p.files.some((f) => !isTest(f)));
    const built = packages.filter((p) => p.files.some((f) => takes(ORDINARY, this.#requirements.get(f))));
    return built.find((p) => p.name !== 'main') ?? built[0] ?? packages.find((p) => p.name !== 'main') ?? packages[0];
  }

  /** A package-level name as `from` sees it: of its own package, as it is built together with `from`. */
  own(name: string, from: WorkspacePath): Definition | undefined {
    return this.#visible(this.#packageOf(from)?.names.get(name), from);
  }

  /** A package-level name of an imported folder. A package's external tests see its internal ones. */
  exported(name: string, folder: string, from: WorkspacePath): Definition | undefined {
    const candidates = this.#imported(folder)?.names.get(name);
    return this.#visible(folder === folderOf(from) ? candidates : candidates?.filter((d) => !isTest(d.file)), from);
  }

  /** A method by receiver type, declared in the type's own package. */
  method(type: Definition, name: string, from: WorkspacePath): Definition | undefined {
    const receiver = this.#tables.get(type.file)?.record.symbols[type.symbol]?.name ?? '';
    return this.#visible(this.#packageOf(type.file)?.methods.get(receiver)?.get(name), from);
  }

  #packageOf(file: WorkspacePath): Package | undefined {
    const name = this.#tables.get(file)?.record.package;
    return this.#byFolder.get(folderOf(file))?.find((p) => p.name === name);
  }

  /** The first of several definitions that is built together with `from`; tests are seen by tests alone. */
  #visible(candidates: readonly Definition[] | undefined, from: WorkspacePath): Definition | undefined {
    const context = this.#contexts.get(from) ?? ORDINARY;
    return (
      candidates?.find((d) => d.file === from) ??
      candidates?.find((d) => (!isTest(d.file) || isTest(from)) && takes(context, this.#requirements.get(d.file)))
    );
  }
}
