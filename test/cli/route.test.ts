/** The table of who would be asked, as the command prints it. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { openCatalogue } from '../../src/models/catalogue.js';
import type { RouteRow, RouteTable } from '../../src/route-table.js';
import type { Ran } from './longview.js';
import { Workspace } from './longview.js';

describe('longview route', () => {
  let workspace: Workspace;
  let data: string;
  before(() => {
    workspace = new Workspace({
      'src/app.ts': "import { send } from './send';\nsend('x');\n",
      'src/send.ts': 'export function send(token: string) {}\n',
    });
    data = mkdtempSync(join(tmpdir(), 'longview-data-'));
  });
  after(() => {
    workspace.dispose();
    rmSync(data, { recursive: true });
  });

  const KEYS = { ANTHROPIC_API_KEY: 'sk-one', OPENAI_API_KEY: 'sk-two' };

  function longview(env: Readonly<Record<string, string>>, ...args: string[]): Ran {
    const clean = { PATH: process.env.PATH, HOME: data, XDG_DATA_HOME: data };
    const all = ['route', '--no-store', '--query', 'what does send do', ...args];
    const { status, stdout, stderr } = spawnSync(process.execPath, [resolve('dist/cli.js'), ...all], {
      cwd: workspace.dir,
      encoding: 'utf8',
      env: { ...clean, ...env },
    });
    return { code: status, out: stdout, err: stderr };
  }

  function route(...args: string[]): RouteTable {
    const { out, err } = longview(KEYS, '--json', ...args);
    assert.ok(out !== '', err);
    return JSON.parse(out) as RouteTable;
  }

  const rowOf = ({ rows }: RouteTable, model: string): RouteRow => rows.find((r) => r.model === model)!;

  it('lists every model that a key is set for, the cheapest of the lowest sufficient tier first, with reasons', () => {
    const table = route('--prefer', 'cheap');
    const known = openCatalogue().filter((m) => m.provider === 'anthropic' || m.provider === 'openai');
    assert.equal(table.rows.length, known.length);
    const [first, ...rest] = table.rows;
    assert.deepEqual([first?.verdict, first?.model, first?.tier?.level], ['chosen', table.chosen, 'standard']);
    assert.ok(rest.every((r) => r.reasons.length > 0));
    const same = rest.filter((r) => r.verdict === 'fallback' && r.tier?.level === 'standard');
    assert.ok(same.length > 0 && same.every((r) => r.cost!.expected >= first!.cost!.expected));
    assert.deepEqual(rowOf(table, 'anthropic/claude-haiku-5-5').reasons, ['of the light tier: the task needs standard']);
    assert.equal(rowOf(table, 'anthropic/claude-fable-5-2').verdict, 'rejected');
  });

  it('says the same every time, for people too', () => {
    const [one, two] = [longview(KEYS), longview(KEYS)];
    assert.equal(one.code, 0, one.err);
    assert.equal(one.out, two.out);
    assert.match(
      one.out,
      /^\S+: the best by cost and time of the standard tier, the lowest that is good enough\.\n\n +model +tier +expected/,
    );
    assert.match(one.out, /^→ {3}\S+ +standard +\$/m);
    assert.match(one.out, /^✗ {3}anthropic\/claude-haiku-5-5 +light .* of the light tier: the task needs standard$/m);
  });

  it('obeys the user: a model by name, another judgement of one, another kind of task', () => {
    const named = route('--model', 'anthropic/claude-haiku-5-5', '--fallback', 'openai/gpt-6-luna');
    assert.equal(named.why, 'anthropic/claude-haiku-5-5: you named it.');
    assert.deepEqual(
      named.rows.slice(0, 3).map((r) => [r.model, r.verdict]),
      [
        ['anthropic/claude-haiku-5-5', 'chosen'],
        ['openai/gpt-6-luna', 'fallback'],
        [route().chosen, 'other'],
      ],
    );
    assert.deepEqual(named.rows[0]!.reasons, ['of the light tier: the task needs standard; but you named it']);
    writeFileSync(join(workspace.dir, 'tiers.json'), '{ "openai/gpt-6-luna": "standard" }');
    assert.equal(route('--tiers', 'tiers.json').chosen, 'openai/gpt-6-luna');
    assert.equal(rowOf(route('--kind', 'change'), route('--kind', 'change').chosen!).tier?.level, 'strong');
    assert.match(longview(KEYS, '--kind', 'song').err, /--kind "song" is none of summary, question, change/);
    writeFileSync(join(workspace.dir, 'tiers.json'), '{ "gpt": "golden" }');
    assert.match(longview(KEYS, '--tiers', 'tiers.json').err, /"gpt": name it "provider\/model"/);
  });

  it('asks a local server only where the user names its model, and nobody else in local-only mode', () => {
    const local = ['--local-only', '--also', 'ollama/qwen3:32b', '--prices', join(workspace.dir, 'prices.json')];
    writeFileSync(join(workspace.dir, 'prices.json'), '{ "ollama/*": { "input": 0, "output": 0 } }');
    const table = route(...local);
    assert.equal(table.chosen, 'ollama/qwen3:32b');
    assert.ok(table.rows.slice(1).every((r) => r.verdict === 'rejected' && /^Local-only mode/.test(r.reasons[0]!)));
    assert.equal(longview(KEYS, '--local-only').code, 1);
  });

  it('says which budget is in the way', () => {
    writeFileSync(join(workspace.dir, 'budgets.json'), '{ "day": 1000, "providers": { "openai": 0 } }');
    const table = route('--budgets', 'budgets.json');
    assert.match(table.chosen!, /^anthropic\//);
    assert.match(rowOf(table, 'openai/gpt-6.1-terra').reasons[0]!, /this provider's budget for the month of \$0 nothing is left/);
  });

  it('knows how endpoints have answered lately', () => {
    const best = route().chosen!;
    const [provider, model] = [best.slice(0, best.indexOf('/')), best.slice(best.indexOf('/') + 1)];
    const host = provider === 'openai' ? 'api.openai.com/v1' : 'api.anthropic.com';
    const open = { cause: 'rate', until: Date.now() + 3_600_000 };
    mkdirSync(join(data, 'longview'), { recursive: true });
    writeFileSync(
      join(data, 'longview', 'health.json'),
      JSON.stringify({ version: 1, places: { [`${host} ${model}`]: { failures: 1, open, measured: [] } } }),
    );
    const table = route();
    assert.notEqual(table.chosen, best);
    assert.match(rowOf(table, best).reasons[0]!, /^it had too many requests; it is left alone for another \d+ min$/);
    const named = route('--model', best);
    assert.match(rowOf(named, named.chosen!).reasons[0]!, /left alone for another \d+ min; but you named it$/);
    rmSync(join(data, 'longview', 'health.json'));
  });

  it('says what to do where nothing is set up', () => {
    const { code, out } = longview({});
    assert.equal(code, 1);
    assert.match(out, /^No model is set up\. Put a key into the environment/);
  });
});
