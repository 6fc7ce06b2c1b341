/**
 * The packages of the workspace and what their package.json says of names:
 * `exports` and `imports` with conditions and patterns, `types`, `module`, `main`.
 * Rules: Node.js documentation, "Modules: Packages".
 */
import { folderOf, foldersUp, joinPath } from '../../../base/paths.js';
import type { ResolveInput } from '../../links.js';

export interface PackageManifest {
  /** Folder of its package.json. */
  readonly folder: string;
  readonly name: string | undefined;
  readonly exports: unknown;
  readonly imports: unknown;
  /** Entry files as written, best first. */
  readonly entries: readonly string[];
}

/** Conditions that lead to a file, whichever way the importing file is loaded. */
const CONDITIONS = new Set(['types', 'import', 'require', 'node', 'module', 'source', 'development', 'default']);

export class Packages {
  readonly #byFolder = new Map<string, PackageManifest>();
  readonly #byName = new Map<string, PackageManifest>();
  readonly #linked = new Map<string, string>();

  constructor(input: ResolveInput) {
    for (const { path } of input.entries) {
      if (path !== 'package.json' && !path.endsWith('/package.json')) continue;
      const raw = parseObject(input.manifest(path));
      if (!raw) continue;
      const folder = folderOf(path);
      const entries = [raw.types, raw.typings, raw.source, raw.module, raw.main].filter((e): e is string => typeof e === 'string');
      const name = typeof raw.name === 'string' ? raw.name : undefined;
      const manifest = { folder, name, exports: raw.exports, imports: raw.imports, entries };
      this.#byFolder.set(folder, manifest);
      if (name !== undefined && !this.#byName.has(name)) this.#byName.set(name, manifest);
      this.#readLinks(raw, folder);
    }
  }

  #readLinks(raw: Readonly<Record<string, unknown>>, folder: string): void {
    for (const dependencies of [raw.devDependencies, raw.dependencies]) {
      for (const [name, spec] of Object.entries(typeof dependencies === 'object' && dependencies !== null ? dependencies : {})) {
        const target = /^(?:file|link|portal):(.+)/.exec(String(spec))?.[1];
        const linked = target === undefined ? undefined : joinPath(folder, target);
        if (linked !== undefined) this.#linked.set(name, linked);
      }
    }
  }

  /** A package of the workspace by the name that others import it under. */
  named(name: string): PackageManifest | undefined {
    const linked = this.#linked.get(name);
    return (linked === undefined ? undefined : this.#byFolder.get(linked)) ?? this.#byName.get(name);
  }

  inFolder(folder: string): PackageManifest | undefined {
    return this.#byFolder.get(folder);
  }

  /** The package that a file belongs to. */
  around(folder: string): PackageManifest | undefined {
    for (const up of foldersUp(folder)) {
      const found = this.#byFolder.get(up);
      if (found) return found;
    }
    return undefined;
  }
}

/** Targets, as written, of `key` ("." or "./sub" or "#name") in an `exports` or `imports` field, best first. */
export function mappedTargets(map: unknown, key: string): string[] {
  if (typeof map === 'string' || Array.isArray(map)) return key === '.' ? conditionTargets(map, '') : [];
  if (typeof map !== 'object' || map === null) return [];
  const entries = Object.entries(map);
  if (entries.every(([k]) => !k.startsWith('.') && !k.startsWith('#'))) return key === '.' ? conditionTargets(map, '') : [];
  const exact = entries.find(([k]) => k === key);
  if (exact) return conditionTargets(exact[1], '');
  let best: { length: number; value: unknown; star: string } | undefined;
  for (const [pattern, value] of entries) {
    const star = matchStar(pattern, key);
    const length = pattern.indexOf('*');
    if (star !== undefined && length > (best?.length ?? -1)) best = { length, value, star };
  }
  return best ? conditionTargets(best.value, best.star) : [];
}

function conditionTargets(value: unknown, star: string): string[] {
  if (typeof value === 'string') return [value.replaceAll('*', star)];
  if (Array.isArray(value)) return value.flatMap((v) => conditionTargets(v, star));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([condition, v]) => (CONDITIONS.has(condition) ? conditionTargets(v, star) : []));
}

/** What "*" in `pattern` stands for when it matches `text`; undefined when it does not match or has no "*". */
export function matchStar(pattern: string, text: string): string | undefined {
  const at = pattern.indexOf('*');
  if (at < 0) return undefined;
  const before = pattern.slice(0, at);
  const after = pattern.slice(at + 1);
  return text.length >= before.length + after.length && text.startsWith(before) && text.endsWith(after)
    ? text.slice(at, text.length - after.length)
    : undefined;
}

function parseObject(text: string | undefined): Readonly<Record<string, unknown>> | undefined {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
