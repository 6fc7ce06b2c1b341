/**
 * What one file's resolution asked of the others, written down while it runs.
 *
 * Files of a family learn of one another through records, which say by themselves that
 * they were read, and through what a resolver has made of all records together: an
 * {@link Index} and {@link Names} say which key was looked up, found or not, and which file
 * has something under it; a {@link Memo} hands on what its answers had asked for. As long as nothing that
 * a file asked for has changed, its links are what they were.
 */
import type { WorkspacePath } from '../workspace/entry.js';

/** Keys are known by numbers below this, {@link Names} by numbers from it on; what shares one is taken for the same. */
const NUMBERS = 1 << 20;
/** Asked by who has an answer that depends on which files are there. */
export const PATHS_KEY = 0;
/** Asked by who has an answer that depends on who asked first. */
export const RING_KEY = 1;

/** Something that can be asked for. */
export interface Askable {
  /** The last question of which it was a part. */
  question: number;
}

/** What a file has under a key: the key's number, and the place of what it has there (0: that some file has something is all that counts). */
export interface Offer {
  readonly key: number;
  readonly place: number;
}

/** Keys by their numbers. */
export interface AskedKeys {
  /** Distinct and ascending. */
  readonly keys: readonly number[];
  /** Names among them that no file has. */
  readonly inVain: ReadonlySet<number>;
}

/** The number of a record's key. */
export const recordKey = (path: WorkspacePath): number => numberOf('record', path);

/** What is being asked at present, for one resolver. */
export class Asked {
  readonly #offers = new Map<WorkspacePath, Offer[]>();
  #question = 0;
  #questions = 0;
  #parts: Askable[] = [];

  /** The present question; 0 when there is none. */
  get question(): number {
    return this.#question;
  }

