/** require and include: the files they load, and all that is loaded through them. */
import { folderOf, foldersUp, joinPath } from '../../../base/paths.js';
import type { ImportRecord } from '../../../syntax/record.js';
import type { WorkspacePath } from '../../../workspace/entry.js';
import type { ResolveInput } from '../../links.js';

export interface Included {
  readonly file: WorkspacePath;
  readonly confidence: 'resolved' | 'named';
}

export class Includes {
  readonly #loaded = new Map<WorkspacePath, ReadonlySet<WorkspacePath>>();

  constructor(private readonly input: ResolveInput) {}

  /** Where one require or include of `from` leads. */
  target({ specifier, mark }: ImportRecord, from: WorkspacePath): Included | undefined {
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
    let loaded = this.#loaded.get(from);
    if (loaded) return loaded;
    const found = new Set<WorkspacePath>([from]);
    for (const file of found) {
      for (const record of this.input.record(file)?.imports ?? []) {
        const target = record.kind === 'require' ? this.target(record, file) : undefined;
        if (target?.confidence === 'resolved') found.add(target.file);
      }
    }
    found.delete(from);
    loaded = found;
    this.#loaded.set(from, loaded);
    return loaded;
  }
}
