import assert from 'node:assert/strict';
import type { Focus } from '../../../src/context/pack.js';
import type { SentPack } from '../../../src/engine/protocol.js';
import { openCatalogue } from '../../../src/models/catalogue.js';
import { estimateTokens } from '../../../src/models/token-counter.js';
import { microUsd } from '../../../src/money/micro-usd.js';
import type { Quote } from '../../../src/money/quote.js';
import type { ModelQuote } from '../../../src/vscode/price-quotes.js';
import { budgetView, figuresOf, focusView, packView, quotesView, workspaceView } from '../../../src/vscode/sidebar/sidebar-state.js';

const WORKSPACE = { files: 14, tokens: 7_907, edges: 20, resolved: 0, problems: [], roots: [], memory: { heap: 0, buffers: 0 } };

function pack(
  levels: Readonly<Record<string, readonly [level: 'full' | 'signatures' | 'path', tokens: number]>>,
  tokens: number,
): SentPack {
  const files = Object.entries(levels).map(([path, [level, n]]) => ({ path, level, tokens: n, score: 1, reason: 'named', terms: [] }));
  return { files, left: { paths: ['left.ts'], scores: new Float64Array(1) }, prompt: '', tokens, budget: 8_000, whole: false };
}

/** A quote at the first model of the catalogue whose tokens are counted exactly or not. */
function quoteAt(exact: boolean, quote: Quote): ModelQuote {
  const model = openCatalogue().find((m) => (m.tokens.high === 1) === exact && m.window !== undefined) ?? assert.fail('no such model');
  return { model, input: estimateTokens(10_000, model.tokens), ...quote };
}
const UNKNOWN: Quote = { cost: { kind: 'unknown', reason: 'no price is published' }, fits: 'yes' };

describe('The figures of a pack', () => {
  it('sum files and tokens by level, the most detail first, without levels that no file has', () => {
    const { levels } = figuresOf(pack({ 'a.ts': ['path', 4], 'b.ts': ['full', 100], 'c.ts': ['full', 20] }, 200));
    assert.deepEqual(levels, [
      { level: 'full', files: 2, tokens: 120 },
      { level: 'path', files: 1, tokens: 4 },
    ]);
  });

  it('tell what is not text of a file, and how many files had no room', () => {
    const { frame, left } = figuresOf(pack({ 'a.ts': ['full', 150] }, 200));
    assert.deepEqual({ frame, left }, { frame: 50, left: 1 });
  });

  it('stay while another pack is made', () => {
    const last = pack({ 'a.ts': ['full', 150] }, 200);
    assert.deepEqual(packView({ kind: 'packing', last }), { kind: 'packing', last: figuresOf(last) });
    assert.deepEqual(packView({ kind: 'packing', last: undefined }), { kind: 'packing', last: undefined });
  });
});

describe('What the index is doing', () => {
  it('is first said to begin, then to go on beside the last state', () => {
    const reading = { kind: 'indexing', done: 3, total: 9 } as const;
    assert.deepEqual(workspaceView({ ...reading, last: undefined }), { ...reading, first: true });
    assert.deepEqual(workspaceView({ ...reading, last: WORKSPACE }), { ...reading, first: false });
  });

  it('is counted when it is done', () => {
    const problems = [{ path: 'bin', kind: 'unreadable', detail: 'permission denied' } as const];
    assert.deepEqual(workspaceView({ kind: 'ready', last: { ...WORKSPACE, problems }, notice: 'The index was lost and read again.' }), {
      kind: 'ready',
      files: 14,
      tokens: 7_907,
      problems: 1,
      notice: 'The index was lost and read again.',
    });
  });
});

describe('Where the context starts', () => {
  const named = (absolute: string) => absolute.slice('/w/'.length);
  const place = { absolute: '/w/src/app.ts', lines: { start: 2, end: 8 } };
  const packed = (focus?: Focus) => ({ kind: 'packed', pack: pack({}, 0), request: { task: '', budget: 8_000, focus } }) as const;

  it('is a file with the lines as editors count them', () => {
    assert.equal(focusView({ kind: 'editor' }, place, { kind: 'nothing-asked' }, named).label, 'src/app.ts, lines 3–9');
    const line = { ...place, lines: { start: 2, end: 2 } };
    assert.equal(focusView({ kind: 'place', place: line }, line, { kind: 'nothing-asked' }, named).label, 'src/app.ts, line 3');
  });

  it('is outside of the workspace when the pack did not start from it', () => {
    assert.equal(focusView({ kind: 'editor' }, place, packed(), named).outside, true);
    assert.equal(focusView({ kind: 'editor' }, place, packed({ path: 'src/app.ts' }), named).outside, false);
    assert.equal(focusView({ kind: 'none' }, undefined, packed(), named).outside, false);
  });
});

describe('Quotes', () => {
  const of = { tokens: 10_000, of: 'pack', chosen: '', automatic: false, maxAnswer: 8_000 } as const;

  it('say a price as a range, and one amount where both ends read the same', () => {
    const range = (low: number, high: number) => ({ low: microUsd(low), high: microUsd(high) });
    const source = { kind: 'table', name: 'genai-prices 0.1.8', date: '2026-09-23' } as const;
    const cost = { kind: 'known', cold: range(40_000, 52_000), warm: range(7_100, 7_100), worst: microUsd(1_570_000), source } as const;
    const [quote] = quotesView([quoteAt(true, { cost, fits: 'yes' })], of).models;
    assert.deepEqual(quote?.cost, {
      kind: 'known',
      cold: { text: '$0.04–$0.052', most: 52_000 },
      warm: { text: '$0.0071', most: 7_100 },
      worst: { text: '$1.57', most: 1_570_000 },
      source: 'price table: genai-prices 0.1.8, 2026-09-23',
    });
  });

  it('never make an unknown price a number', () => {
    assert.deepEqual(quotesView([quoteAt(true, UNKNOWN)], of).models[0]?.cost, UNKNOWN.cost);
  });

  it('show how far an estimate of tokens may be off', () => {
    const [counted, estimated] = quotesView([quoteAt(true, UNKNOWN), quoteAt(false, UNKNOWN)], of).models;
    assert.deepEqual(counted?.tokens, { low: 10_000, high: 10_000 });
    assert.ok(estimated && estimated.tokens.low < estimated.tokens.high);
  });

  it('know how long a prompt surely fits beside the longest answer', () => {
    const quote = quoteAt(false, UNKNOWN);
    const { room } = quotesView([quote], of).models[0] ?? assert.fail();
    const { window = 0, maxInput = window, tokens } = quote.model;
    assert.ok(room !== undefined && room * tokens.high <= Math.min(window - 8_000, maxInput));
    assert.ok((room + 1) * tokens.high > Math.min(window - 8_000, maxInput));
  });
});

describe('Budgets to choose from', () => {
  it('begin with what fits the chosen model', () => {
    const chosen = quotesView([quoteAt(false, UNKNOWN)], { tokens: 0, of: 'budget', chosen: '', automatic: false, maxAnswer: 8_000 })
      .models[0];
    const [first] = budgetView(32_000, chosen).presets;
    assert.deepEqual({ label: first?.label, tokens: first?.tokens }, { label: chosen?.name, tokens: chosen?.room });
  });

  it('are round numbers without one', () => {
    const { presets } = budgetView(32_000, undefined);
    assert.deepEqual(
      presets.map((p) => p.label),
      ['8k', '32k', '128k', '200k', '1M'],
    );
  });
});
