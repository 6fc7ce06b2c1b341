/** What a file's resolution asked for and what the file offers, as bytes for the store: a heading that names its interface, its offers, its keys. */
import { ByteReader, ByteWriter } from '../base/bytes.js';
import type { Offer } from './asked.js';

/** @param keys ascending. */
export function encodeTrace(heading: string, offers: readonly Offer[], keys: readonly number[]): Uint8Array {
  const out = new ByteWriter().strings([heading]).number(offers.length);
  for (const { key, place } of offers) out.number(key).number(place);
  out.number(keys.length);
  let last = 0;
  for (const key of keys) {
    out.number(key - last);
    last = key;
  }
  return out.bytes();
}

export function headingOf(trace: Uint8Array): string {
  return new ByteReader(trace).strings()[0]!;
}

export function offersIn(trace: Uint8Array): Offer[] {
  const from = new ByteReader(trace);
  from.strings();
  return readOffers(from);
}

/** Numbers of the keys, ascending. */
export function* keysIn(trace: Uint8Array): Generator<number> {
  const from = new ByteReader(trace);
  from.strings();
  readOffers(from);
  let key = 0;
  for (let left = from.number(); left > 0; left--) {
    key += from.number();
    yield key;
  }
}

function readOffers(from: ByteReader): Offer[] {
  return Array.from({ length: from.number() }, () => ({ key: from.number(), place: from.number() }));
}
