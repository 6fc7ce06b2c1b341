/** Going on from answers that broke off, in another process than the one that asked, against a server on loopback. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type SayingOptions, saying } from '../models/providers/anthropic-replies.js';
import { ProtocolServer, type Reply } from '../models/providers/protocol-server.js';
import { markerKeyIn } from '../proposals/marker-key.js';
import { type Ran, Workspace } from './longview.js';

const TOKEN = `gh${'p_'}aB3dE5fG7hJ9kL2mN4pQ6rS8tU1vW0xYzaB3`;
const GO_ON = /^Your answer was cut off\. Continue exactly where it stopped/;

const USAGE = { input_tokens: 60, cache_creation_input_tokens: 3_000, output_tokens: 1 };

/** @param stop why the model stopped; null for a stream that breaks off. */
const says = (text: string, stop: SayingOptions['stop'], usage: object = USAGE): Reply => saying(text, { stop, usage });

interface Body {
  readonly messages: readonly { readonly role: string; readonly content: string | readonly { readonly text: string }[] }[];
}

describe('longview ask --continue', () => {
  let workspace: Workspace;
  let server: ProtocolServer;
  before(async () => {
    server = await ProtocolServer.start();
  });
  after(() => server.stop());
  beforeEach(() => {
    server.asked.splice(0);
    workspace = new Workspace({
      'src/app.ts': `import { send } from './send';\nconst token = '${TOKEN}';\nsend(token);\n`,
      'src/send.ts': 'export function send(token: string) {}\n',
      '.env': 'PASSWORD=do-not-send-me\n',
    });
  });
  afterEach(() => workspace.dispose());

  const env = { ANTHROPIC_API_KEY: 'sk-ant-test' };
  const longview = (...args: string[]): Promise<Ran> => workspace.start(args, env);
  const TO = ['--no-store', '--yes', '--base-url'];
  const ask = (...args: string[]): Promise<Ran> =>
    longview('ask', ...TO, server.url, '--model', 'anthropic/claude-opus-5-5', '--query', 'what does send do', ...args);
  /** The command that was told, with words for a shell taken apart. */
  const told = (err: string): string[] => {
    const [, command = ''] = /^Go on from here: longview (.*)$/m.exec(err) ?? [];
    return command.split(' ').map((word) => word.replace(/^'|'$/g, ''));
  };
  const sent = (n: number): { role: string; text: string }[] =>
    (server.asked[n]!.body as Body).messages.map(({ role, content }) => ({
      role,
      text: typeof content === 'string' ? content : content.map((c) => c.text).join(''),
    }));
  const kept = (): string[] =>
    readdirSync(join(workspace.data, 'longview', 'unfinished'), { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.json'));

  it('prints the rest alone, tells its price first, books it as a request of its own, and forgets the answer when it is whole', async () => {
    server.answer(says('It sends the to', null));
    const cut = await ask();
    assert.deepEqual([cut.code, cut.out], [1, 'It sends the to']);
    assert.match(cut.err, /^Go on from here: longview ask --continue [0-9a-f]{8} --no-store --base-url \S+ --yes$/m);
    server.answer(says('ken to the ser', 'max_tokens'));
    const more = await longview(...told(cut.err));
    assert.deepEqual([more.code, more.out], [0, 'ken to the ser'], more.err);
    assert.match(more.err, /^anthropic\/claude-opus-5-5: 2 files, [\d,]+ to [\d,]+ tokens.*, \$0\.\d+.* at worst \$0\.\d+/);
    assert.match(more.err, /the answer reached its limit/);
    assert.deepEqual(told(more.err), told(cut.err));
    server.answer(says('ver.', 'end_turn'));
    const rest = await longview(...told(more.err));
    assert.deepEqual([rest.code, rest.out], [0, 'ver.\n'], rest.err);
    assert.doesNotMatch(rest.err, /Go on from here/);
    assert.deepEqual(sent(2).slice(0, 1), sent(0));
    assert.deepEqual(sent(2)[1], { role: 'assistant', text: 'It sends the token to the ser' });
    assert.match(sent(2)[2]!.text, GO_ON);
    assert.deepEqual(kept(), []);
    const { groups } = JSON.parse((await longview('cost', '--by', 'request', '--json')).out) as { groups: unknown[] };
    assert.equal(groups.length, 3);
    assert.match((await longview(...told(more.err))).err, /No answer of this workspace waits to be gone on with/);
  }).timeout(60_000);

  it('foresees that the cache has the prompt, by the usage that was reported of it', async () => {
    server.answer(says('First half, ', 'max_tokens'));
    await ask();
    server.answer(says('second half.', 'end_turn', { input_tokens: 90, cache_read_input_tokens: 3_000, output_tokens: 1 }));
    const { out, err } = await longview('ask', '--continue', ...TO, server.url, '--json');
    const { answer, cacheRead } = JSON.parse(out) as { answer: string; cacheRead: object };
    assert.equal(answer, 'First half, second half.', err);
    assert.deepEqual(cacheRead, { expected: 3_000, reported: 3_000 });
  }).timeout(60_000);

  it('keeps what left alone, for the user alone, and puts secrets back into what comes', async () => {
    let placeholder = '';
    server.answer(({ body }) => {
      placeholder = /<longview-secret:[^>]+>/.exec(JSON.stringify(body))![0];
      return says(`It is ${placeholder}, see https://x.example/?`, null);
    });
    const cut = await ask();
    const [file] = kept();
    const path = join(workspace.data, 'longview', 'unfinished', file!);
    const text = readFileSync(path, 'utf8');
    assert.ok(
      text.includes(placeholder) && !text.includes(TOKEN) && !text.includes('do-not-send-me') && !text.includes(env.ANTHROPIC_API_KEY),
    );
    if (process.platform !== 'win32') assert.equal(statSync(path).mode & 0o777, 0o600);
    server.answer(says(`t=${placeholder}\nor ${placeholder}.`, 'end_turn'));
    const { out } = await longview(...told(cut.err));
    assert.equal(out, `t=${placeholder}\nor ${TOKEN}.\n`);
    assert.ok(!JSON.stringify(server.asked).includes(TOKEN));
  }).timeout(60_000);

  it('goes on after Ctrl+C', async function () {
    if (process.platform === 'win32') this.skip();
    server.answer({ steps: [...says('Stopped he', null).steps, { kind: 'wait', ms: 60_000 }] });
    const child = workspace.spawn(['ask', ...TO, server.url, '--model', 'anthropic/claude-opus-5-5', '--query', 'q'], env);
    let err = '';
    child.stderr.on('data', (d) => {
      err += d;
    });
    child.stdout.once('data', () => child.kill('SIGINT'));
    assert.equal(await new Promise((done) => child.on('close', done)), 130);
    server.answer(says('re.', 'end_turn'));
    const { out } = await longview(...told(err));
    assert.equal(out, 're.\n');
  }).timeout(60_000);

  it('goes on in a session by a turn of it, and refuses once the session went on', async () => {
    server.answer(says('One, t', null));
    const cut = await ask('--session', 'numbers', '--budget', '2k');
    assert.equal(cut.out, 'One, t');
    server.answer(says('wo, th', 'max_tokens'));
    const more = await longview(...told(cut.err));
    assert.equal(more.out, 'wo, th', more.err);
    assert.deepEqual(
      sent(1).map((m) => m.role),
      ['user', 'assistant', 'user'],
    );
    assert.deepEqual(sent(1).slice(0, 1), sent(0));
    server.answer(says('ree.', 'end_turn'));
    await ask('--session', 'numbers', '--budget', '2k');
    const late = await longview(...told(more.err));
    assert.equal(late.code, 1);
    assert.match(late.err, /The session "numbers" went on, or was forgotten, since that answer/);
  }).timeout(60_000);

  it('writes what was proposed once it is whole, and nothing of it before', async () => {
    server.answer(({ body }) =>
      says(`<<<<<<< EDIT ${markerKeyIn(body)} src/send.ts\nexport function send(token: string) {}\n=====`, 'max_tokens'),
    );
    const cut = await ask('--propose', '--apply', '--answer-form', 'text');
    assert.match(cut.err, /Go on from here: .* --apply$/m);
    assert.match(readFileSync(join(workspace.dir, 'src/send.ts'), 'utf8'), /send\(token: string\) \{\}/);
    server.answer(({ body }) =>
      says(`== ${markerKeyIn(body)}\nexport function post(token: string) {}\n>>>>>>> ${markerKeyIn(body)}\n`, 'end_turn'),
    );
    const rest = await longview(...told(cut.err));
    assert.match(rest.err, /Changed 1 of 1 files/, rest.out);
    assert.match(readFileSync(join(workspace.dir, 'src/send.ts'), 'utf8'), /post\(token: string\) \{\}/);
    assert.deepEqual(kept(), []);
  }).timeout(60_000);

  it('refuses what cannot be gone on with, and says why', async () => {
    server.answer(says('{"message": "a', 'max_tokens'));
    const schema = await ask('--propose');
    assert.match(schema.err, /It cannot be gone on with: it was written by a schema/);
    server.answer(says('It is do-no', 'max_tokens'));
    const denied = await ask('--allow-file', '.env', '--focus', '.env');
    assert.match(denied.err, /It cannot be gone on with: its prompt has \.env, which is not kept on disk/);
    assert.match((await longview('ask', '--continue', '--yes')).err, /No answer of this workspace waits/);
    server.answer(says('Half', null));
    const cut = await ask();
    const over = await longview(...told(cut.err), '--max-cost', '0.0001');
    assert.match(over.err, /could pass the request budget of \$0\.0001\. Nothing was sent/);
    const asked = await longview('ask', '--continue', '--query', 'and this?');
    assert.deepEqual([asked.code, /Leave out --query/.test(asked.err)], [2, true]);
  }).timeout(60_000);
});
