import assert from 'node:assert/strict';
import { microUsd } from '../../../src/money/micro-usd.js';
import type { CostRange } from '../../../src/money/quote.js';
import type { FileRow } from '../../../src/vscode/trees/context-rows.js';
import { describeFile, explainPlace, explainRow, speakFile } from '../../../src/vscode/trees/context-words.js';
import { type PromptPrice, priceInWords, shortPrice } from '../../../src/vscode/trees/price-share.js';

const ROW: FileRow = {
  kind: 'file',
  path: 'src/flask/app.py',
  standing: 'packed',
  pinnedAt: undefined,
  score: 2.345,
  listed: {
    path: 'src/flask/app.py',
    level: 'full',
    tokens: 1_989,
    score: 2.345,
    reason: 'contains “host…”',
    terms: [
      { signal: 'graph', value: 0.5, words: 'uses [views](command:evil)' },
      { signal: 'words', value: 1.84, words: 'contains “host…”' },
    ],
  },
};
const dollars = (low: number, high: number): CostRange => ({ low: microUsd(low), high: microUsd(high) });
const EXACT: PromptPrice = { kind: 'known', model: 'acme/one', tokens: 7_956, cold: dollars(16_000, 16_000), warm: dollars(1_600, 1_600) };
const ESTIMATED: PromptPrice = { ...EXACT, cold: dollars(16_000, 20_000) };
const UNKNOWN: PromptPrice = { kind: 'unknown', model: 'acme/two', reason: 'not in the table' };
const NO_MODEL: PromptPrice = { kind: 'no-model' };

describe('vscode/trees/context-words', () => {
  it('says level, tokens, price and folder in a row', () => {
    assert.equal(describeFile(ROW, { tokens: 7_956, price: EXACT }), 'full · 1,989 tokens · $0.004 · src/flask');
    assert.equal(describeFile(ROW, { tokens: 7_956, price: ESTIMATED }), 'full · 1,989 tokens · ≈$0.0045 · src/flask');
    assert.equal(describeFile(ROW, { tokens: 7_956, price: UNKNOWN }), 'full · 1,989 tokens · price unknown · src/flask');
    assert.equal(describeFile(ROW, { tokens: 7_956, price: NO_MODEL }), 'full · 1,989 tokens · src/flask');
    const pathAlone: FileRow = { ...ROW, listed: { ...ROW.listed!, level: 'path', tokens: 0 } };
    assert.equal(describeFile(pathAlone, { tokens: 7_956, price: EXACT }), 'path · src/flask');
  });

  it('reads all of it out, the reason too', () => {
    assert.equal(
      speakFile(ROW, 'app.py', { tokens: 7_956, price: NO_MODEL }),
      'app.py, full, 1,989 tokens, In the Pack, contains “host…”, in src/flask',
    );
  });

  it('never shows an unknown price as a number, nor a small one as nothing', () => {
    assert.equal(shortPrice(UNKNOWN, 10), 'price unknown');
    assert.match(priceInWords(UNKNOWN, 10), /unknown: not in the table/);
    assert.equal(shortPrice({ ...EXACT, cold: dollars(1, 1) }, 10), '<$0.000001');
    assert.equal(priceInWords(ESTIMATED, 1_989), '$0.004 to $0.005 at acme/one, $0.0004 when the prompt is cached.');
  });

  it('explains a file with every term of its score, the largest first, and takes no markup from the workspace', () => {
    const text = explainRow(ROW, { tokens: 7_956, price: EXACT }, undefined);
    assert.match(text, /1,989 tokens, 25\.0 % of the pack/);
    assert.match(text, /Score 2\.3/);
    assert.ok(text.indexOf('| 1.84 |') > 0 && text.indexOf('| 1.84 |') < text.indexOf('| 0.5 |'));
    assert.doesNotMatch(text, /\]\(command:/);
  });

  it('tells of a file without room what the engine knows, and the lines that matter', () => {
    const row: FileRow = { ...ROW, standing: 'left', listed: undefined };
    const blocks = [
      { start: 10, end: 12, symbol: 'run', score: 0.5 },
      { start: 20, end: 20, symbol: '', score: 0 },
    ];
    const place = { path: row.path, rank: 7, of: 236, score: 0.5, terms: [], blocks };
    const text = explainPlace(row, { tokens: 0, price: NO_MODEL }, place);
    assert.match(text, /^# src\/flask\/app\.py\n/);
    assert.match(text, /No room/);
    assert.match(text, /rank 7 of 236/);
    assert.match(text, /\| 10–12 \| run \| 0\.5 \|\n$/);
  });

  it('says so of a file that is never packed', () => {
    const row: FileRow = { ...ROW, standing: 'left', listed: undefined, score: undefined };
    assert.match(explainPlace(row, { tokens: 0, price: NO_MODEL }, undefined), /never packs this file/);
  });
});
