/** A session of related questions on real code, with edits and pauses, against servers that bill: the program's own rooms are the workspace. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Snapshot } from '../../src/index/snapshot.js';
import { shippedTable } from '../money/table.js';
import { snapshotOf } from '../workspaces.js';
import { type RecordedTurn, replay } from './replay.js';

const TASKS = [
  'How does costOf bill cached tokens that have no rate of their own?',
  'Where are cache writes of an hour priced?',
  'Make the quote say how much of it is cache writes',
  'Which usage does quoteRequest assume for the warm cache?',
  'Add a test for a quote across a tier',
  'How does splitUsage refuse contradictions?',
  'Read cacheWrite12h from OpenAI usage',
  'Why are rates integers of pico-dollars in costOf?',
  'Round the quote to whole cents in formatUsd',
  'How is a price found by its exact name?',
  'Warn when a price is older than a month',
  'What does ratesFor do above a tier?',
];

/** Text files of folders of the project, by path. */
function sourcesOf(...folders: readonly string[]): Record<string, string> {
  const files: Record<string, string> = {};
  for (const folder of folders) {
    for (const file of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      const path = join(file.parentPath, file.name).replaceAll('\\', '/');
      if (file.isFile() && path.endsWith('.ts')) files[path] = readFileSync(path, 'utf8');
    }
  }
  return files;
}

function recorded(pauses: ReadonlyMap<number, number>): RecordedTurn[] {
  const files = sourcesOf('src/money', 'src/models');
  let current: Promise<Snapshot> | undefined;
  return TASKS.map((task, i) => ({
    task,
    answer: `It is in src/money. ${'The rate is looked up first, then the tier of the whole prompt. '.repeat(3)}`,
    minutes: pauses.get(i) ?? 1,
    snapshot: () => {
      if (i % 3 === 2) {
        files['src/money/cost.ts'] = files['src/money/cost.ts']!.replace(/^(export function costOf)/m, `/** Noted in turn ${i}. */\n$1`);
        current = undefined;
      }
      current ??= snapshotOf(files);
      return current;
    },
  }));
}

describe('session/replay', () => {
  for (const model of ['anthropic/claude-opus-5-5', 'openai/gpt-6.1-sol', 'openai/gpt-5.5']) {
    it(`${model}: what was foreseen is what was billed, a fraction of a context for each question`, async () => {
      const turns = await replay({ model, prices: shippedTable(), budget: 12_000, count: true, turns: recorded(new Map()) });
      for (const [i, { foreseen, bill, cost, rebilled }] of turns.entries()) {
        assert.equal(foreseen.tokens, bill.read + bill.written + bill.writtenLong + bill.plain);
        assert.ok(Math.abs(foreseen.cost - cost) <= 0.01 * cost, `turn ${i + 1}: ${foreseen.cost} for ${cost}`);
        assert.equal(rebilled, undefined);
        if (i > 0) assert.ok(bill.read > 0);
      }
      const sum = (of: (t: (typeof turns)[number]) => number): number => turns.reduce((n, t) => n + of(t), 0);
      assert.ok(sum((t) => t.cost) < sum((t) => t.fresh.total) / 2);
    }).timeout(180_000);
  }

  it('foresees what expired in a pause, without the provider’s count, and says so before', async () => {
    const model = 'anthropic/claude-opus-5-5';
    const pauses = new Map([
      [4, 12],
      [7, 30],
      [9, 90],
    ]);
    const turns = await replay({ model, prices: shippedTable(), budget: 12_000, count: false, turns: recorded(pauses) });
    for (const [i, { foreseen, bill, cost, rebilled }] of turns.entries()) {
      assert.ok(Math.abs(foreseen.read - bill.read) <= 2, `turn ${i + 1}: ${foreseen.read} for ${bill.read}`);
      // The first turn has nothing to go by but the family's ratio.
      if (i > 0) assert.ok(Math.abs(foreseen.cost - cost) <= 0.04 * cost, `turn ${i + 1}: ${foreseen.cost} for ${cost}`);
      assert.equal(rebilled?.cause.kind, i === 4 || i === 9 ? 'expired' : undefined, `turn ${i + 1}`);
    }
    assert.ok(turns[4]!.bill.writtenLong > 0, 'kept for an hour after the first pause');
  }).timeout(180_000);

  for (const model of ['anthropic/claude-opus-5-5', 'openai/gpt-6.1-sol']) {
    it(`${model}: a schema is kept with the turns that have it, and what another form bills again is foreseen`, async () => {
      const forms = [true, true, true, false, false, true];
      const turns = recorded(new Map())
        .slice(0, forms.length)
        .map((turn, i) => ({ ...turn, bySchema: forms[i]! }));
      const replayed = await replay({ model, prices: shippedTable(), budget: 12_000, count: true, turns });
      for (const [i, { foreseen, bill, cost }] of replayed.entries()) {
        assert.equal(foreseen.tokens, bill.read + bill.written + bill.writtenLong + bill.plain);
        assert.ok(Math.abs(foreseen.read - bill.read) <= 2, `turn ${i + 1}: ${foreseen.read} for ${bill.read}`);
        assert.ok(Math.abs(foreseen.cost - cost) <= 0.01 * cost, `turn ${i + 1}: ${foreseen.cost} for ${cost}`);
        assert.equal(bill.read > 0, i !== 0 && i !== 3, `turn ${i + 1}`);
      }
      assert.deepEqual(replayed[3]?.rebilled?.cause, { kind: 'form', bySchema: false });
    }).timeout(180_000);
  }
});
