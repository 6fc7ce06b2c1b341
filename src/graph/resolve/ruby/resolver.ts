/**
 * Ruby: requires by load path, autoload by path or by ActiveSupport's naming, constants by lexical scope and ancestors
 * among the files that are loaded where a file runs. What Ruby, its standard library or a gem defines is no file of the tree.
 */
import type { ImportRecord, ReferenceRecord, SymbolRecord } from '../../../syntax/record.js';
import type { WorkspacePath } from '../../../workspace/entry.js';
import type { ImportLink, PreparedResolver, ResolveInput, Resolver, UseLink } from '../../links.js';
import { NO_LINKS } from '../../links.js';
import { Constants, type Opening } from './constants.js';
import { Definitions } from './definitions.js';
import { underscore } from './libraries.js';
import { type Loaded, LoadPath } from './load-path.js';
import { LoadedFiles, type View } from './loaded.js';
import { Projects } from './projects.js';

export const rubyResolver: Resolver = {
  languages: ['ruby'],
  manifests: ['.gemspec', 'Gemfile'],
  prepare(input: ResolveInput): PreparedResolver {
    const program = new RubyProgram(input);
    return { resolve: (path) => program.resolve(path) };
  },
};

interface Found {
  readonly opening: Opening;
  readonly confidence: UseLink['confidence'];
}

class RubyProgram {
  readonly #loaded: LoadedFiles;
  readonly #constants: Constants;
  readonly #definitions: Definitions;
  /** What each import of a file loads, in the order of its record. */
  readonly #imports = new Map<WorkspacePath, readonly (Loaded | undefined)[]>();

