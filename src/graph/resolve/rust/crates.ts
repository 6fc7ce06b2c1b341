/** Crates of a workspace from its Cargo.toml files: targets with their root files, and names that paths may begin with (The Cargo Book, "Cargo Targets"). */
import { parse } from 'smol-toml';
import { folderOf, joinPath, nameOf } from '../../../base/paths.js';
import type { WorkspacePath } from '../../../workspace/entry.js';
import type { ResolveInput } from '../../links.js';

export interface Crate {
  /** Name in paths: dashes as underscores; undefined for binaries, tests, examples and benches, which nobody names. */
  readonly name: string | undefined;
  readonly root: WorkspacePath;
}

interface Target {
  readonly name?: string;
  readonly path?: string;
}
interface Manifest {
  readonly package?: { readonly name?: string; readonly build?: string | boolean };
  readonly lib?: Target;
  readonly bin?: readonly Target[];
  readonly test?: readonly Target[];
  readonly example?: readonly Target[];
  readonly bench?: readonly Target[];
}

/** Files that are roots by their place alone. */
const AUTOMATIC = /^(src\/bin|tests|examples|benches)\/([^/]+\.rs|[^/]+\/main\.rs)$/;

/** Every crate, libraries first, sorted by root. */
export function findCrates(input: ResolveInput): Crate[] {
  const crates = new Map<WorkspacePath, Crate>();
  const sources = input.entries.filter((e) => e.language === 'rust').map((e) => e.path);
  const manifests = input.entries.filter((e) => nameOf(e.path) === 'Cargo.toml').map((e) => e.path);
  const homes = manifests.map(folderOf);
  for (const path of manifests) {
    const manifest = readManifest(input.manifest(path));
    if (!manifest?.package) continue;
    const folder = folderOf(path);
    const add = (file: string | undefined, name?: string): void => {
      const root = file === undefined ? undefined : joinPath(folder, file);
      if (root !== undefined && input.has(root) && !crates.has(root)) crates.set(root, { name, root });
    };
    const name = (manifest.lib?.name ?? manifest.package.name ?? '').replaceAll('-', '_');
    add(manifest.lib?.path ?? 'src/lib.rs', name);
    add('src/main.rs');
    add(typeof manifest.package.build === 'string' ? manifest.package.build : 'build.rs');
    for (const kind of ['bin', 'test', 'example', 'bench'] as const) for (const target of list(manifest[kind])) add(target.path);
    for (const file of sources) {
      const inside = folder === '' ? file : file.startsWith(`${folder}/`) ? file.slice(folder.length + 1) : '';
      if (AUTOMATIC.test(inside) && nearestHome(file, homes) === folder) add(inside);
    }
  }
  return [...crates.values()].sort((a, b) => Number(a.name === undefined) - Number(b.name === undefined) || (a.root < b.root ? -1 : 1));
}

const list = (targets: unknown): readonly Target[] => (Array.isArray(targets) ? targets : []);

/** The innermost folder with a Cargo.toml: a package inside another one keeps its own files. */
function nearestHome(file: WorkspacePath, homes: readonly string[]): string | undefined {
  return homes.filter((h) => h === '' || file.startsWith(`${h}/`)).sort((a, b) => b.length - a.length)[0];
}

function readManifest(text: string | undefined): Manifest | undefined {
  try {
    return text === undefined ? undefined : (parse(text) as Manifest);
  } catch {
    // A template or a fixture that is no TOML declares no crate.
    return undefined;
  }
}
