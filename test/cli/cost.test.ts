import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { microUsd } from '../../src/money/micro-usd.js';
import { ClockedLedger, granted, order, unpriced } from '../money/ledger/orders.js';
import { Workspace } from './longview.js';

describe('longview cost', () => {
  let workspace: Workspace;
  let folder: string;
  before(async () => {
    workspace = new Workspace({
      'budgets.json': '{ "day": 1, "month": 20, "workspace": 10, "request": 1, "providers": { "anthropic": 5 } }',
      'wrong.json': '{ "week": 1 }',
    });
    folder = join(workspace.dir, 'ledger');
    const ledger = new ClockedLedger(folder, new Date('2026-10-30T12:00:00Z'));
    const sonnet = {
      provider: 'anthropic',
      model: 'claude-sonnet-5',
      request: 'r1',
      workspaceName: 'shop',
      deadline: new Date('2026-10-30T13:00:00Z'),
    };
    const usage = { input: 2_000, cacheRead: 18_000, output: 500 };
    const first = granted(await ledger.reserve(order({ ...sonnet, expectedCacheRead: 17_000 })));
    await ledger.settle(first, { outcome: 'ok', usage, cost: { microUsd: microUsd(12_600) }, uncached: microUsd(45_000) });
    ledger.now = '2026-10-31T12:00:00Z';
    const second = granted(await ledger.reserve(order({ ...sonnet, request: 'r2', number: 1, action: '=1+1' })));
    await ledger.settle(second, { outcome: 'cut', cost: { unknown: 'the stream broke off' } });
    const third = granted(await ledger.reserve(unpriced({ provider: 'acme', model: 'large', request: 'r3' })));
    await ledger.settle(third, { outcome: 'ok', cost: { unknown: 'no price' } });
    await ledger.release(granted(await ledger.reserve(order({ ...sonnet, request: 'r4' }))));
  });
  after(() => workspace.dispose());

  const cost = (...args: string[]) => workspace.longview('cost', '--ledger', 'ledger', ...args);

  it('tells the days with their cost, and what is unknown of it', () => {
    const { code, out, err } = cost();
    assert.deepEqual([code, err], [0, '']);
    assert.match(out, /^day +requests +cost +cache saved +prompts +cached +expected +answers$/m);
    assert.match(out, /^2026-10-30 +1 +\$0\.0126 +\$0\.0324 +20,000 +90 % +85 % +500$/m);
    assert.match(out, /^2026-10-31 +2 +≥ \$0, 2 unpriced +\$0 +0 +– +– +0$/m);
    assert.match(out, /^total +3 +≥ \$0\.0126, 2 unpriced/m);
    assert.match(out, /^Unknown cost: 2 requests, at most \$1\.00, and 1 without any bound\.$/m);
  });

  it('groups by what is asked for, and takes days and months', () => {
    const keys = (...args: string[]) => JSON.parse(cost('--json', ...args).out).groups.map(({ key }: { key: string }) => key);
    assert.deepEqual(keys('--by', 'model'), ['anthropic/claude-sonnet-5', 'acme/large']);
    assert.deepEqual(keys('--by', 'request'), ['r1', 'r2', 'r3']);
    assert.deepEqual(keys('--by', 'action'), ['explain', '=1+1']);
    assert.deepEqual(keys('--since', '2026-10-31'), ['2026-10-31']);
    assert.deepEqual(keys('--until', '2026-10-30'), ['2026-10-30']);
    assert.deepEqual(keys('--since', '2026-10', '--until', '2026-10'), ['2026-10-30', '2026-10-31']);
    assert.deepEqual(keys('--until', '2026-09'), []);
    assert.match(cost('--by', 'workspace').out, /^shop +3 /m);
    assert.equal(cost('--since', '2026-11-15', '--until', '2026-11-16').out, 'No requests in that time.\n');
  });

  it('exports every attempt as CSV that no spreadsheet computes, and as JSON', () => {
    const lines = cost('--by', 'attempt', '--csv').out.split('\r\n');
    assert.equal(lines.length, 5);
    assert.match(lines[0]!, /^reserved,settled,day,request,number,/);
    assert.match(lines[1]!, /^2026-10-30T12:00:00\.000Z,2026-10-30T12:00:00\.000Z,2026-10-30,r1,1,/);
    assert.match(lines[1]!, /,shop,anthropic,claude-sonnet-5,explain,ok,12600,12600,,1000000,/);
    assert.match(lines[2]!, /,'=1\+1,cut,,,,1000000,/);
    const { attempts } = JSON.parse(cost('--by', 'attempt', '--json').out);
    assert.deepEqual(
      [attempts[0].cost, attempts[0].input, attempts[1].cost, attempts[1].unknown],
      [12_600, 20_000, null, 'the stream broke off'],
    );
    assert.match(cost('--csv').out, /^2026-10-30,2026-10-30,1,1,12600,0,0,32400,0,0,20000,18000,17000,500,/m);
  });

  it('shows how full the budgets are', async () => {
    const now = new Date();
    const ledger = new ClockedLedger(join(workspace.dir, 'full'), now, Intl.DateTimeFormat().resolvedOptions().timeZone);
    const settled = granted(
      await ledger.reserve(order({ worst: microUsd(500_000), workspaceName: 'shop', deadline: new Date(now.getTime() + 3_600_000) })),
    );
    await ledger.settle(settled, { outcome: 'ok', cost: { microUsd: microUsd(500_000) } });
    await ledger.reserve(order({ worst: microUsd(250_000), workspaceName: 'shop', deadline: new Date(now.getTime() + 3_600_000) }));
    const { out } = workspace.longview('cost', '--ledger', 'full', '--budgets', 'budgets.json');
    assert.match(out, /^day +█{15}░{5} +75 % +\$0\.50 +\$0 +\$0\.25 +\$0\.25 +\$1\.00$/m);
    assert.match(out, /^month +░{20} +3 % /m);
    assert.match(out, /^anthropic +███░{17} +15 % /m);
    assert.match(out, /^shop +█░{19} +7 % /m);
    const { budgets } = JSON.parse(workspace.longview('cost', '--ledger', 'full', '--budgets', 'budgets.json', '--json').out);
    assert.deepEqual(
      budgets.map(({ scope, left }: { scope: string; left: number }) => [scope, left]),
      [
        ['day', 250_000],
        ['month', 19_250_000],
        ['provider', 4_250_000],
        ['workspace', 9_250_000],
      ],
    );
    assert.match(workspace.longview('cost', '--budgets', 'wrong.json').err, /there is no budget "week"/);
  });

  it("holds the ledger against a provider's report", () => {
    const bucket = { starting_at: '2026-10-30T00:00:00Z', ending_at: '2026-10-31T00:00:00Z' };
    const tokens = { uncached_input_tokens: 2_000, cache_read_input_tokens: 18_000, output_tokens: 500 };
    const pages = [
      { data: [{ ...bucket, results: [{ model: 'claude-sonnet-5', ...tokens }] }] },
      { data: [{ ...bucket, results: [{ model: 'claude-sonnet-5', amount: '1.134', currency: 'USD' }] }], has_more: true },
    ];
    workspace.write('report.json', JSON.stringify(pages));
    const { code, out, err } = cost('--reconcile', 'report.json');
    assert.equal(code, 0);
    assert.match(
      out,
      /^2026-10-30 +anthropic\/claude-sonnet-5 +\$0\.0126 +\$0\.0113 +price +the same tokens at another price \(0\.900 times ours\)/m,
    );
    assert.match(out, /^1 of 1 differ\.$/m);
    assert.match(err, /"report\.json" is not the whole report/);
    assert.equal(JSON.parse(cost('--reconcile', 'report.json', '--json').out).comparisons[0].kind, 'price');
    workspace.write('report.json', '{"rows": []}');
    assert.match(cost('--reconcile', 'report.json').err, /--reconcile "report\.json" cannot be used: it is not a page/);
  });

  it('tells what the same requests would have cost elsewhere', () => {
    // 2,000 × $10 + 18,000 × $0.25 + 500 × $50 per million; both models count alike.
    const { out } = cost('--as', 'anthropic/claude-fable-5-1', '--by', 'model');
    assert.match(out, /^anthropic\/claude-fable-5-1 +3 +≥ \$0\.0495, 2 unpriced /m);
    assert.match(out, /^What it has cost in truth: ≥ \$0\.0126, 2 unpriced\./m);
    workspace.write('prices.json', '{ "anthropic/claude-sonnet-5": { "input": 1, "output": 1, "cacheRead": 0 } }');
    assert.equal(JSON.parse(cost('--prices', 'prices.json', '--json').out).total.known, 2_500);
  });

  it('tells of torn rows and counts the others', () => {
    appendFileSync(join(folder, '2026-10.jsonl'), '\n{"kind":"settled"\n');
    const { code, out, err } = cost();
    assert.equal(code, 0);
    assert.match(err, /^longview: set apart in 2026-10\.jsonl: 17 bytes from byte \d+ on are no whole row/);
    assert.match(out, /^total +3 /m);
    assert.equal(cost('--quiet').err, '');
  });

  it('says where the requests will be kept when there are none', () => {
    const { out } = workspace.longview('cost', '--ledger', 'none');
    assert.match(out, /^No requests yet\.\nThey will be kept in .*none\n/);
    assert.equal(workspace.longview('cost', '--ledger', 'budgets.json').code, 1);
  });

  it('answers wrong options with exit code 2', () => {
    for (const args of [['--by', 'week'], ['--since', 'yesterday'], ['--until', '2026-02-30'], ['2026']]) {
      const { code, out } = cost(...args);
      assert.deepEqual([code, out], [2, ''], args.join(' '));
    }
  });
});
