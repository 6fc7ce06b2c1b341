/** The whole way of a request in the command line: pack, gate, quote, reservation, stream, receipt, against a server on loopback. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { saying } from '../models/providers/anthropic-replies.js';
import { json, ProtocolServer, type Reply, sse } from '../models/providers/protocol-server.js';
import { type Ran, Workspace } from './longview.js';

const KEY = 'sk-ant-test-0123456789';
const TOKEN = `gh${'p_'}aB3dE5fG7hJ9kL2mN4pQ6rS8tU1vW0xYzaB3`;

/** Letter by letter. */
const answering = (text: string): Reply => saying([...text]);

describe('longview ask', () => {
  let workspace: Workspace;
  let server: ProtocolServer;
  before(async () => {
    server = await ProtocolServer.start();
    workspace = new Workspace({
      'src/app.ts': `import { send } from './send';\nconst token = '${TOKEN}';\nsend(token);\n`,
      'src/send.ts': 'export function send(token: string) {}\n',
      '.env': 'PASSWORD=do-not-send-me\n',
    });
  });
  after(async () => {
    await server.stop();
    workspace.dispose();
  });
  beforeEach(() => server.asked.splice(0));

  const longview = (...args: string[]): Promise<Ran> => workspace.start(args, { ANTHROPIC_API_KEY: KEY });

  const asking = (...args: string[]): string[] => [
    ...['ask', '--no-store', '--model', 'anthropic/claude-opus-5-5', '--base-url', server.url],
    ...['--query', 'what does send do', ...args],
  ];
  const ask = (...args: string[]): Promise<Ran> => longview(...asking(...args));

  it('streams the answer, and tells what it was quoted and what it cost', async () => {
    server.answer(answering('It sends.'));
    const { code, out, err } = await ask('--yes');
    assert.deepEqual([code, out], [0, 'It sends.\n'], err);
    assert.match(err, /^anthropic\/claude-opus-5-5: \d files, \d+ to \d+ tokens, \$[\d.]+ to \$[\d.]+, at worst \$0\.1\d+/);
    assert.match(err, /300 tokens in, 0 of them cached, 40 out: \$0\.002 /);
    const spent = JSON.parse((await longview('cost', '--by', 'model', '--json')).out) as { groups: { key: string; known: number }[] };
    assert.deepEqual(
      spent.groups.map((g) => [g.key, g.known]),
      [['anthropic/claude-opus-5-5', 300 * 4 + 40 * 20]],
    );
  });

  it('sends neither secrets nor files that hold them, and puts secrets back into the answer', async () => {
    server.answer(({ body }) => {
      const placeholder = /<longview-secret:[^>]+>/.exec(JSON.stringify(body))?.[0] ?? 'nothing was replaced';
      return answering(`Use ${placeholder}.`);
    });
    const { out, err } = await ask('--yes');
    assert.equal(out, `Use ${TOKEN}.\n`);
    assert.match(err, /^1 secret replaced before sending\.$/m);
    const sent = JSON.stringify(server.asked[0]!.body);
    assert.match(sent, /src\/app\.ts/);
    assert.doesNotMatch(sent, new RegExp(`${TOKEN}|do-not-send-me`));
    const { body } = server.asked[0] as { body: { messages: { content: { cache_control?: object }[] }[] } };
    assert.deepEqual(
      body.messages[0]!.content.map((c) => c.cache_control),
      [{ type: 'ephemeral' }, undefined],
    );
  });

  it('sends nothing without being told to, over a budget, without a key, or in local-only mode', async () => {
    assert.equal((await ask()).code, 2);
    assert.equal((await ask('--dry-run')).code, 0);
    const over = await ask('--yes', '--max-cost', '0.0001');
    assert.equal(over.code, 1);
    assert.match(over.err, /could pass the request budget of \$0\.0001\. Nothing was sent/);
    const local = await longview('ask', '--no-store', '--model', 'anthropic/claude-opus-5-5', '--query', 'x', '--yes', '--local-only');
    assert.match(local.err, /Local-only mode: Anthropic is not on this machine/);
    const unknown = await ask('--yes', '--model', 'anthropic/claude-fable-5-2', '--max-cost', '5');
    assert.match(unknown.err, /price is not known, and the request budget of \$5\.00 cannot be held/);
    assert.equal(server.asked.length, 0);
  });

  it('books what broke off as unknown, and what was turned away as nothing', async () => {
    const before = JSON.parse((await longview('cost', '--json')).out) as { total: { known: number; unpriced: number } };
    server.answer({ ...answering('Half'), steps: answering('Half').steps.slice(0, 4) });
    const cut = await ask('--yes');
    assert.deepEqual([cut.code, cut.out], [1, 'Hal']);
    assert.match(cut.err, /cost unknown: the answer broke off/);
    server.answer(json({ type: 'error', error: { type: 'authentication_error', message: `bad key ${KEY}` } }, 401));
    const refused = await ask('--yes', '--json');
    assert.equal(refused.code, 1);
    assert.match(refused.err, /the key was not accepted/);
    assert.ok(!`${refused.out}${refused.err}`.includes(KEY));
    assert.equal((JSON.parse(refused.out) as { cost: number }).cost, 0);
    const after = JSON.parse((await longview('cost', '--json')).out) as { total: { known: number; unpriced: number } };
    assert.deepEqual([after.total.known - before.total.known, after.total.unpriced - before.total.unpriced], [0, 1]);
  });

  it('books what was asked for a reader that closes early, and ends quietly', async function () {
    if (process.platform === 'win32') this.skip();
    const [begin, ...rest] = answering('It sends the token to the server.').steps;
    server.answer({ steps: [begin!, ...rest.flatMap((step) => [step, { kind: 'wait', ms: 30 } as const])] });
    const before = JSON.parse((await longview('cost', '--by', 'attempt', '--json')).out) as { attempts: object[] };
    const command = workspace.spawn(asking('--yes', '--quiet'), { ANTHROPIC_API_KEY: KEY });
    command.stdout.once('data', () => command.stdout.destroy());
    let err = '';
    command.stderr.on('data', (d) => {
      err += d;
    });
    assert.deepEqual([await new Promise((done) => command.on('close', done)), err], [0, '']);
    const after = JSON.parse((await longview('cost', '--by', 'attempt', '--json')).out) as {
      attempts: { state: string; outcome: string }[];
    };
    assert.equal(after.attempts.length, before.attempts.length + 1);
    assert.equal(after.attempts.at(-1)!.outcome, 'cancelled');
  }).timeout(60_000);

  it('asks a provider that a file names, and says what is wrong with the file', async () => {
    server.answer({
      steps: sse(
        { id: 'c', choices: [{ index: 0, delta: { content: 'It sends.' }, finish_reason: 'stop' }] },
        { id: 'c', choices: [], usage: { prompt_tokens: 300, completion_tokens: 3, total_tokens: 303 } },
      ),
    });
    const askingOurs = (endpoints: object, ...more: string[]): Promise<Ran> => {
      writeFileSync(join(workspace.data, 'endpoints.json'), JSON.stringify(endpoints));
      const file = join(workspace.data, 'endpoints.json');
      return longview('ask', '--no-store', '--model', 'ours/small', '--endpoints', file, '--query', 'what does send do', '--yes', ...more);
    };
    const { code, out, err } = await askingOurs({ ours: { baseUrl: server.url } }, '--local-only');
    assert.deepEqual([code, out], [0, 'It sends.\n'], err);
    assert.equal(server.asked[0]?.path, '/chat/completions');
    const wrong = await askingOurs({ ours: { baseUrl: 'http://models.example.com', keyVariable: KEY } });
    assert.equal(wrong.code, 1);
    assert.match(wrong.err, /"ours": "baseUrl" sends prompts and keys to models\.example\.com unencrypted/);
    assert.match(wrong.err, /"ours": "keyVariable" must be the name of an environment variable/);
    assert.ok(!wrong.err.includes(KEY));
    assert.match((await askingOurs({ theirs: { baseUrl: server.url } })).err, /No address is known of the provider "ours"/);
    assert.match(
      (await askingOurs({ ours: { baseUrl: server.url } }, '--base-url', 'http://models.example.com')).err,
      /^longview: --base-url sends prompts/,
    );
  });

  it('lists the models of servers on this machine, and those that a key may use', async () => {
    server.answer(({ path }) =>
      path.endsWith('/models') ? json({ data: [{ id: 'small\u001b[31m', max_model_len: 8_192 }] }) : json({}, 404),
    );
    const file = join(workspace.data, 'endpoints.json');
    const here = { baseUrl: server.url };
    writeFileSync(file, JSON.stringify({ ours: here, anthropic: here, ollama: here, 'lm-studio': here, 'llama.cpp': here, vllm: here }));
    const local = await longview('models', '--local', '--endpoints', file);
    assert.deepEqual([local.code, local.err], [0, '']);
    assert.match(local.out, /^ours\/small\\x1b\[31m +8,192 +\? +http:\/\/127\.0\.0\.1:\d+$/m);
    assert.ok(
      !local.out.includes('anthropic/') && server.asked.every((a) => a.headers.authorization === undefined),
      'no key is sent to find servers',
    );
    server.answer(json({ data: [{ id: 'claude-x', max_input_tokens: 1_000_000, max_tokens: 128_000 }], has_more: false }));
    const offered = JSON.parse((await longview('models', '--offered', 'anthropic', '--endpoints', file, '--json')).out);
    assert.deepEqual(offered.models, [{ model: 'anthropic/claude-x', baseUrl: server.url, window: 1_000_000, maxOutput: 128_000 }]);
    server.answer(json({ error: { message: `no such key ${KEY}` } }, 401));
    const refused = await longview('models', '--offered', 'anthropic', '--endpoints', file);
    assert.equal(refused.code, 1);
    assert.match(refused.err, /^longview: Anthropic: the key was not accepted/);
    assert.ok(!refused.err.includes(KEY));
  });

  it('has what left in the audit log, and nothing of text, secrets or keys', async () => {
    server.answer(answering('It sends.'));
    await ask('--yes', '--audit-paths', 'listed');
    await ask('--yes', '--audit-paths', 'hashed');
    const exported = await longview('audit', 'export');
    const rows = exported.out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { files: string[]; hashed?: true; redacted: object; origin: string });
    const [listed, hashed] = rows.slice(-2);
    assert.deepEqual(listed?.files.toSorted(), ['src/app.ts', 'src/send.ts']);
    assert.equal(listed?.origin, server.url);
    assert.deepEqual(listed?.redacted, { github: 1 });
    assert.ok(hashed?.hashed && hashed.files.every((f) => /^[0-9a-f]{16}$/.test(f)));
    for (const kept of [KEY, TOKEN, 'what does send do', 'export function', 'It sends', 'do-not-send-me'])
      assert.ok(!exported.out.includes(kept), kept);
    const shown = await longview('audit', 'show', '--last', '1');
    assert.match(shown.out, /^[\d-]{10} [\d:]{8} +http:\/\/127\.0\.0\.1:\d+ +anthropic\/claude-opus-5-5 +2 +[\d,]+ +1 github$/m);
    assert.match((await longview('audit')).out, /^[\d,]+ requests\. Every hash holds\.\nhead: \d{4}-\d\d\.jsonl \d+ [0-9a-f]{64}\n$/);
    const folder = join(workspace.data, 'longview', 'audit');
    const [file] = readdirSync(folder);
    writeFileSync(join(folder, file!), readFileSync(join(folder, file!), 'utf8').replace('src/app.ts', 'src/apx.ts'));
    const changed = await longview('audit', 'verify', '--json');
    assert.equal(changed.code, 1);
    assert.match(changed.out, /"kind": "changed"/);
    rmSync(folder, { recursive: true });
  });
});
