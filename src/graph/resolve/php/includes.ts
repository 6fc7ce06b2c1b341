/** require and include: the files they load, and all that is loaded through them. */
import { folderOf, foldersUp, joinPath } from '../../../base/paths.js';
import type { ImportRecord } from '../../../syntax/record.js';
import type { WorkspacePath } from '../../../workspace/entry.js';
import type { ResolveInput } from '../../links.js';

export interface Included {
  readonly file: WorkspacePath;
  readonly confidence: 'resolved' | 'named';
}

/** Constants in one path, those that they are made of included; such made of each other never end. */
const MOST_CONSTANTS = 16;

export class Includes {
  readonly #loaded = new Map<WorkspacePath, ReadonlySet<WorkspacePath>>();
  /** Text of each constant that spells a path, "/" before what starts at the top of the workspace; undefined where files disagree. */
  readonly #constants = new Map<string, string | undefined>();

  constructor(private readonly input: ResolveInput) {
    for (const { path, language } of input.entries) {
      for (const { name, init } of (language === 'php' ? input.record(path)?.bindings : undefined) ?? []) {
        if (name.startsWith('$') || init === '' || init.startsWith('/')) continue;
        const text = /^\.\.?(\/|$)/.test(init) ? `/${joinPath(folderOf(path), init) ?? ''}${init.endsWith('/') ? '/' : ''}` : init;
        this.#constants.set(name, this.#constants.has(name) && this.#constants.get(name) !== text ? undefined : text);
      }
    }
  }

  /** Where one require or include of `from` leads. */
  target(record: ImportRecord, from: WorkspacePath): Included | undefined {
    const specifier = this.#expand(record.specifier);
    if (specifier === record.specifier) return this.#written(record, from);
    if (specifier === undefined) return undefined;
    const file = specifier.startsWith('/') ? joinPath('', specifier) : this.#written({ ...record, specifier }, from)?.file;
    // Which file defines a constant first is known only at run time.
    return file !== undefined && this.input.has(file) ? { file, confidence: 'named' } : undefined;
  }

  /** A path with the values of its constants. */
  #expand(path: string): string | undefined {
    let expanded = path;
    for (let steps = 0; steps < MOST_CONSTANTS; steps++) {
      const [braced, name] = /\{(\w+)\}/.exec(expanded) ?? [];
      if (braced === undefined || name === undefined) return expanded;
      const value = this.#constants.get(name);
      if (value === undefined) return undefined;
      expanded = expanded.replace(braced, () => value);
    }
    return undefined;
  }

  #written({ specifier, mark }: ImportRecord, from: WorkspacePath): Included | undefined {
    const folder = folderOf(from);
    const beside = specifier.startsWith('/') ? undefined : joinPath(folder, specifier);
    const found = beside !== undefined && this.input.has(beside);
    if (mark === 'file') return found ? { file: beside, confidence: 'resolved' } : undefined;
    // The working folder decides, which only a run knows: likely that of the file, or one around it.
    if (/^\.\.?\//.test(specifier)) return found ? { file: beside, confidence: 'named' } : undefined;
    // The include path comes first; the file's own folder is always searched.
    if (found) return { file: beside, confidence: 'resolved' };
    if (specifier.startsWith('/')) return undefined;
    for (const up of foldersUp(folder)) {
      const file = joinPath(up, specifier);
      if (file !== undefined && this.input.has(file)) return { file, confidence: 'named' };
    }
    return undefined;
  }

  /** All files that `from` loads by require and include, directly or not; not itself. */
  loadedBy(from: WorkspacePath): ReadonlySet<WorkspacePath> {
    const known = this.#loaded.get(from);
    if (known) return known;
    const found = new Set<WorkspacePath>([from]);
    for (const file of found) {
      for (const record of this.input.record(file)?.imports ?? []) {
        const target = record.kind === 'require' ? this.target(record, file) : undefined;
        if (target?.confidence === 'resolved') found.add(target.file);
      }
    }
    found.delete(from);
    this.#loaded.set(from, found);
    return found;
  }
}
