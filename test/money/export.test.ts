import assert from 'node:assert/strict';
import fc from 'fast-check';
import { toCsv } from '../../src/money/export.js';

describe('money/export', () => {
  const line = (...cells: (string | number | null)[]) => {
    const columns = cells.map((_, i) => `c${i}`);
    return toCsv(columns, [Object.fromEntries(cells.map((cell, i) => [`c${i}`, cell]))]).split('\r\n')[1];
  };

  it('quotes what has to be quoted', () => {
    assert.equal(line('a,b', 'say "x"', 'two\nlines', 5, null, -7, 'plain'), '"a,b","say ""x""","two\nlines",5,,-7,plain');
  });

  it('puts an apostrophe before what a spreadsheet would compute', () => {
    assert.equal(
      line('=HYPERLINK("http://x","y")', '+1', '-1', '@SUM(A1)', '\t=1'),
      `"'=HYPERLINK(""http://x"",""y"")",'+1,'-1,'@SUM(A1),"'\t=1"`,
    );
  });

  it('no text comes out as a formula, and each can be read back', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 4 }), (texts) => {
        const csv = toCsv(
          texts.map((_, i) => `c${i}`),
          [Object.fromEntries(texts.map((t, i) => [`c${i}`, t]))],
        );
        const cells = parse(csv)[1]!;
        for (const cell of cells) assert.doesNotMatch(cell, /^[=+\-@\t\r]/);
        assert.deepEqual(
          cells.map((cell, i) => (cell === texts[i] ? cell : cell.slice(1))),
          texts,
        );
      }),
    );
  });
});

/** Reads CSV by RFC 4180. */
function parse(csv: string): string[][] {
  const rows: string[][] = [];
  let [row, cell, quoted]: [string[], string, boolean] = [[], '', false];
  for (let i = 0; i < csv.length; i++) {
    const c = csv[i]!;
    if (quoted) {
      if (c !== '"') cell += c;
      else if (csv[i + 1] === '"') cell += csv[++i];
      else quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === ',') {
      row.push(cell);
      cell = '';
    } else if (c === '\r' && csv[i + 1] === '\n') {
      rows.push([...row, cell]);
      [row, cell] = [[], ''];
      i++;
    } else cell += c;
  }
  return rows;
}
