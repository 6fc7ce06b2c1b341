/**
 * Which file a require loads: Ruby's $LOAD_PATH as RubyGems, Bundler, Rake, RSpec and the tree itself set it up.
 * (Kernel#require, Kernel#load and Kernel#require_relative in the Ruby documentation.)
 */
import { folderOf, foldersUp, joinPath, nameOf } from '../../../base/paths.js';
import type { ImportRecord } from '../../../syntax/record.js';
import type { WorkspacePath } from '../../../workspace/entry.js';
import type { Confidence, ResolveInput } from '../../links.js';
import { isStandardFile } from './libraries.js';
import type { Projects } from './projects.js';

interface LoadFolder {
  readonly folder: string;
  /** Whether it stands there by a gemspec, by Rails or by a line of the tree, not by the custom of a test runner. */
  readonly certain: boolean;
}

/** A folder that a file of the tree puts on $LOAD_PATH, and whom that concerns. */
interface Addition {
  readonly folder: string;
  readonly project: string;
  readonly test: boolean;
}

export interface Loaded {
  readonly file: WorkspacePath;
  readonly confidence: Exclude<Confidence, 'unresolved'>;
}

/** Test code, by where Ruby's test runners look for it. */
export function isTestFile(path: WorkspacePath): boolean {
  return /(^|\/)(tests?|specs?|features)\//.test(path);
}

/** Folders that minitest's Rake task and RSpec put on the load path for what is in them. */
const TEST_FOLDERS = new Set(['test', 'spec']);

export class LoadPath {
  readonly #folders = new Map<string, readonly LoadFolder[]>();
  readonly #additions: Addition[] = [];

  constructor(
    private readonly input: ResolveInput,
    private readonly projects: Projects,
  ) {
    for (const { path, language } of input.entries) {
      const bindings = language === 'ruby' ? (input.record(path)?.bindings ?? []) : [];
      for (const { name, init } of bindings) {
        const folder = name === '$LOAD_PATH' ? joinPath(folderOf(path), init) : undefined;
        if (folder !== undefined) this.#additions.push({ folder, project: projects.projectOf(path), test: isTestFile(path) });
      }
    }
  }

  /** The file that an import loads. The current folder of the process is not known: what hangs on it is `named`. */
  find({ specifier, mark }: Pick<ImportRecord, 'specifier' | 'mark'>, from: WorkspacePath): Loaded | undefined {
    if (mark === 'beside') return certainly(this.#file(joinPath(folderOf(from), specifier)));
    if (specifier.startsWith('/')) return undefined;
    if (/^\.\.?\//.test(specifier)) {
      return likely(this.#file(joinPath(this.projects.projectOf(from), specifier)) ?? this.#file(joinPath(folderOf(from), specifier)));
    }
    const standard = isStandardFile(specifier);
    for (const { folder, certain } of this.foldersFor(from)) {
      const file = certain || !standard ? this.#file(joinPath(folder, specifier)) : undefined;
      if (file !== undefined) return certainly(file);
    }
    return mark === 'load' ? likely(this.#file(joinPath(this.projects.projectOf(from), specifier))) : undefined;
  }

  /** The load path of a file, in the order in which it is searched. */
  foldersFor(file: WorkspacePath): readonly LoadFolder[] {
    const at = folderOf(file);
    const test = isTestFile(file);
    const key = `${test ? 't' : ''}/${at}`;
    const known = this.#folders.get(key);
    if (known) return known;

    const found = new Map<string, boolean>();
    const add = (folder: string | undefined, certain: boolean): void => {
      if (folder !== undefined) found.set(folder, certain || (found.get(folder) ?? false));
    };
    const up = foldersUp(at);
    for (const folder of up) if (TEST_FOLDERS.has(nameOf(folder)) && this.projects.isProject(folderOf(folder))) add(folder, false);
    const project = this.projects.projectOf(file);
    for (const a of this.#additions) if (a.project === project && (test || !a.test)) add(a.folder, true);
    for (const folder of up) {
      const gem = this.projects.gemIn(folder);
      if (gem) {
        for (const f of gem.loadFolders) add(f, true);
        break;
      }
      if (this.projects.isProject(folder)) add(joinPath(folder, 'lib'), this.input.has(joinPath(folder, 'config/application.rb')!));
    }
    for (const gem of this.projects.gemsFor(at)) for (const f of gem.loadFolders) add(f, true);
    const folders = [...found].map(([folder, certain]) => ({ folder, certain }));
    this.#folders.set(key, folders);
    return folders;
  }

  #file(path: string | undefined): WorkspacePath | undefined {
    if (path === undefined) return undefined;
    return [`${path}.rb`, ...(/\.(rb|rake|ru|thor)$/.test(path) ? [path] : [])].find((p) => this.input.has(p));
  }
}

function certainly(file: WorkspacePath | undefined): Loaded | undefined {
  return file === undefined ? undefined : { file, confidence: 'resolved' };
}

function likely(file: WorkspacePath | undefined): Loaded | undefined {
  return file === undefined ? undefined : { file, confidence: 'named' };
}
