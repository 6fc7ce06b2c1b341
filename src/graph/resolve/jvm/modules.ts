/**
 * Which Gradle modules cannot see which, as far as their build files tell: compiling does
 * not go round in circles, so a module that another one is compiled with does not see that
 * other one; and no main code sees tests. Where nothing is said everything is seen.
 */
import { folderOf, foldersUp, joinPath, nameOf } from '../../../base/paths.js';
import type { WorkspacePath } from '../../../workspace/entry.js';
import type { ResolveInput } from '../../links.js';

/** Source sets beside the main ones, which may see what their module is compiled into. */
const BESIDE = /test|jmh|bench|fixture|sample|example/i;

/** Where a file's code belongs. */
interface Home {
  /** Folder of the build file; undefined without one. */
  readonly module: string | undefined;
  /** The first two folders in it, which name the source set: "src/main", "jvm/test". */
  readonly sources: string;
}

export class Modules {
  /** By folder: folders of the modules that it is compiled with, however far. */
  readonly #compiledWith = new Map<string, ReadonlySet<string>>();
  readonly #homes = new Map<WorkspacePath, Home>();

  constructor(input: Pick<ResolveInput, 'entries' | 'manifest'>) {
    const builds = new Map<string, WorkspacePath>();
    const settings: WorkspacePath[] = [];
    for (const { path } of input.entries) {
      const [, name] = /^(.+)\.gradle(?:\.kts)?$/.exec(nameOf(path)) ?? [];
      if (name === 'settings') settings.push(path);
      else if (name === 'build' || (name !== undefined && name === nameOf(folderOf(path)))) builds.set(folderOf(path), path);
    }
    const named = namesOf(builds.keys(), settings, input);
    const direct = new Map<string, ReadonlySet<string>>();
    for (const [folder, path] of builds) {
      const root = rootOf(folder, settings);
      const compiled = projectsIn(input.manifest(path) ?? '').flatMap((name) => named.get(`${root}\0${name}`) ?? []);
      direct.set(folder, new Set(compiled.filter((other) => other !== folder)));
    }
    for (const folder of builds.keys()) {
      const all = new Set(direct.get(folder));
      for (const other of all) for (const further of direct.get(other) ?? []) all.add(further);
      this.#compiledWith.set(folder, all);
    }
  }

  /** Whether code in `from` can see what `to` declares. */
  sees(from: WorkspacePath, to: WorkspacePath): boolean {
    if (this.#compiledWith.size === 0) return true;
    const here = this.#homeOf(from);
    const there = this.#homeOf(to);
    if (here.module === undefined || there.module === undefined || BESIDE.test(here.sources)) return true;
    if (/^src\/\w*main$/i.test(here.sources) && /^src\/\w*test$/i.test(there.sources)) return false;
    if (here.module === there.module || this.#compiledWith.get(here.module)?.has(there.module)) return true;
    return this.#compiledWith.get(there.module)?.has(here.module) !== true;
  }

  #homeOf(file: WorkspacePath): Home {
    let home = this.#homes.get(file);
    if (!home) {
      const module = foldersUp(folderOf(file)).find((folder) => this.#compiledWith.has(folder));
      const inside = module ? file.slice(module.length + 1) : file;
      home = { module, sources: inside.split('/').slice(0, -1).slice(0, 2).join('/') };
      this.#homes.set(file, home);
    }
    return home;
  }
}

/** Folder of the settings that a module belongs to. */
function rootOf(folder: string, settings: readonly WorkspacePath[]): string {
  return foldersUp(folder).find((up) => settings.some((s) => folderOf(s) === up)) ?? '';
}

/** Modules' folders by "root\0name": by the path that they lie at, or as the settings say. */
function namesOf(
  folders: Iterable<string>,
  settings: readonly WorkspacePath[],
  input: Pick<ResolveInput, 'manifest'>,
): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const folder of folders) {
    const root = rootOf(folder, settings);
    names.set(`${root}\0${plain(root === '' ? folder : folder.slice(root.length))}`, folder);
  }
  for (const path of settings) {
    const root = folderOf(path);
    const said = /project\(\s*["']([^"']+)["']\s*\)\.(name|projectDir)\s*=\s*(?:new File\([^"']*|file\()?["']([^"']+)["']/g;
    const renamed = [...(input.manifest(path) ?? '').matchAll(said)];
    const moved = renamed.map(([, of = '', what, value = '']) => {
      const folder = what === 'name' ? names.get(`${root}\0${plain(of)}`) : joinPath(root, value);
      return { name: plain(what === 'name' ? value : of), folder };
    });
    // All at once: one may take a name that another one had.
    for (const { name, folder } of moved) if (folder !== undefined) names.set(`${root}\0${name}`, folder);
  }
  return names;
}

/** Names of the projects that a build file's own code is compiled with: `api(project(":a:b"))`, `implementation(projects.a.b)`. */
function projectsIn(build: string): string[] {
  const found: string[] = [];
  const blocks: string[] = [];
  for (const line of build.replace(/\/\*[\s\S]*?(?:\*\/|$)|(?<!:)\/\/.*/g, '').split('\n')) {
    const at = line.search(/\bprojects?[.(]/);
    const inside = blocks.some((b) => /\bdependencies\s*$/.test(b)) && !blocks.some((b) => BESIDE.test(b));
    if (at >= 0 && inside && !BESIDE.test(line.slice(0, at))) {
      const [, accessor, path] = /projects\.([\w.]+)|project\(\s*(?:path\s*[:=]\s*)?["']([^"']+)["']/.exec(line.slice(at)) ?? [];
      const name = accessor ?? path;
      if (name !== undefined) found.push(plain(name));
    }
    for (const [brace] of line.matchAll(/[{}]/g)) {
      if (brace === '{') blocks.push(line.slice(0, line.indexOf('{')).trim());
      else blocks.pop();
    }
  }
  return found;
}

/** A project's name as accessors and paths have it in common. */
const plain = (name: string): string => name.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();
