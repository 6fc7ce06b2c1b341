/** The texts of one snapshot, numbered in its order, each with its place in a search index. */
import type { Snapshot } from '../../index/snapshot.js';
import type { FileRecord } from '../../syntax/record.js';
import type { WorkspacePath } from '../../workspace/entry.js';
import type { PathStems } from './path-stems.js';
import type { Place, Segment } from './segment.js';
import { findTerm, type Occurrences } from './term-table.js';

/** Files that have a term: file `files[i]` where document `of[i]` of the occurrences does. */
export interface Hits extends Occurrences {
  readonly files: readonly number[];
  readonly of: readonly number[];
}

/** How often a path has a stem. */
export interface PathHit {
  readonly file: number;
  count: number;
}

export class SearchView {
  /** Number of each file's first block among those of all; one more for the end. */
  readonly firstBlock: Uint32Array;
  readonly #numbers = new Map<WorkspacePath, number>();
  /** Of each segment in use the first file of each document, -1 for none. */
  readonly #fileOf = new Map<Segment, Int32Array>();
  /** The next file of the same content, -1 for none. */
  readonly #twin: Int32Array;

  /**
   * @param paths texts that may be packed, in the snapshot's order.
   * @param places where each one's content is.
   */
  constructor(
    private readonly snapshot: Pick<Snapshot, 'record'>,
    readonly paths: readonly WorkspacePath[],
    readonly places: readonly Place[],
    private readonly pathStems: PathStems,
  ) {
    this.firstBlock = new Uint32Array(paths.length + 1);
    this.#twin = new Int32Array(paths.length).fill(-1);
    for (const [file, { segment, doc }] of places.entries()) {
      this.#numbers.set(paths[file]!, file);
      this.firstBlock[file + 1] = this.firstBlock[file]! + segment.firstBlock[doc + 1]! - segment.firstBlock[doc]!;
      const fileOf = this.#fileOf.get(segment) ?? new Int32Array(segment.keys.length).fill(-1);
      this.#fileOf.set(segment, fileOf);
      this.#twin[file] = fileOf[doc]!;
      fileOf[doc] = file;
    }
  }

  /** The same without some files. */
  without(drops: ReadonlySet<WorkspacePath>): SearchView {
    if (drops.size === 0) return this;
    const paths = this.paths.filter((path) => !drops.has(path));
    return new SearchView(
      this.snapshot,
      paths,
      paths.map((path) => this.places[this.#numbers.get(path)!]!),
      this.pathStems,
    );
  }

  record(file: number): FileRecord {
    const record = this.snapshot.record(this.paths[file]!);
    if (!record) throw new Error(`"${this.paths[file]}" has no record`);
    return record;
  }

  language(file: number): string {
    const { segment, doc } = this.places[file]!;
    return segment.languages[segment.language[doc]!]!;
  }

  tokens(file: number): number {
    const { segment, doc } = this.places[file]!;
    return segment.tokens[doc]!;
  }

  words(file: number): number {
    const { segment, doc } = this.places[file]!;
    return segment.words[doc]!;
  }

  /** Where a term stands in the files, segment by segment. */
  find(table: 'stems' | 'references' | 'definitions', term: string): Hits[] {
    const hits: Hits[] = [];
    for (const [segment, fileOf] of this.#fileOf) {
      const occurrences = findTerm(segment[table], term);
      if (!occurrences) continue;
      const files: number[] = [];
      const of: number[] = [];
      for (const [i, doc] of occurrences.docs.entries()) {
        for (let file = fileOf[doc]!; file >= 0; file = this.#twin[file]!) {
          files.push(file);
          of.push(i);
        }
      }
      hits.push({ ...occurrences, files, of });
    }
    return hits;
  }

  /** For each of the stems the files whose path has it. */
  findInPaths(stems: readonly string[]): PathHit[][] {
    const hits = stems.map((): PathHit[] => []);
    const { stems: numbers, offsets } = this.pathStems.of(this.paths);
    const placeOf = this.pathStems.placesOf(stems);
    for (let file = 0; file < this.paths.length; file++) {
      for (let at = offsets[file]!; at < offsets[file + 1]!; at++) {
        const place = placeOf[numbers[at]!]!;
        if (place < 0) continue;
        const last = hits[place]!.at(-1);
        if (last?.file === file) last.count++;
        else hits[place]!.push({ file, count: 1 });
      }
    }
    return hits;
  }
}
