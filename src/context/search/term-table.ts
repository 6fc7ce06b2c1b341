/**
 * An inverted index in bytes: for each term the documents that have it, and where in
 * them. Terms are found by a hash among sorted ones, so that nothing is decoded before
 * it is looked for.
 */
import { ByteReader, ByteWriter } from '../../base/bytes.js';
import { Numbering } from '../../base/numbering.js';

export interface TermTable {
  /** Hashes of the terms, ascending; equal ones stand side by side. */
  readonly hashes: Uint32Array;
  /** Where in `bytes` each term begins; one more for the end. */
  readonly offsets: Uint32Array;
  readonly bytes: Uint8Array;
}

/** Where one term stands. */
export interface Occurrences {
  /** Documents that have it, ascending. */
  readonly docs: Uint32Array;
  /** Of document i the places and values are at `offsets[i] .. offsets[i + 1]`. */
  readonly offsets: Uint32Array;
  readonly places: Uint32Array;
  readonly values: Uint32Array;
}

/** Occurrences in the order in which they are met, document after document. */
export class TermTableWriter {
  readonly #terms = new Numbering();
  #size = 0;
  #term = new Uint32Array(1 << 12);
  #doc = new Uint32Array(1 << 12);
  #place = new Uint32Array(1 << 12);
  #value = new Uint32Array(1 << 12);

  /** The term's number here, for {@link add}. */
  number(term: string): number {
    return this.#terms.of(term);
  }

  add(term: number, doc: number, place: number, value: number): void {
    if (this.#size === this.#term.length) this.#grow();
    this.#term[this.#size] = term;
    this.#doc[this.#size] = doc;
    this.#place[this.#size] = place;
    this.#value[this.#size] = value;
    this.#size++;
  }

  finish(): TermTable {
    const terms = this.#terms.all;
    const { order, starts } = this.#byTerm(terms.length);
    // A hash and a number make one exact integer, and typed arrays sort numbers fast.
    const byHash = Float64Array.from(terms, (term, n) => hashOf(term) * 2 ** 21 + n).sort();
    const out = new ByteWriter();
    const offsets = new Uint32Array(terms.length + 1);
    for (const [i, both] of byHash.entries()) {
      const term = both % 2 ** 21;
      offsets[i] = out.size;
      out.strings([terms[term]!]);
      this.#write(order.subarray(starts[term], starts[term + 1]), out);
    }
    offsets[terms.length] = out.size;
    return { hashes: Uint32Array.from(byHash, (both) => Math.floor(both / 2 ** 21)), offsets, bytes: out.bytes() };
  }

  /** Numbers of the occurrences, term after term, those of a term as they were met. */
  #byTerm(terms: number): { readonly order: Uint32Array; readonly starts: Uint32Array } {
    const starts = new Uint32Array(terms + 1);
    for (let i = 0; i < this.#size; i++) starts[this.#term[i]! + 1]! += 1;
    for (let term = 0; term < terms; term++) starts[term + 1]! += starts[term]!;
    const next = starts.slice();
    const order = new Uint32Array(this.#size);
    for (let i = 0; i < this.#size; i++) {
      const term = this.#term[i]!;
      order[next[term]!] = i;
      next[term]! += 1;
    }
    return { order, starts };
  }

  #write(occurrences: Uint32Array, out: ByteWriter): void {
    const docs = occurrences.reduce((n, i, at) => (at > 0 && this.#doc[occurrences[at - 1]!] === this.#doc[i] ? n : n + 1), 0);
    out.number(docs).number(occurrences.length);
    let before = 0;
    for (let at = 0; at < occurrences.length; ) {
      const doc = this.#doc[occurrences[at]!]!;
      let end = at + 1;
      while (end < occurrences.length && this.#doc[occurrences[end]!] === doc) end++;
      out.number(doc - before).number(end - at);
      before = doc;
      for (let last = 0; at < end; at++) {
        const place = this.#place[occurrences[at]!]!;
        out.signed(place - last).number(this.#value[occurrences[at]!]!);
        last = place;
      }
    }
  }

  #grow(): void {
    const grown = (old: Uint32Array): Uint32Array<ArrayBuffer> => {
      const bigger = new Uint32Array(old.length * 2);
      bigger.set(old);
      return bigger;
    };
    this.#term = grown(this.#term);
    this.#doc = grown(this.#doc);
    this.#place = grown(this.#place);
    this.#value = grown(this.#value);
  }
}

/** Where a term stands; undefined where it does not. */
export function findTerm({ hashes, offsets, bytes }: TermTable, term: string): Occurrences | undefined {
  const hash = hashOf(term);
  for (let i = lowerBound(hashes, hash); hashes[i] === hash; i++) {
    const from = new ByteReader(bytes.subarray(offsets[i], offsets[i + 1]));
    if (from.strings()[0] === term) return readOccurrences(from);
  }
  return undefined;
}

function readOccurrences(from: ByteReader): Occurrences {
  const count = from.number();
  const size = from.number();
  const docs = new Uint32Array(count);
  const offsets = new Uint32Array(count + 1);
  const places = new Uint32Array(size);
  const values = new Uint32Array(size);
  let doc = 0;
  let at = 0;
  for (let i = 0; i < count; i++) {
    doc += from.number();
    docs[i] = doc;
    const end = at + from.number();
    for (let place = 0; at < end; at++) {
      place += from.signed();
      places[at] = place;
      values[at] = from.number();
    }
    offsets[i + 1] = end;
  }
  return { docs, offsets, places, values };
}

/** FNV-1a of the term's UTF-16 units. */
function hashOf(term: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < term.length; i++) hash = Math.imul(hash ^ term.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

function lowerBound(ascending: Uint32Array, value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
