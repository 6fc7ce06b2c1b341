import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findTerm, TermTableWriter } from '../../../src/context/search/term-table.js';

type Met = readonly [term: string, doc: number, place: number, value: number];

function shown(table: ReturnType<TermTableWriter['finish']>, term: string): Met[] {
  const { docs = [], offsets = [], places = [], values = [] } = findTerm(table, term) ?? {};
  return [...docs].flatMap((doc, i) =>
    Array.from({ length: offsets[i + 1]! - offsets[i]! }, (_, n): Met => [term, doc, places[offsets[i]! + n]!, values[offsets[i]! + n]!]),
  );
}

describe('context/search/term-table', () => {
  it('tells of every term where it stands, in the order in which it was met', () => {
    const number = fc.nat(1 << 20);
    const met = fc.array(fc.tuple(fc.oneof(fc.constantFrom('a', 'ab', '', 'é'), fc.string()), fc.nat(5), number, number));
    fc.assert(
      fc.property(met, (all) => {
        const inOrder = [...all].sort((a, b) => a[1] - b[1]);
        const writer = new TermTableWriter();
        for (const [term, doc, place, value] of inOrder) writer.add(writer.number(term), doc, place, value);
        const table = writer.finish();
        for (const term of new Set(all.map(([t]) => t)))
          assert.deepEqual(
            shown(table, term),
            inOrder.filter(([t]) => t === term),
          );
      }),
    );
  });

  it('does not find what is not there, also where the hash is the same', () => {
    const writer = new TermTableWriter();
    writer.add(writer.number('costarring'), 0, 0, 1);
    const table = writer.finish();
    // The FNV-1a hash of both is 0x5e4daa9d.
    assert.equal(findTerm(table, 'liquid'), undefined);
    assert.deepEqual([...(findTerm(table, 'costarring')?.docs ?? [])], [0]);
  });
});