  constructor(input: ResolveInput) {
    const projects = new Projects(input);
    const loadPath = new LoadPath(input, projects);
    const foreign = new Set(projects.foreignGems());
    const own = new Set(projects.gemNames());
    const required = new Map<WorkspacePath, readonly WorkspacePath[]>();
    for (const { path, language } of input.entries) {
      const record = language === 'ruby' ? input.record(path) : undefined;
      if (!record) continue;
      const loads = record.imports.map((i) =>
        loadPath.find(i.mark === 'constant' ? { specifier: autoloadPath(i, record.symbols) } : i, path),
      );
      this.#imports.set(path, loads);
      required.set(
        path,
        loads.flatMap((l) => l?.file ?? []),
      );
      for (const [i, { specifier, mark }] of record.imports.entries())
        if (mark === 'require' && !specifier.startsWith('.')) (loads[i] ? own : foreign).add(specifier);
    }
    this.#loaded = new LoadedFiles(input, projects, loadPath, required);
    this.#constants = new Constants(input, this.#loaded);
    this.#definitions = new Definitions(
      input,
      this.#constants,
      loadPath,
      { own, foreign },
      this.#autoloads(),
      this.#loaded.autoloadFolders(),
    );
  }

  resolve(path: WorkspacePath): ReturnType<PreparedResolver['resolve']> {
    const record = this.#constants.table(path)?.record;
    if (!record) return NO_LINKS;
    return {
      imports: record.imports.map((i, index) => linkImport(i, index, this.#imports.get(path)?.[index])),
      uses: record.references.flatMap((r, reference): UseLink[] => {
        const found = this.#definitionOf(r, path);
        if (!found || found.opening.file === path) return [];
        const { opening, confidence } = found;
        return [{ reference, target: opening.file, symbol: opening.symbol, confidence, indirect: false }];
      }),
    };
  }

  #definitionOf(reference: ReferenceRecord, file: WorkspacePath): Found | undefined {
    const { name, qualifier, kind, within } = reference;
    if (kind === 'call') return this.#classMethod(reference, file);
    const path = qualifier === '' || qualifier === '::' ? qualifier + name : `${qualifier}::${name}`;
    if (!/^(::)?[A-Z]/.test(path)) return undefined;
    if (kind !== 'extends') return this.#constant(path, file, this.#constants.scopesAt(file, within));
    // A superclass is read outside the class, which is not there yet.
    const container = this.#constants.table(file)?.record.symbols[within]?.container ?? -1;
    return this.#constant(path, file, this.#constants.scopesAt(file, container), this.#constants.scopesAt(file, within)[0]);
  }

  /** `A::B.make`: where B's own methods have `make`. */
  #classMethod({ name, qualifier, within }: ReferenceRecord, file: WorkspacePath): Found | undefined {
    if (!/^(::)?[A-Z]/.test(qualifier)) return undefined;
    const view = this.#loaded.view(file);
    const holder = this.#constants.find(qualifier, this.#constants.scopesAt(file, within), view);
    if (holder === undefined || !this.#definitions.owns(holder)) return undefined;
    const places = this.#constants.visible(holder, view).flatMap((opening): Opening[] => {
      const table = this.#constants.table(opening.file)!;
      const symbol = table.members(opening.symbol, name).find((m) => table.record.symbols[m]?.mark === 'self');
      return symbol === undefined ? [] : [{ ...opening, symbol }];
    });
    const opening = places.find((o) => o.file === file) ?? places[0];
    return opening && { opening, confidence: 'resolved' };
  }

  #constant(path: string, file: WorkspacePath, scopes: readonly string[], opening?: string): Found | undefined {
    // The deepest segment that is there stands for a path whose end no file defines.
    for (let known = path; known !== ''; known = known.slice(0, Math.max(0, known.lastIndexOf('::')))) {
      const found = this.#seen(known, scopes, this.#loaded.view(file), opening) ?? this.#unique(known, scopes, file);
      if (found !== undefined) return found === 'nowhere' ? undefined : found;
    }
    return undefined;
  }

  /** By the language's own rules; `nowhere` when it is there and no file of the tree is where it is defined. */
  #seen(path: string, scopes: readonly string[], view: View, opening?: string): Found | 'nowhere' | undefined {
    const name = this.#constants.find(path, scopes, view, opening);
    if (name === undefined) return undefined;
    const definition = this.#definitions.owns(name)
      ? this.#definitions.definitionOf(name, this.#constants.visible(name, view), view.file)
      : undefined;
    return definition ? { opening: definition, confidence: 'resolved' } : 'nowhere';
  }

  /** The only definition of that name among the tests or scripts that may run together with this file. */
  #unique(path: string, scopes: readonly string[], file: WorkspacePath): Found | undefined {
    const view = this.#loaded.wideView(file);
    const name = this.#constants.find(path, scopes, view);
    if (name === undefined || !this.#definitions.owns(name)) return undefined;
    const openings = this.#constants.visible(name, view);
    return new Set(openings.map((o) => o.file)).size === 1 ? { opening: openings[0]!, confidence: 'named' } : undefined;
  }

  /** Full name → file, as the autoloads of the tree say. */
  #autoloads(): ReadonlyMap<string, WorkspacePath> {
    const named = new Map<string, WorkspacePath>();
    for (const [file, loads] of this.#imports) {
      const record = this.#constants.table(file)!.record;
      for (const [i, { kind, names, within }] of record.imports.entries()) {
        const target = kind === 'autoload' ? loads[i]?.file : undefined;
        if (target === undefined) continue;
        const scope = this.#constants.scopesAt(file, within)[0];
        for (const { name } of names) named.set(scope === undefined ? name : `${scope}::${name}`, target);
      }
    }
    return named;
  }
}

function linkImport({ specifier, mark }: ImportRecord, index: number, loads: Loaded | undefined): ImportLink {
  return {
    import: index,
    targets: loads ? [loads.file] : [],
    confidence: loads?.confidence ?? 'unresolved',
    external: !loads && mark !== 'beside' && mark !== 'constant' && !specifier.startsWith('.'),
    typeOnly: false,
  };
}

/** Where ActiveSupport::Autoload expects a constant: the path of its full name. */
function autoloadPath({ specifier, within }: ImportRecord, symbols: readonly SymbolRecord[]): string {
  const names = [specifier];
  for (let at = symbols[within]; at && names.length < 64; at = symbols[at.container])
    if (at.kind === 'class' || at.kind === 'module') names.unshift(at.name);
  return underscore(names.join('::').replace(/^.*::::/, ''));
}
