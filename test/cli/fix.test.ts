/** Changes that cannot be made go back to the model once; and what all of it has cost. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { saying } from '../models/providers/anthropic-replies.js';
import { type Asked, ProtocolServer } from '../models/providers/protocol-server.js';
import { markerKeyIn } from '../proposals/marker-key.js';
import { type Ran, Workspace } from './longview.js';

const FILES = {
  'src/app.ts': "import { send } from './send';\nsend('a');\n",
  'src/send.ts': 'export function send(text: string) {\n  return text;\n}\n',
};

const edit = (key: string, path: string, find: string, replace: string): string =>
  `<<<<<<< EDIT ${key} ${path}\n${find}\n======= ${key}\n${replace}\n>>>>>>> ${key}\n`;

describe('longview ask --propose --fix', () => {
  let server: ProtocolServer;
  let workspace: Workspace;
  before(async () => {
    server = await ProtocolServer.start();
  });
  after(() => server.stop());
  beforeEach(() => {
    workspace = new Workspace(FILES);
    server.asked.splice(0);
  });
  afterEach(() => workspace.dispose());

  const said = ({ body }: Asked): readonly { readonly role: string; readonly content: readonly { readonly text: string }[] }[] =>
    (body as { messages: never }).messages;

  /** First one change that can be made and one that cannot; then what `second` makes of it. */
  function answers(second: (key: string) => string): void {
    server.answer((asked) => {
      const key = markerKeyIn(asked.body);
      const first =
        edit(key, 'src/app.ts', "send('a');", "send('b');") + edit(key, 'src/send.ts', 'export function send(words: string) {', 'x');
      return saying(said(asked).length === 1 ? first : second(key));
    });
  }

  const longview = (...args: string[]): Promise<Ran> => workspace.start(args, { ANTHROPIC_API_KEY: 'sk-ant-test' });
  const propose = (...args: string[]): Promise<Ran> =>
    longview(
      ...['ask', '--no-store', '--model', 'anthropic/claude-opus-5-5', '--base-url', server.url, '--query', 'change send', '--yes'],
      ...['--propose', '--answer-form', 'text', ...args],
    );
  const read = (path: string): string => readFileSync(join(workspace.dir, path), 'utf8');

  it('goes on with the same conversation, tells why, and writes both answers as one', async () => {
    answers((key) => edit(key, 'src/send.ts', 'export function send(text: string) {', 'export function send(text: string): string {'));
    const { code, err } = await propose('--fix', '--apply');
    assert.equal(code, 0, err);
    assert.match(err, /Asking again for 1 failed change: \$[\d.]+.*, at worst \$/);
    assert.match(err, /Changed 2 of 2 files/);
    const [first, second] = server.asked.map(said);
    assert.equal(second!.length, 3);
    assert.deepEqual(second![0], first![0]);
    assert.match(second![2]!.content[0]!.text, /- src\/send\.ts: The lines to replace are not in the file/);
    assert.match(second![2]!.content[0]!.text, /Leave out what you changed of other files: src\/app\.ts\./);
    assert.equal(read('src/app.ts'), FILES['src/app.ts'].replace("'a'", "'b'"));
    assert.match(read('src/send.ts'), /\(text: string\): string \{/);

    const economics = await longview('economics', '--json');
    const { total } = JSON.parse(economics.out) as { total: Record<string, unknown> };
    assert.deepEqual(total.changes, { proposed: 2, accepted: 2, refused: 0 });
    const spent = (JSON.parse((await longview('cost', '--json')).out) as { total: { known: number } }).total.known;
    assert.equal(total.known, spent);
    assert.equal(total.perChange, Math.round(spent / 2));

    assert.equal((await longview('undo', '--no-store')).code, 0);
    const after = JSON.parse((await longview('economics', '--json')).out) as { total: Record<string, unknown> };
    assert.deepEqual([after.total.undone, after.total.applied, after.total.perChange], [1, 0, null]);
  });

  it('does not let the second answer change what the first has settled', async () => {
    answers(
      (key) =>
        edit(key, 'src/app.ts', "send('a');", "send('evil');") +
        edit(key, 'src/send.ts', 'export function send(text: string) {', 'export function send(text: string): string {'),
    );
    const { code, err } = await propose('--fix', '--apply');
    assert.equal(code, 0, err);
    assert.match(err, /src\/app\.ts: changed by the first answer already; what the second says of it is left out/);
    assert.equal(read('src/app.ts'), FILES['src/app.ts'].replace("'a'", "'b'"));
  });

  it('asks once: what fails again stays as it is', async () => {
    answers((key) => edit(key, 'src/send.ts', 'export function send(mail: string) {', 'x'));
    const { code, err } = await propose('--fix', '--apply');
    assert.equal(code, 1);
    assert.match(err, /Changed 1 of 2 files/);
    assert.equal(server.asked.length, 2);
    assert.equal(read('src/send.ts'), FILES['src/send.ts']);
  });

  it('asks nobody again without being told to', async () => {
    answers(() => '');
    const { err } = await propose('--apply');
    assert.match(err, /--fix has the model asked again for 1 failed change/);
    assert.equal(server.asked.length, 1);
    const { out } = await longview('economics', '--by', 'action', '--times', '0.2');
    assert.match(out, /^action +proposals +applied/);
    assert.match(out, /ask +1 +1 +1 of 2 +1 of 2 +1 /);
    assert.match(out, /What they have cost in truth/);
  });

  it('what was discarded has cost something all the same', async () => {
    answers(() => '');
    await propose();
    const { total } = JSON.parse((await longview('economics', '--json', '--without', 'anthropic')).out) as {
      total: Record<string, unknown>;
    };
    assert.deepEqual([total.proposals, total.applied, total.perChange], [1, 0, null]);
    assert.ok((total.known as number) > 0);
    assert.equal((await longview('economics', '--without', 'nobody')).code, 2);
    assert.equal((await longview('economics', '--times', 'x')).code, 2);
    assert.equal((await longview('economics', '--by', 'x')).code, 2);
  });
});
