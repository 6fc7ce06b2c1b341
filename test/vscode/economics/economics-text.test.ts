import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Fate } from '../../../src/money/acceptance/log.js';
import type { Entry } from '../../../src/money/ledger/account.js';
import { readHistory } from '../../../src/money/ledger/reader.js';
import { economicsText } from '../../../src/vscode/economics/economics-text.js';
import { Folder } from '../../folders.js';
import { proposal } from '../../money/acceptance/rows.js';
import { ClockedLedger, granted, order, paid } from '../../money/ledger/orders.js';

const fate = (id: string, other: Partial<Fate> = {}): Fate => {
  const { kind: _, ...row } = proposal(id);
  return { ...row, state: 'decided', ...other };
};

describe('vscode/economics', () => {
  const folder = new Folder();
  after(() => folder.remove());
  let entries: readonly Entry[];
  before(async () => {
    const ledger = new ClockedLedger(join(folder.path, 'ledger'));
    for (const request of ['request-a', 'request-b']) await ledger.settle(granted(await ledger.reserve(order({ request }))), paid(60_000));
    entries = (await readHistory(join(folder.path, 'ledger'))).entries;
  });

  it('tells what a change has cost, by model and action, and under other circumstances', () => {
    const asked: object[] = [];
    const text = economicsText({ fates: [fate('a'), fate('b', { action: 'extract' })], damaged: 1 }, entries, (circumstances) => {
      asked.push(circumstances);
      return entries;
    });
    assert.match(text, /An accepted change has cost \*\*\$0\.02\*\*, all proposals together \*\*\$0\.12\*\*\./);
    assert.match(text, /\| anthropic\/claude-opus-5-5 \| 2 \| 2 \| 2 of 4 \| 6 of 10 \| 4 \| \$0\.12 \| \$0\.02 \| \$0\.06 \|/);
    assert.match(text, /\| extract \| 1 \|/);
    assert.match(text, /\| there were no anthropic \| \$0\.12 \|/);
    assert.match(text, /1 lines of the record are damaged/);
    assert.deepEqual(asked, [{ factor: 0.5 }, { factor: 0.2 }, { without: 'anthropic' }]);
  });

  it('says so where there is nothing yet', () => {
    assert.match(
      economicsText({ fates: [], damaged: 0 }, entries, () => entries),
      /No proposals yet/,
    );
  });

  it('lets no name be more than a name', () => {
    const text = economicsText({ fates: [fate('a', { model: '![x](http://evil/) | <img src=x>' })], damaged: 0 }, entries, () => entries);
    assert.match(text, /\| anthropic\/\\!\\\[x\\\]\(http:\/\/evil\/\) \\\| \\<img src=x\\> \| 1 /);
  });
});
