/**
 * Which files are loaded where a file runs. A program sees a constant only when the file that
 * defines it was loaded: libraries on the load path and Rails's app/ always can be; scripts and
 * tests only when they are required.
 */
import { folderOf, foldersUp, joinPath } from '../../../base/paths.js';
import type { BindingRecord } from '../../../syntax/record.js';
import type { WorkspacePath } from '../../../workspace/entry.js';
import type { ResolveInput } from '../../links.js';
import { isTestFile, type LoadPath } from './load-path.js';
import type { Projects } from './projects.js';

/** Who has a file without asking for it. */
interface Home {
  /** Load folders that it lies under: whoever has one of them on the load path can require it. */
  readonly libraries: readonly string[];
  /** Rails application that it is app/, lib/, config/ or an autoloaded folder of. */
  readonly application: string | undefined;
  /** Gem with a Rails engine that it is app/ of. */
  readonly engine: string | undefined;
}

/** What a file can see. */
export interface View {
  readonly file: WorkspacePath;
  sees(target: WorkspacePath): boolean;
}

const NO_HOME: Home = { libraries: [], application: undefined, engine: undefined };

export class LoadedFiles {
  readonly #homes = new Map<WorkspacePath, Home>();
  /** Root of each Rails application → the folders that its configuration adds to what is autoloaded. */
  readonly #applications = new Map<string, readonly string[]>();
  readonly #views = new Map<WorkspacePath, View>();

  /** `required`: the files that each file requires or autoloads. */
  constructor(
    input: ResolveInput,
    private readonly projects: Projects,
    private readonly loadPath: LoadPath,
    private readonly required: ReadonlyMap<WorkspacePath, readonly WorkspacePath[]>,
  ) {
    const libraries = new Set<string>();
    const engines = new Set<string>();
    const files = input.entries.filter((e) => e.language === 'ruby').map((e) => e.path);
    for (const file of files) {
      for (const { folder } of loadPath.foldersFor(file)) if (!/(^|\/)(test|spec)$/.test(folder)) libraries.add(folder);
      if (/(^|\/)config\/application\.rb$/.test(file)) this.#addApplication(file, input.record(file)?.bindings ?? []);
      const engine = input.record(file)?.symbols.some((s) => s.supers?.some((b) => /^(::)?Rails::Engine$/.test(b)));
      const gem = engine === true ? projects.gemOf(file) : undefined;
      if (gem) engines.add(gem.folder);
    }
    for (const file of files) this.#homes.set(file, this.#homeOf(file, libraries, engines));
  }

  /** Folders that Rails applications add to their autoload_paths. */
  autoloadFolders(): readonly string[] {
    return [...this.#applications.values()].flat();
  }

  view(file: WorkspacePath): View {
    let view = this.#views.get(file);
    if (!view) {
      view = this.#makeView(file);
      this.#views.set(file, view);
    }
    return view;
  }

  /** What a script or a test may see besides when its neighbours are loaded with it: the tests of its project, the scripts of its folder. */
  wideView(file: WorkspacePath): View {
    const near = this.view(file);
    const region = this.#region(file);
    return { file, sees: (target) => near.sees(target) || (region !== undefined && this.#region(target) === region) };
  }

  /** Undefined for the files of libraries and applications: those do without scripts and tests. */
  #region(file: WorkspacePath): string | undefined {
    const { libraries, application, engine } = this.#homes.get(file) ?? NO_HOME;
    if (
      application !== undefined ||
      engine !== undefined ||
      libraries.some((l) => this.loadPath.foldersFor(file).some((f) => f.folder === l))
    )
      return undefined;
    const project = this.projects.gemOf(file)?.folder ?? this.projects.projectOf(file);
    return isTestFile(file) ? `${project}:tests` : `${project}:${folderOf(file)}`;
  }

  #homeOf(file: WorkspacePath, libraries: ReadonlySet<string>, engines: ReadonlySet<string>): Home {
    const up = foldersUp(folderOf(file));
    const under = (root: string, ...folders: readonly string[]): boolean => folders.some((f) => file.startsWith(`${joinPath(root, f)}/`));
    return {
      libraries: up.filter((f) => libraries.has(f)),
      application: up.find((root) => {
        const added = this.#applications.get(root);
        return added !== undefined && (under(root, 'app', 'lib', 'config') || under('', ...added));
      }),
      engine: up.find((f) => engines.has(f) && under(f, 'app')),
    };
  }

  #addApplication(file: WorkspacePath, bindings: readonly BindingRecord[]): void {
    const root = folderOf(folderOf(file));
    const added = bindings.filter((b) => b.name === 'autoload_paths').flatMap((b) => joinPath(root, b.init) ?? []);
    this.#applications.set(root, added);
  }

  #makeView(file: WorkspacePath): View {
    const folders = new Set(this.loadPath.foldersFor(file).map((f) => f.folder));
    const engines = new Set(this.projects.gemsFor(folderOf(file)).map((g) => g.folder));
    const applications = new Set(foldersUp(folderOf(file)).filter((f) => this.#applications.has(f)));
    const reached = this.#reached(file);
    for (const at of reached) if (/(^|\/)config\/(application|environment)\.rb$/.test(at)) applications.add(folderOf(folderOf(at)));
    // Cucumber loads all of features/ at once.
    const features = /^(.*\/)?features\//.exec(file)?.[0];
    const given = (target: WorkspacePath): boolean => {
      const { libraries, application, engine } = this.#homes.get(target) ?? NO_HOME;
      return (
        libraries.some((f) => folders.has(f)) ||
        (application !== undefined && applications.has(application)) ||
        (engine !== undefined && engines.has(engine)) ||
        (features !== undefined && target.startsWith(features))
      );
    };
    // Views are kept: only what they would not see anyway.
    const required = new Set([...reached].filter((f) => !given(f)));
    return { file, sees: (target) => target === file || required.has(target) || given(target) };
  }

  /** Everything that requires lead to from `file`, itself included. */
  #reached(file: WorkspacePath): ReadonlySet<WorkspacePath> {
    const reached = new Set([file]);
    for (const at of reached) for (const next of this.required.get(at) ?? []) reached.add(next);
    return reached;
  }
}
