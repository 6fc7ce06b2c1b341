import assert from 'node:assert/strict';
import { join } from 'node:path';
import { Folder } from '../../folders.js';
import { spend } from './spenders.js';

describe('money/ledger between processes', () => {
  it('loses no settled row, takes no torn one and passes no cap while four processes are killed again and again', async () => {
    const folder = new Folder();
    try {
      const figures = await spend({
        folder: join(folder.path, 'ledger'),
        processes: 4,
        requests: 300,
        budgets: { session: 0.03, day: 0.015, month: 0.2, workspace: 0.07, providers: { anthropic: 0.08 } },
        durable: false,
        seed: 20_261_121,
        diesOnceIn: 40,
        killedWithin: 2_000,
      });
      assert.deepEqual(figures.overruns, []);
      // The run was worth something: it killed, tore, lost, refused and still sent.
      for (const figure of ['kills', 'torn', 'lost', 'refused', 'sent', 'settled'] as const) assert.ok(figures[figure] > 0, figure);
    } finally {
      folder.remove();
    }
  });
});
