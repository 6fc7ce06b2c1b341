/** Stems of the words of paths, as numbers: a path is split once, however many states of the workspace it is in. */
import { Numbering } from '../../base/numbering.js';
import { splitWords, stemOf } from '../../base/words.js';
import type { WorkspacePath } from '../../workspace/entry.js';

export class PathStems {
  readonly #stems = new Numbering();
  readonly #ofPath = new Map<WorkspacePath, readonly number[]>();
  readonly #ofFolder = new Map<string, readonly number[]>();

  /** Numbers of a path's stems, one a word. */
  of(path: WorkspacePath): readonly number[] {
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

  /** By number of a stem its place in `wanted`, -1 for all others. */
  placesOf(wanted: readonly string[]): Int32Array {
    const numbers = wanted.map((stem) => this.#stems.of(stem));
    const places = new Int32Array(this.#stems.size).fill(-1);
    for (const [place, n] of numbers.entries()) places[n] = place;
    return places;
  }

  #split(text: string): number[] {
    return splitWords(text).map((word) => this.#stems.of(stemOf(word)));
  }
}
