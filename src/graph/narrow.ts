/**
 * What a change can have touched in a keyed family, resolved with the few records that it
 * takes. Every file's trace says what its links were asked from: files whose keys stayed as
 * they were are left alone. The others are resolved by a resolver that sees no more than the
 * records with something under a key that is asked for; as long as it asks for more, it is
 * shown more. Having seen all that it asked for it answers what it would answer to all.
 */
import type { Steps } from '../base/steps.js';
import type { WorkspacePath } from '../workspace/entry.js';
import { type Offer, PATHS_KEY, RING_KEY, recordKey } from './asked.js';
import type { FileLinks, ResolutionInput, Resolver } from './links.js';
import { PreparedFamily } from './prepared.js';
import { keysIn, offersIn } from './trace.js';

/** What is different from when the traces were written. */
export interface Change {
  /** Files of the family, with whatever changed in them. */
  readonly files: readonly WorkspacePath[];
  /** Those that others may see differently, or that have come or gone. */
  readonly seen: readonly WorkspacePath[];
  /** Whether other files are there, of any language. */
  readonly paths: boolean;
}

/** Of a file resolved again. */
export interface Answered {
  readonly path: WorkspacePath;
  readonly links: FileLinks;
  readonly offers: readonly Offer[];
  readonly keys: readonly number[];
}

/** Beyond so many files, or this part of a family, it is as fast to let the resolver see everything. */
const FEW = 50;
const MOST = 1 / 3;
const MAX_ROUNDS = 8;

export class Narrowing {
  readonly #offers = new Map<WorkspacePath, readonly Offer[]>();
  readonly #offering = new Map<number, { readonly path: WorkspacePath; readonly place: number }[]>();

  /**
   * @param paths all files of the family.
   * @param traceOf what was written down of a file; undefined for new ones.
   */
  constructor(
    private readonly resolver: Resolver,
    private readonly input: ResolutionInput,
    private readonly paths: readonly WorkspacePath[],
    private readonly traceOf: (path: WorkspacePath) => Uint8Array | undefined,
  ) {}

  /** Files whose links may be others now. */
  affected({ files, seen, paths }: Change): WorkspacePath[] {
    const dirty = this.#changedKeys(seen);
    if (seen.length > 0) dirty.add(RING_KEY);
    if (paths) dirty.add(PATHS_KEY);
    if (dirty.size === 0) return [...files];
    const changed = new Set(files);
    return this.paths.filter((path) => changed.has(path) || this.#asksFor(path, dirty));
  }

  /** Links of `wanted`, as far as few enough records tell them; the rest has to be asked of a resolver that sees all. */
  *resolve(
    wanted: readonly WorkspacePath[],
    answer: (file: Answered) => void,
    manifest: (path: WorkspacePath) => void,
  ): Steps<WorkspacePath[]> {
    const most = Math.max(FEW, this.paths.length * MOST);
    if (wanted.length > most) return [...wanted];
    this.#findOffering();
    const shown = new Set(wanted);
    for (const path of wanted) for (const key of keysOf(this.traceOf(path))) for (const file of this.#unseen(key, shown)) shown.add(file);
    const rest: WorkspacePath[] = [];
    let left = wanted;
    for (let round = 0; left.length > 0 && round < MAX_ROUNDS && shown.size <= most; round++) {
      const family = new PreparedFamily(this.resolver, this.input, undefined, shown);
      const asking: WorkspacePath[] = [];
      const missing = new Set<WorkspacePath>();
      for (const path of left) {
        const { links, keys, inVain } = family.ask(path);
        const unseen = keys.flatMap((key) => this.#unseen(key, shown, inVain));
        for (const file of unseen) missing.add(file);
        if (keys.includes(RING_KEY)) rest.push(path);
        else if (unseen.length > 0) asking.push(path);
        else answer({ path, links, keys, offers: this.#offers.get(path) ?? [] });
        yield;
      }
      for (const path of family.manifests.keys()) manifest(path);
      for (const file of missing) shown.add(file);
      left = asking;
    }
    return [...rest, ...left];
  }

  /** Keys under which one of the files has something else now; of names only those that no file had, or none has any more. */
  #changedKeys(seen: readonly WorkspacePath[]): Set<number> {
    const changed = new Set<number>();
    if (seen.length === 0) return changed;
    const names = new Set<number>();
    const now = new PreparedFamily(this.resolver, this.input, undefined, new Set(seen));
    for (const path of seen) {
      const offers = now.offersOf(path);
      this.#offers.set(path, offers);
      changed.add(recordKey(path));
      const before = new Map(offersOf(this.traceOf(path)).map((offer) => [nameOf(offer), offer]));
      const other = offers.filter((offer) => !before.delete(nameOf(offer)));
      for (const { key, place } of [...other, ...before.values()]) (place === 0 ? names : changed).add(key);
    }
    if (names.size > 0) this.#dropKept(names, new Set(seen));
    for (const key of names) changed.add(key);
    return changed;
  }

  /** Takes away the names that a file which is as it was has: they were there and still are. */
  #dropKept(names: Set<number>, seen: ReadonlySet<WorkspacePath>): void {
    for (const path of this.paths) if (!seen.has(path)) for (const { key } of offersOf(this.traceOf(path))) names.delete(key);
  }

  #asksFor(path: WorkspacePath, wanted: ReadonlySet<number>): boolean {
    for (const key of keysOf(this.traceOf(path))) if (wanted.has(key)) return true;
    return false;
  }

  #findOffering(): void {
    const add = (key: number, path: WorkspacePath, place: number): void => {
      const offering = this.#offering.get(key);
      if (offering) offering.push({ path, place });
      else this.#offering.set(key, [{ path, place }]);
    };
    for (const path of this.paths) {
      const offers = this.#offers.get(path) ?? offersOf(this.traceOf(path));
      this.#offers.set(path, offers);
      add(recordKey(path), path, 1);
      for (const { key, place } of offers) add(key, path, place);
    }
  }

  /** Files that have to be shown to who asks for a key, and are not; one more, where it counts only that there is one and it was asked `inVain`. */
  #unseen(key: number, shown: ReadonlySet<WorkspacePath>, inVain?: ReadonlySet<number>): WorkspacePath[] {
    const offering = this.#offering.get(key) ?? [];
    const unseen = offering.flatMap(({ path, place }) => (place > 0 && !shown.has(path) ? [path] : []));
    const naming = offering.filter(({ place }) => place === 0);
    const isThere = inVain ? !inVain.has(key) : naming.some(({ path }) => shown.has(path));
    const more = isThere ? undefined : naming.find(({ path }) => !shown.has(path));
    return more ? [...unseen, more.path] : unseen;
  }
}

const nameOf = ({ key, place }: Offer): string => `${key} ${place}`;
const offersOf = (trace: Uint8Array | undefined): readonly Offer[] => (trace ? offersIn(trace) : []);
const keysOf = (trace: Uint8Array | undefined): Iterable<number> => (trace ? keysIn(trace) : []);
