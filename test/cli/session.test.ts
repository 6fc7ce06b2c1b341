/** Sessions of `longview ask`, against servers on loopback that bill by the cache rules of their providers. */
import assert from 'node:assert/strict';
import { readdirSync, statSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { AnthropicBilling } from '../billing/anthropic.js';
import { costOfBill } from '../billing/bill.js';
import { OpenAiBilling } from '../billing/openai.js';
import { ProtocolServer } from '../models/providers/protocol-server.js';
import { type Ran, Workspace } from './longview.js';

const TOKEN = `gh${'p_'}aB3dE5fG7hJ9kL2mN4pQ6rS8tU1vW0xYzaB3`;

const functions = (name: string, count: number): string =>
  Array.from({ length: count }, (_, i) => `export function ${name}${i}(value: number): number {\n  return value * ${i};\n}\n`).join('\n');

const FILES = {
  'src/upload.ts': `const token = '${TOKEN}';\n${functions('upload', 60)}\nexport function retryUpload() {\n  return 'retried';\n}\n`,
  'src/render.ts': functions('render', 220),
};

interface Message {
  readonly role: string;
  readonly content: string | readonly { readonly text: string }[];
}

interface Answered {
  readonly answer: string;
  readonly cost: number;
  readonly quote: { readonly low: number; readonly high: number };
  readonly cacheRead: { readonly expected?: number; readonly reported?: number };
  readonly files: readonly string[];
}

describe('longview ask --session', () => {
  let workspace: Workspace;
  let server: ProtocolServer;
  before(async () => {
    server = await ProtocolServer.start();
  });
  after(() => server.stop());
  beforeEach(() => {
    server.asked.splice(0);
    workspace = new Workspace(FILES);
  });
  afterEach(() => workspace.dispose());

  const longview = (...args: string[]): Promise<Ran> =>
    workspace.start([...args, '--no-store'], { ANTHROPIC_API_KEY: 'key', OPENAI_API_KEY: 'key' });

  const ask = (query: string, ...args: string[]) =>
    longview('ask', '--base-url', server.url, '--budget', '2k', '--session', 'uploads', '--yes', '--query', query, ...args);

  async function asked(query: string, ...args: string[]): Promise<Answered> {
    const { code, out, err } = await ask(query, '--json', ...args);
    assert.equal(code, 0, err);
    return JSON.parse(out) as Answered;
  }

  /** The messages of the requests for answers, as texts. */
  const sent = (): string[][] =>
    server.asked.flatMap(({ path, body }) => {
      const { messages, input } = body as { readonly messages?: readonly Message[]; readonly input?: readonly Message[] };
      if (/count_tokens|input_tokens/.test(path)) return [];
      return [
        (messages ?? input ?? []).map(({ content }) => (typeof content === 'string' ? content : content.map((c) => c.text).join('\0'))),
      ];
    });

  const OPUS = ['--model', 'anthropic/claude-opus-5-5'];
  const SOL = ['--model', 'openai/gpt-6.1-sol'];

  for (const [name, model, Billing] of [
    ['Anthropic', OPUS, AnthropicBilling],
    ['OpenAI', SOL, OpenAiBilling],
  ] as const) {
    it(`${name}: repeats what was sent byte for byte, adds what is new, and foresees what the cache serves`, async () => {
      const billing = new Billing(Date.now, (n) => `Answer ${n}: change retryUpload.`);
      server.answer(billing.reply);
      const answers = [await asked('what does retryUpload do', '--count', ...model)];
      workspace.write('src/upload.ts', FILES['src/upload.ts'].replace("'retried'", "'retried twice'"));
      answers.push(await asked('now test retryUpload', ...model));
      answers.push(await asked('`render210` too', ...model));
      const [first, second, third] = sent();
      assert.deepEqual([first!.length, second!.length, third!.length], [1, 3, 5]);
      assert.deepEqual(second!.slice(0, 1), first);
      assert.deepEqual(third!.slice(0, 3), second);
      assert.equal(second![1], 'Answer 0: change retryUpload.');
      assert.match(second![2]!, /src\/upload\.ts \(changed[\s\S]*'retried twice'[\s\S]*==== Task\nnow test retryUpload$/);
      assert.match(third![4]!, /render210\(/);
      for (const [i, { cost, quote, cacheRead }] of answers.entries()) {
        const bill = billing.bills[i]!;
        assert.equal(cacheRead.expected, bill.read);
        assert.equal(cacheRead.reported, bill.read);
        assert.ok(Math.abs(cost - costOfBill(bill)) <= 1);
        assert.equal(bill.read > 0, i > 0);
        assert.ok(quote.low <= quote.high);
      }
    }).timeout(120_000);
  }

  it('warns with its price before another model reads all of it anew, and tells what came', async () => {
    const billing = new AnthropicBilling(Date.now, () => 'It uploads.');
    server.answer(billing.reply);
    await asked('what does retryUpload do', ...OPUS);
    const { err } = await ask('and now', '--model', 'anthropic/claude-haiku-4-5');
    assert.match(
      err,
      /^[\d,]+ tokens are billed again, for \$0\.00\d+: the model is another than before \(anthropic\/claude-opus-5-5\)\.$/m,
    );
    assert.match(err, /tokens in, 0 of them cached \(0 expected\)/);
    const back = await ask('and back', ...OPUS);
    assert.doesNotMatch(back.err, /billed again/);
  }).timeout(120_000);

  it('keeps placeholders of secrets in the prefix, and puts secrets back into answers of later processes', async () => {
    const billing = new AnthropicBilling(Date.now, (n) => `Use ${n === 0 ? 'it' : placeholder}.`);
    let placeholder = '';
    server.answer(billing.reply);
    await asked('which token does retryUpload send', ...OPUS);
    placeholder = /<longview-secret:[^>]+>/.exec(JSON.stringify(server.asked[0]!.body))![0];
    const { answer } = await asked('say it again', ...OPUS);
    assert.equal(answer, `Use ${TOKEN}.`);
    assert.deepEqual(sent()[1]!.slice(0, 1), sent()[0]);
    assert.ok(!JSON.stringify(server.asked).includes(TOKEN));
    const folder = join(workspace.data, 'longview', 'sessions');
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((f) => f.isFile());
    assert.equal(files.length, 2);
    for (const file of files) {
      const path = join(file.parentPath, file.name);
      if (process.platform !== 'win32') assert.equal(statSync(path).mode & 0o777, 0o600);
    }
  }).timeout(120_000);

  it('lists sessions and what their models see, and forgets them', async () => {
    server.answer(new AnthropicBilling(Date.now, () => 'Yes.').reply);
    await asked('what does retryUpload do', ...OPUS);
    assert.equal((await longview('session')).out, 'uploads\n');
    unlinkSync(join(workspace.dir, 'src/render.ts'));
    const { out } = await longview('session', 'uploads');
    assert.match(out, /what does retryUpload do/);
    assert.match(out, /^ *[\d,]+ {2}\w+ +src\/upload\.ts /m);
    assert.doesNotMatch(out, /render\.ts/);
    assert.equal((await longview('session', 'uploads', '--forget')).code, 0);
    assert.equal((await longview('session')).out, '');
    assert.match((await longview('session', 'uploads')).err, /There is no session "uploads"/);
    assert.match((await ask('x', ...OPUS, '--session', '../out')).err, /cannot name a session/);
  }).timeout(120_000);
});
