/** Stems of the words of paths, as numbers: a path is split once, however many states of the workspace it is in. */
import { Numbering } from '../../base/numbering.js';
import { splitWords, stemOf } from '../../base/words.js';
import type { WorkspacePath } from '../../workspace/entry.js';

/** Stems of a list of paths, in columns. */
export interface StemsOfPaths {
  /** Numbers of stems, one a word, path after path. */
  readonly stems: Uint32Array;
  /** Of path i they are at `offsets[i] .. offsets[i + 1]`. */
  readonly offsets: Uint32Array;
}

export class PathStems {
  readonly #numbers = new Numbering();
  /** A few thousand words make up all paths. */
  readonly #ofWord = new Map<string, number>();
  readonly #ofPath = new Map<WorkspacePath, readonly number[]>();
  readonly #ofFolder = new Map<string, readonly number[]>();
  #last: { readonly paths: readonly WorkspacePath[]; readonly columns: StemsOfPaths } | undefined;

  /** The next list is mostly the one before. */
  of(paths: readonly WorkspacePath[]): StemsOfPaths {
    const last = this.#last;
    if (last && last.paths.length === paths.length && last.paths.every((path, i) => path === paths[i])) return last.columns;
    const columns = this.#columns(paths);
    this.#last = { paths, columns };
    return columns;
  }

  /** By number of a stem its place in `wanted`, -1 for all others. */
  placesOf(wanted: readonly string[]): Int32Array {
    const numbers = wanted.map((stem) => this.#numbers.of(stem));
    const places = new Int32Array(this.#numbers.size).fill(-1);
    for (const [place, n] of numbers.entries()) places[n] = place;
    return places;
  }

  #columns(paths: readonly WorkspacePath[]): StemsOfPaths {
    const offsets = new Uint32Array(paths.length + 1);
    const lists = paths.map((path) => this.#stemsOf(path));
    for (const [i, { length }] of lists.entries()) offsets[i + 1] = offsets[i]! + length;
    const stems = new Uint32Array(offsets[paths.length]!);
    for (const [i, list] of lists.entries()) stems.set(list, offsets[i]);
    return { stems, offsets };
  }

  #stemsOf(path: WorkspacePath): readonly number[] {
    let stems = this.#ofPath.get(path);
    if (!stems) {
      const name = path.lastIndexOf('/') + 1;
      const folder = path.slice(0, name);
      const inFolder = this.#ofFolder.get(folder) ?? this.#split(folder);
      this.#ofFolder.set(folder, inFolder);
      // No word crosses a slash.
      stems = [...inFolder, ...this.#split(path.slice(name))];
      this.#ofPath.set(path, stems);
    }
    return stems;
  }

  #split(text: string): number[] {
    return splitWords(text).map((word) => {
      const number = this.#ofWord.get(word) ?? this.#numbers.of(stemOf(word));
      this.#ofWord.set(word, number);
      return number;
    });
  }
}
