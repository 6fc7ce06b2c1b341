/** `longview ask` where the model is chosen, or falls back: two providers on loopback, one of each protocol. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ProtocolServer } from '../models/providers/protocol-server.js';
import { anthropic, whole, wholeChat } from '../request/speech.js';
import { Workspace } from './longview.js';

describe('longview ask --model auto', () => {
  let workspace: Workspace;
  let claude: ProtocolServer;
  let deepseek: ProtocolServer;
  let data: string;
  before(async () => {
    [claude, deepseek] = [await ProtocolServer.start(), await ProtocolServer.start()];
    workspace = new Workspace({
      'src/app.ts': "import { send } from './send';\nsend('x');\n",
      'src/send.ts': 'export function send(token: string) {}\n',
      '.env': 'PASSWORD=do-not-send-me\n',
      'endpoints.json': JSON.stringify({ anthropic: { baseUrl: claude.url }, deepseek: { baseUrl: deepseek.url } }),
    });
  });
  after(async () => {
    await Promise.all([claude.stop(), deepseek.stop()]);
    workspace.dispose();
  });
  beforeEach(() => {
    data = mkdtempSync(join(tmpdir(), 'longview-data-'));
    for (const server of [claude, deepseek]) server.asked.splice(0);
  });
  afterEach(() => rmSync(data, { recursive: true }));

  interface Outcome {
    readonly code: number | null;
    readonly out: string;
    readonly err: string;
  }

  function ask(...args: string[]): Promise<Outcome> {
    const env = {
      PATH: process.env.PATH,
      HOME: data,
      XDG_DATA_HOME: data,
      ANTHROPIC_API_KEY: 'sk-one-0123456789',
      DEEPSEEK_API_KEY: 'sk-two-0123456789',
    };
    const all = [
      'ask',
      '--no-store',
      '--endpoints',
      'endpoints.json',
      '--query',
      'what does send do',
      '--yes',
      '--prefer',
      'cheap',
      ...args,
    ];
    const child = spawn(process.execPath, [resolve('dist/cli.js'), ...all], { cwd: workspace.dir, env });
    let [out, err] = ['', ''];
    child.stdout.on('data', (d) => {
      out += d;
    });
    child.stderr.on('data', (d) => {
      err += d;
    });
    return new Promise((done) => child.on('close', (code) => done({ code, out, err })));
  }

  it('asks the cheapest that is good enough, and tells beforehand who else might be', async () => {
    deepseek.answer(wholeChat('It sends.'));
    const { code, out, err } = await ask('--model', 'auto');
    assert.deepEqual([code, out], [0, 'It sends.\n'], err);
    assert.match(err, /^deepseek\/deepseek-v4-pro: \d files, /);
    assert.match(err, /^If it cannot answer: anthropic\/claude-sonnet-5(?:-5)? \(at worst \$[\d.]+\), then anthropic\//m);
    assert.doesNotMatch(JSON.stringify(deepseek.asked[0]!.body), /do-not-send-me/);
    assert.equal(claude.asked.length, 0);
  });

  it('falls back where a key is refused, says at what price, and does not ask there again', async () => {
    deepseek.answer(anthropic.error(401, 'authentication_error'));
    claude.answer(whole('It sends.'));
    const { code, out, err } = await ask('--model', 'auto', '--json');
    assert.equal(code, 0, err);
    const answer = JSON.parse(out) as { model: string; answer: string; cost: number; earlier: number[] };
    assert.match(answer.model, /^anthropic\/claude-sonnet/);
    assert.deepEqual([answer.answer, answer.cost, answer.earlier], ['It sends.', 300 * 2 + 40 * 10, [0]]);
    assert.match(err, /DeepSeek: the key was not accepted.*\nNow anthropic\/claude-sonnet\S* is asked: \$[\d.]+ to \$[\d.]+, at worst/);
    assert.equal(deepseek.asked.length, 1);
    assert.equal((await ask('--model', 'auto')).code, 0);
    assert.equal(deepseek.asked.length, 1, 'its breaker is open');
    assert.doesNotMatch(readFileSync(join(data, 'longview', 'health.json'), 'utf8'), /sk-|send do/);
    deepseek.answer(wholeChat('It sends.'));
    assert.equal((await ask('--model', 'deepseek/deepseek-v4-pro')).code, 0, 'but it is asked by its name');
    assert.match((await ask('--model', 'auto', '--dry-run')).err, /^deepseek\/deepseek-v4-pro: /, 'and its answer closed it');
  });

  it('asks nobody but those that the user named, in their order', async () => {
    claude.answer(anthropic.error(404, 'not_found_error'));
    deepseek.answer(wholeChat('It sends.'));
    const alone = await ask('--model', 'anthropic/claude-opus-5-5');
    assert.deepEqual([alone.code, deepseek.asked.length], [1, 0]);
    const { code, err } = await ask('--model', 'anthropic/claude-opus-5-5', '--fallback', 'deepseek/deepseek-v4-flash');
    assert.equal(code, 0, err);
    assert.match(err, /^If it cannot answer: deepseek\/deepseek-v4-flash \(at worst/m);
    assert.match(err, /^One attempt before it: \$0\.$/m);
    writeFileSync(join(workspace.dir, 'budgets.json'), '{ "providers": { "anthropic": 0 } }');
    const passed = await ask(
      '--model',
      'anthropic/claude-opus-5-5',
      '--fallback',
      'deepseek/deepseek-v4-flash',
      '--budgets',
      'budgets.json',
    );
    assert.match(passed.err, /^Not asked: anthropic\/claude-opus-5-5: .*this provider's budget for the month of \$0 nothing is left/m);
    assert.match((await ask('--model', 'auto', '--fallback', 'x/y')).err, /--fallback goes with a model that you name/);
  });

  it('over a budget, says who would fit it; with "auto", asks the one that does', async () => {
    deepseek.answer(wholeChat('It sends.'));
    const named = await ask('--model', 'anthropic/claude-opus-5-5', '--max-cost', '0.05');
    assert.equal(named.code, 1);
    assert.match(
      named.err,
      /could pass the request budget of \$0\.05\..* These would fit: deepseek\/deepseek-v4-pro \(at worst \$[\d.]+\)/,
    );
    writeFileSync(join(workspace.dir, 'budgets.json'), '{ "providers": { "deepseek": 0 } }');
    claude.answer(whole('It sends.'));
    assert.match((await ask('--model', 'auto', '--budgets', 'budgets.json')).err, /^anthropic\/claude-sonnet/);
    const nobody = await ask('--model', 'auto', '--max-cost', '0.000001');
    assert.match(nobody.err, /No model that is set up can be asked\.\n {2}anthropic\/claude-\S+: .*nothing is left|at most/);
    assert.equal(deepseek.asked.length, 0);
  });

  it('stays with the model of a session where another gains nothing', async () => {
    // About what the prompt has: else the session's model would be known to count more than others are taken to.
    claude.answer(whole('It sends.', 250));
    writeFileSync(join(workspace.dir, 'budgets.json'), '{ "providers": { "deepseek": 0 } }');
    const auto = ['--model', 'auto', '--budgets', 'budgets.json', '--dry-run'];
    assert.match((await ask(...auto)).err, /^anthropic\/claude-sonnet-5: /);
    assert.equal((await ask('--model', 'anthropic/claude-sonnet-5-5', '--session', 's')).code, 0);
    assert.match((await ask(...auto, '--session', 's')).err, /^anthropic\/claude-sonnet-5-5: /);
  });
});
