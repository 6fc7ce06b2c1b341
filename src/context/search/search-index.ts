/**
 * All that ranking reads of a workspace's records, kept from one state to the next: what
 * an update leaves alone is not read again, and most of it not even when the process
 * begins anew. It follows from the records alone, so that it can be lost at any time.
 */
import type { Steps } from '../../base/steps.js';
import type { Snapshot } from '../../index/snapshot.js';
import type { WorkspacePath } from '../../workspace/entry.js';
import { SegmentFolder } from './folder.js';
import { PathStems } from './path-stems.js';
import { SearchView } from './search-view.js';
import type { Place, Segment } from './segment.js';
import { SegmentWriter } from './segment-writer.js';

/** Documents of one segment at most: what is in memory while it is made is bounded by it. */
const FULL = 2_048;
/** A segment of fewer is not worth a file: it is made again. */
const WORTH_KEEPING = 128;
/** As many segments of about one size are made into one of the next: sizes grow by this factor. */
const ALIKE = 8;

const indexes = new WeakMap<Snapshot['home'], SearchIndex>();

/** The search index of a snapshot's workspace, brought up to date with it. */
export function* searchOf(snapshot: Snapshot): Steps<SearchView> {
  let index = indexes.get(snapshot.home);
  if (!index) {
    index = new SearchIndex(new SegmentFolder(snapshot.home.derived));
    indexes.set(snapshot.home, index);
  }
  return yield* index.view(snapshot);
}

export class SearchIndex {
  #segments: Segment[] | undefined;
  readonly #places = new Map<string, Place>();
  readonly #pathStems = new PathStems();
  readonly #views = new WeakMap<Snapshot, SearchView>();

  constructor(private readonly folder: SegmentFolder) {}

  /** Every text of the snapshot, ready to be searched. A view holds as long as it is used, whatever comes after it. */
  *view(snapshot: Snapshot): Steps<SearchView> {
    const made = this.#views.get(snapshot);
    if (made) return made;
    if (!this.#segments) {
      this.#segments = [];
      for (const segment of this.folder.read()) this.#take(segment);
    }
    const wanted = contentsOf(snapshot);
    yield* this.#tidy(snapshot, wanted);
    // While this one pauses, another view may let go of what it does not need.
    for (let missing = wanted.size + 1; ; ) {
      const contents = [...wanted].filter(([key]) => !this.#places.has(key));
      if (contents.length === 0 || contents.length === missing) break;
      missing = contents.length;
      yield* this.#cover(snapshot, contents);
    }
    const view = this.#viewOf(snapshot);
    this.#views.set(snapshot, view);
    return view;
  }

  #viewOf(snapshot: Snapshot): SearchView {
    const paths: WorkspacePath[] = [];
    const places: Place[] = [];
    for (const { path, lock } of snapshot.entries) {
      const key = lock === true ? undefined : snapshot.contentKey(path);
      const place = key === undefined ? undefined : this.#places.get(key);
      if (place?.segment.readable[place.doc] !== 1) continue;
      paths.push(path);
      places.push(place);
    }
    return new SearchView(snapshot, paths, places, this.#pathStems);
  }

  /** Makes segments of contents. Text that is not saved is kept apart: it is not written to disk. */
  *#cover(snapshot: Snapshot, contents: readonly (readonly [key: string, path: WorkspacePath])[]): Steps<void> {
    const unsaved = contents.filter(([, path]) => snapshot.isUnsaved(path));
    const saved = contents.filter(([, path]) => !snapshot.isUnsaved(path));
    for (const part of [...inParts(saved), unsaved]) {
      const writer = new SegmentWriter();
      for (const [key, path] of part) {
        const record = snapshot.record(path);
        if (record) writer.add(key, record);
        yield;
      }
      if (writer.size === 0) continue;
      const segment = writer.finish();
      this.#take(segment);
      if (part !== unsaved && writer.size >= WORTH_KEEPING) this.folder.write(segment);
      yield;
    }
  }

  /** Lets go of segments that nothing needs, and makes new ones of those that are mostly dead or of many small ones. */
  *#tidy(snapshot: Snapshot, wanted: ReadonlyMap<string, WorkspacePath>): Steps<void> {
    const live = new Map(this.#segments!.map((s): [Segment, string[]] => [s, []]));
    for (const key of wanted.keys()) {
      const place = this.#places.get(key);
      if (place) live.get(place.segment)?.push(key);
    }
    const bySize = new Map<number, Segment[]>();
    const worn: Segment[] = [];
    for (const [segment, { length }] of live) {
      if (length === 0) this.#drop(segment);
      else if (length * 2 < segment.keys.length) worn.push(segment);
      else {
        const size = Math.floor(Math.log(length) / Math.log(ALIKE));
        bySize.set(size, [...(bySize.get(size) ?? []), segment]);
      }
    }
    for (const alike of bySize.values()) if (alike.length >= ALIKE && live.get(alike[0]!)!.length < FULL / 2) worn.push(...alike);
    if (worn.length === 0) return;
    const contents = worn.flatMap((s) => live.get(s)!).map((key): [string, WorkspacePath] => [key, wanted.get(key)!]);
    yield* this.#cover(snapshot, contents);
    for (const segment of worn) this.#drop(segment);
  }

  #take(segment: Segment): void {
    this.#segments!.push(segment);
    for (const [doc, key] of segment.keys.entries()) this.#places.set(key, { segment, doc });
  }

  #drop(segment: Segment): void {
    this.#segments = this.#segments!.filter((s) => s !== segment);
    for (const key of segment.keys) if (this.#places.get(key)?.segment === segment) this.#places.delete(key);
    this.folder.remove(segment);
  }
}

/** A path for each content of the snapshot. */
function contentsOf(snapshot: Snapshot): Map<string, WorkspacePath> {
  const contents = new Map<string, WorkspacePath>();
  for (const { path } of snapshot.entries) {
    const key = snapshot.contentKey(path);
    if (key !== undefined) contents.set(key, path);
  }
  return contents;
}

function inParts<T>(items: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(items.length / FULL) }, (_, i) => items.slice(i * FULL, (i + 1) * FULL));
}
