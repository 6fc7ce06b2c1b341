/** Which JavaScript modules a package gives to others: what its package.json names, and files that nothing in the workspace imports. */
import { folderOf, foldersUp } from '../../base/paths.js';
import type { Steps } from '../../base/steps.js';
import type { WorkspacePath } from '../../workspace/entry.js';
import type { ResolveInput } from '../links.js';
import { Modules } from '../resolve/javascript/modules.js';
import { Packages } from '../resolve/javascript/packages.js';
import { TsConfigs } from '../resolve/javascript/tsconfig.js';
import type { Examined } from './finding.js';

export interface PackageEntries {
  readonly files: ReadonlySet<WorkspacePath>;
  /** Whether a file belongs to a published package that does not say which of its files others may import, or whose entries are not all found. */
  isUnclear(path: WorkspacePath): boolean;
}

export function* packageEntries(examined: Examined): Steps<PackageEntries> {
  const { entries, graph } = examined;
  const input: ResolveInput = {
    entries,
    has: (path) => graph.nodes.has(path),
    record: (path) => examined.record(path),
    manifest: (path) => (graph.nodes.has(path) ? examined.text(path) : undefined),
  };
  const packages = new Packages(input);
  const modules = new Modules(input, packages, new TsConfigs(input, (name) => packages.named(name)?.folder));
  const files = new Set<WorkspacePath>();
  const unclear = new Map<string, boolean>();
  for (const { path } of entries) {
    if (path !== 'package.json' && !path.endsWith('/package.json')) continue;
    yield;
    const manifest = manifestOf(examined.text(path));
    if (!manifest) continue;
    const folder = folderOf(path);
    const found = namedFiles(manifest).map((name) => modules.resolve(`./${name.replace(/^\.?\//, '')}`, path).file);
    for (const file of found) if (file !== undefined) files.add(file);
    // An extension of an editor or a private package is published to nobody who could import it.
    const isPublished = manifest.private !== true && 'name' in manifest && 'version' in manifest && !isExtension(manifest);
    // Without "exports" others may import any file of it (Node.js documentation, "Package entry points").
    unclear.set(folder, isPublished && (manifest.exports === undefined || found.some((f) => f === undefined)));
  }
  const isUnclear = (path: WorkspacePath): boolean => unclear.get(foldersUp(folderOf(path)).find((up) => unclear.has(up)) ?? '') === true;
  return { files, isUnclear };
}

const isExtension = ({ engines }: Manifest): boolean => typeof engines === 'object' && engines !== null && 'vscode' in engines;

type Manifest = Readonly<Record<string, unknown>>;

function manifestOf(text: string | undefined): Manifest | undefined {
  if (text === undefined) return undefined;
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null ? { ...json } : undefined;
  } catch {
    return undefined;
  }
}

/** Scripts and declarations that the manifest names; without any, what Node.js takes: index.js. A pattern ("./*") stays one and is found nowhere. */
function namedFiles({ main, module, types, typings, browser, bin, exports, source }: Manifest): string[] {
  const named = [main, module, types, typings, source, ...textsIn(browser), ...textsIn(bin), ...textsIn(exports)];
  const scripts = named.filter((n): n is string => typeof n === 'string' && !/\.(json|css|scss|html|svg|node|wasm)$/.test(n));
  return scripts.length > 0 ? scripts : ['index.js'];
}

/** All texts in a value of any depth. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
