import assert from 'node:assert/strict';
import { Storm } from './storm.js';
import { randomFrom } from './storm-answers.js';

/** LONGVIEW_STORM=30000 for many; LONGVIEW_STORM_SEED for others. */
const RUNS = Number(process.env['LONGVIEW_STORM'] ?? 600);
const SEED = Number(process.env['LONGVIEW_STORM_SEED'] ?? 1);

describe('red team: proposals, writes and failures on a real disk', () => {
  it(`writes nothing but what was agreed to, loses no byte, and takes all back (${RUNS} proposals)`, async () => {
    const storm = new Storm();
    try {
      for (let i = 0; i < RUNS; i++) {
        const seed = SEED * 1_000_003 + i;
        await storm.run(randomFrom(seed)).catch((error: unknown) => {
          throw new Error(`run ${i}, LONGVIEW_STORM_SEED=${SEED}: ${(error as Error).message}`, { cause: error });
        });
      }
      const { applied, killed, failed, meddled, undone } = storm.counts;
      if (RUNS > 1_000) console.log(JSON.stringify(storm.counts));
      for (const count of [applied, killed, failed, meddled, undone]) assert.ok(count > RUNS / 100, JSON.stringify(storm.counts));
    } finally {
      storm.remove();
    }
  }).timeout(60_000 + RUNS * 100);
});