  /** Takes down that the present answer depends on this. */
  note(asked: Askable): void {
    if (this.#question === 0 || asked.question === this.#question) return;
    asked.question = this.#question;
    this.#parts.push(asked);
  }

  /** An answer with all that it depends on. */
  during<T>(answer: () => T): readonly [T, readonly Askable[]] {
    const [question, parts] = [this.#question, this.#parts];
    this.#question = ++this.#questions;
    this.#parts = [];
    try {
      return [answer(), this.#parts];
    } finally {
      this.#question = question;
      this.#parts = parts;
    }
  }

  /** All that reading asks for, as one. */
  together(read: () => void): Askable {
    const answer = new Answer(undefined);
    [, answer.parts] = this.during(read);
    return answer;
  }

  /** Takes down that `file` has something under a key. */
  offer(file: WorkspacePath, offer: Offer): void {
    const offers = this.#offers.get(file);
    if (offers) offers.push(offer);
    else this.#offers.set(file, [offer]);
  }

  offersOf(file: WorkspacePath): readonly Offer[] {
    return this.#offers.get(file) ?? [];
  }

  /** The keys that an answer depends on, through whatever answers. */
  keysIn(parts: readonly Askable[]): AskedKeys {
    const keys = new Set<number>();
    const inVain = new Set<number>();
    // A number that no question has: what bears it was seen.
    const seen = ++this.#questions;
    const left = [...parts];
    for (let next = left.pop(); next; next = left.pop()) {
      if (next instanceof Key) {
        keys.add(next.number);
        if (next instanceof Presence && !next.isThere) inVain.add(next.number);
      } else if (next.question !== seen && next instanceof Answer) {
        next.question = seen;
        for (const part of next.parts ?? []) left.push(part);
      }
    }
    return { keys: [...keys].sort((a, b) => a - b), inVain };
  }
}

/** One key. */
export class Key implements Askable {
  question = 0;
  constructor(readonly number: number) {}
}

class Entry<V> extends Key {
  readonly values: V[] = [];
}

const NOTHING: readonly never[] = [];

/** Values by key, of all files together. */
export class Index<V> {
  readonly #entries = new Map<string, Entry<V>>();

  /** @param name tells the keys of this index from those of others. */
  constructor(
    private readonly asked: Asked,
    private readonly name: string,
  ) {}

  /** @param place of the value in its file, from 1 on: at the same place stands the same, as far as the record itself does not tell. */
  add(key: string, value: V, file: WorkspacePath, place: number): void {
    const entry = this.#entry(key);
    entry.values.push(value);
    this.asked.offer(file, { key: entry.number, place });
  }

  get(key: string): readonly V[] {
    const entry = this.#entry(key);
    this.asked.note(entry);
    return entry.values.length === 0 ? NOTHING : entry.values;
  }

  #entry(key: string): Entry<V> {
    let entry = this.#entries.get(key);
    if (!entry) {
      entry = new Entry(numberOf(this.name, key));
      this.#entries.set(key, entry);
    }
    return entry;
  }
}

class Presence extends Key {
  isThere = false;
}

/** Names that some file has: nobody asks which. */
export class Names {
  readonly #names = new Map<string, Presence>();

  /** @param name tells these names from others. */
  constructor(
    private readonly asked: Asked,
    private readonly name: string,
  ) {}

  add(name: string, file: WorkspacePath): void {
    const presence = this.#presence(name);
    presence.isThere = true;
    this.asked.offer(file, { key: presence.number, place: 0 });
  }

  has(name: string): boolean {
    const presence = this.#presence(name);
    this.asked.note(presence);
    return presence.isThere;
  }

  #presence(name: string): Presence {
    let presence = this.#names.get(name);
    if (!presence) {
      // Apart from other keys, and in more room: one that is there stands for none that is not.
      presence = new Presence(NUMBERS + hashOf(this.name, name) * 4096 + (hashOf(name, this.name) >>> 20));
      this.#names.set(name, presence);
    }
    return presence;
  }
}

class Answer<V> implements Askable {
  question = 0;
  /** Undefined while it is being looked for. */
  parts: readonly Askable[] | undefined;
  /** The question that it is looked for in. */
  own = 0;
  constructor(public value: V) {}
}

/** Answers kept for those who ask again. */
export class Memo<K, V> {
  readonly #answers = new Map<K, Answer<V>>();
  readonly #ring = new Key(RING_KEY);

  constructor(private readonly asked: Asked) {}

  /** @param keep whether to keep it now. */
  of(key: K, make: () => V, keep = true): V {
    const known = this.#answers.get(key);
    if (known) return this.#told(known);
    if (!keep) return make();
    const [value, parts] = this.asked.during(make);
    const answer = new Answer(value);
    answer.parts = parts;
    this.#answers.set(key, answer);
    return this.#told(answer);
  }

  /** The same for answers that may lean on themselves: who asks for one while it is looked for gets `meanwhile`. */
  ofRing(key: K, make: () => V, meanwhile: V): V {
    const known = this.#answers.get(key);
    if (known) {
      // What leans on itself alone is the same whoever asks first.
      if (known.parts === undefined && known.own !== this.asked.question) this.asked.note(this.#ring);
      return this.#told(known);
    }
    const answer = new Answer(meanwhile);
    this.#answers.set(key, answer);
    const [value, parts] = this.asked.during(() => {
      answer.own = this.asked.question;
      return make();
    });
    answer.value = value;
    answer.parts = parts;
    return this.#told(answer);
  }

  clear(): void {
    this.#answers.clear();
  }

  #told(answer: Answer<V>): V {
    this.asked.note(answer);
    return answer.value;
  }
}

/** Above the numbers that have a meaning. */
function numberOf(space: string, key: string): number {
  const hash = hashOf(space, key);
  return 2 + (((hash ^ (hash >>> 20)) >>> 0) % (NUMBERS - 2));
}

/** FNV-1a. */
function hashOf(space: string, key: string): number {
  let hash = 0x811c9dc5;
  for (const text of [space, key]) for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
