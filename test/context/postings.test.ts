import assert from 'node:assert/strict';
import { stemOf } from '../../src/base/words.js';
import { type Postings, postingsOf } from '../../src/context/postings.js';
import { placesOfStems, stemNumber } from '../../src/context/stems.js';
import type { FileRecord } from '../../src/syntax/record.js';
import { recordOf } from '../workspaces.js';

/** Lines of every stem, counted from the word index one by one: "stem block:count …". */
function counted({ words: { words, offsets, lines } }: FileRecord, { blocks }: Postings): string[] {
  const of = new Map<string, number[]>();
  for (const [i, word] of words.entries())
    for (const line of lines.subarray(offsets[i]!, offsets[i + 1]!))
      of.set(stemOf(word), [...(of.get(stemOf(word)) ?? []), blocks.findIndex((b) => line >= b.start && line <= b.end)]);
  return [...of].map(([stem, at]) => `${stem} ${at.sort((a, b) => a - b).join(' ')}`).sort();
}

function told({ stems, offsets, inBlock, counts }: Postings, names: readonly string[]): string[] {
  const places = placesOfStems(names);
  return [...stems]
    .map((stem, i) => {
      const at: number[] = [];
      for (let p = offsets[i]!; p < offsets[i + 1]!; p++) at.push(...Array<number>(counts[p]!).fill(inBlock[p]!));
      return `${names[places[stem]!]} ${at.sort((a, b) => a - b).join(' ')}`;
    })
    .sort();
}

describe('context/postings', () => {
  it('has every word of a file at its stem, forms of one stem together', async () => {
    const source = `import { parse } from './parse';
/** Parses what the parser parsed before. */
export function parsing(set: Set<string>) {
  return set.has('setting') ? parse(set) : undefined;
}
${'// more of it, to make another block\n'.repeat(20)}
export class Parser {
  settings = new Map<string, number>();
}
`;
    const record = await recordOf('a.ts', source);
    const postings = postingsOf(record);
    const names = [...new Set(record.words.words.map(stemOf))];
    assert.deepEqual(told(postings, names), counted(record, postings));
    assert.ok(postings.blocks.length > 1);
    assert.equal(
      postings.lengths.reduce((n, l) => n + l, 0),
      postings.words,
    );
  });

  it('knows a stem by one number, whatever the form', () => {
    assert.equal(stemNumber('parser'), stemNumber('parsing'));
    assert.notEqual(stemNumber('parser'), stemNumber('cookie'));
    assert.equal(placesOfStems(['never-seen', 'pars'])[stemNumber('parse')], 1);
  });
});
