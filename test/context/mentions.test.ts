import assert from 'node:assert/strict';
import { mentionsOf, type NamedLines } from '../../src/context/mentions.js';
import { nameNumber, placesOfNames } from '../../src/context/stems.js';
import { decodeRecord, encodeRecord } from '../../src/syntax/codec.js';
import { recordOf } from '../workspaces.js';

const source = `import { parseCookie } from './cookie';
export class Jar {
  constructor() {}
  keep(text: string) {
    return parseCookie(text).map((c) => c.value);
  }
}
`;

describe('context/mentions', () => {
  it('has every reference with its line, and the definitions that others may name', async () => {
    const record = await recordOf('a.ts', source);
    const { references, definitions } = mentionsOf(record);
    assert.deepEqual(
      [...references.name],
      record.references.map((r) => nameNumber(r.name)),
    );
    assert.deepEqual(
      [...references.line],
      record.references.map((r) => r.line),
    );
    const told = ({ name, line }: NamedLines, names: readonly string[]): string[] =>
      [...name].map((n, i) => `${names[placesOfNames(names)[n]!]} ${line[i]}`);
    assert.deepEqual(told(definitions, ['keep']), ['keep 3']);
  });

  it('reads the same from a record’s bytes as from the record', async () => {
    const record = await recordOf('a.ts', source);
    assert.deepEqual(mentionsOf(decodeRecord(encodeRecord(record))), mentionsOf(record));
  });
});
