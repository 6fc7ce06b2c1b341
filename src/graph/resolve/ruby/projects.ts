/** The gems, bundles and applications of a tree, as gemspecs, Gemfiles and config/application.rb tell. */
import { folderOf, foldersUp, joinPath, nameOf } from '../../../base/paths.js';
import type { WorkspacePath } from '../../../workspace/entry.js';
import type { ResolveInput } from '../../links.js';

export interface Gem {
  readonly name: string;
  /** Folder of its gemspec. */
  readonly folder: string;
  /** Its require_paths, from the top of the tree. */
  readonly loadFolders: readonly string[];
  readonly dependencies: readonly string[];
  readonly developmentDependencies: readonly string[];
}

export class Projects {
  readonly #gems = new Map<string, Gem>();
  readonly #gemFolders = new Map<string, Gem>();
  /** Folder of a Gemfile → gems it bundles. */
  readonly #bundles = new Map<string, readonly string[]>();
  /** Folders with a gemspec, a Gemfile, a Rakefile or a config.ru, and the top. */
  readonly #projects = new Set(['']);
  readonly #visible = new Map<string, readonly Gem[]>();

  constructor(input: ResolveInput) {
    for (const { path } of input.entries) {
      const name = nameOf(path);
      const gemspec = name.endsWith('.gemspec');
      if (gemspec || name === 'Gemfile' || name === 'Rakefile' || name === 'config.ru') this.#projects.add(folderOf(path));
      const text = gemspec ? input.manifest(path) : undefined;
      if (text === undefined) continue;
      const gem = readGemspec(path, text);
      this.#gems.set(gem.name, gem);
      this.#gemFolders.set(gem.folder, gem);
    }
    for (const { path } of input.entries) {
      const text = nameOf(path) === 'Gemfile' ? input.manifest(path) : undefined;
      if (text !== undefined) this.#bundles.set(folderOf(path), this.#readGemfile(folderOf(path), text));
    }
  }

  gemNames(): Iterable<string> {
    return this.#gems.keys();
  }

  /** Names of gems that the tree uses and does not hold. */
  foreignGems(): string[] {
    const used = [
      ...this.#bundles.values(),
      ...[...this.#gems.values()].flatMap((g) => [g.dependencies, g.developmentDependencies]),
    ].flat();
    return [...new Set(used)].filter((name) => !this.#gems.has(name));
  }

  /** Folder of the gem, application or Rakefile around a file; "" when there is none. */
  projectOf(file: WorkspacePath): string {
    return foldersUp(folderOf(file)).find((f) => this.#projects.has(f)) ?? '';
  }

  isProject(folder: string): boolean {
    return this.#projects.has(folder);
  }

  gemOf(file: WorkspacePath): Gem | undefined {
    for (const folder of foldersUp(folderOf(file))) {
      const gem = this.#gemFolders.get(folder);
      if (gem) return gem;
    }
    return undefined;
  }

  gemIn(folder: string): Gem | undefined {
    return this.#gemFolders.get(folder);
  }

  /** Gems of the tree that files of a folder can require: the own one, what it depends on and what the nearest Gemfile bundles, its own first. */
  gemsFor(folder: string): readonly Gem[] {
    const known = this.#visible.get(folder);
    if (known) return known;
    const own = this.gemOf(`${folder}/`);
    const bundle = foldersUp(folder).find((f) => this.#bundles.has(f));
    const queue = [
      ...(own ? [own.name, ...own.dependencies, ...own.developmentDependencies] : []),
      ...(bundle === undefined ? [] : this.#bundles.get(bundle)!),
    ];
    const found = new Set<Gem>();
    for (const name of queue) {
      const gem = this.#gems.get(name);
      if (!gem || found.has(gem)) continue;
      found.add(gem);
      queue.push(...gem.dependencies);
    }
    const gems = [...found];
    this.#visible.set(folder, gems);
    return gems;
  }

  #readGemfile(folder: string, text: string): string[] {
    const code = withoutComments(text);
    const names = [...code.matchAll(/^[ \t]*gem[ \t(]+(?:["']([^"'\n]+)["'])/gm)].map((m) => m[1]!);
    for (const [, path] of code.matchAll(/^[ \t]*gemspec\b(?:.*?\bpath:\s*["']([^"']+)["'])?/gm)) {
      const at = joinPath(folder, path ?? '.');
      const gem = at === undefined ? undefined : this.#gemFolders.get(at);
      if (gem) names.push(gem.name, ...gem.developmentDependencies);
    }
    return names;
  }
}

function readGemspec(path: WorkspacePath, text: string): Gem {
  const code = withoutComments(text);
  const folder = folderOf(path);
  const name = /\.name\s*=\s*["']([^"']+)["']/.exec(code)?.[1] ?? /Specification\.new[\s(]+["']([^"']+)["']/.exec(code)?.[1];
  const paths = /\.require_paths?\s*=\s*(\[[^\]]*\]|%w[[({][^\])}]*|["'][^"']+["'])/.exec(code)?.[1];
  const dependencies = (kind: RegExp): string[] => [...code.matchAll(kind)].map((m) => m[1]!);
  return {
    name: name ?? nameOf(path).slice(0, -'.gemspec'.length),
    folder,
    loadFolders: listed(paths ?? 'lib').flatMap((p) => joinPath(folder, p) ?? []),
    dependencies: dependencies(/\.add_(?:runtime_)?dependency[\s(]+["']([^"']+)["']/g),
    developmentDependencies: dependencies(/\.add_development_dependency[\s(]+["']([^"']+)["']/g),
  };
}

/** The words of a Ruby list of strings. */
function listed(list: string): string[] {
  return list.replace(/^%w/, '').match(/[^\s,"'[\](){}]+/g) ?? [];
}

function withoutComments(text: string): string {
  return text.replace(/^[ \t]*#.*$/gm, '');
}
