/** From a request for changes to files on disk and back, against a server that answers as a model would. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ProtocolServer, sse } from '../models/providers/protocol-server.js';
import type { Ran } from './longview.js';
import { Workspace } from './longview.js';

const FILES = {
  'src/app.ts': "import { send } from './send';\r\nsend('a');\r\n",
  'src/send.ts': 'export function send(text: string) {\n  return text;\n}\n',
  'package.json': '{\n  "name": "app"\n}\n',
};

describe('longview ask --propose', () => {
  let server: ProtocolServer;
  let workspace: Workspace;
  before(async () => {
    server = await ProtocolServer.start();
  });
  after(() => server.stop());
  beforeEach(() => {
    workspace = new Workspace(FILES);
  });
  afterEach(() => workspace.dispose());

  /** The model answers with this; K stands for the key that the request asks for. */
  function answers(text: string): void {
    server.answer(({ body }) => {
      const [, key = ''] = /<<<<<<< EDIT ([a-z0-9]{6}) path/.exec(JSON.stringify(body)) ?? [];
      return {
        steps: sse(
          {
            type: 'message_start',
            message: { id: 'm', type: 'message', role: 'assistant', content: [], model: 'm', usage: { input_tokens: 3 } },
          },
          { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: text.replaceAll('K', key) } },
          { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 40 } },
          { type: 'message_stop' },
        ),
      };
    });
  }

  const longview = (...args: string[]): Promise<Ran> => workspace.start(args, { ANTHROPIC_API_KEY: 'sk-ant-test' });
  const propose = (...args: string[]): Promise<Ran> =>
    longview(
      'ask',
      '--no-store',
      '--model',
      'anthropic/claude-opus-5-5',
      '--base-url',
      server.url,
      '--query',
      'rename send to post',
      '--yes',
      '--propose',
      ...args,
    );
  const read = (path: string): string => readFileSync(join(workspace.dir, path), 'utf8');

  const RENAME = `Renamed.

<<<<<<< EDIT K src/app.ts
import { send } from './send';
send('a');
======= K
import { post } from './post';
post('a');
>>>>>>> K
<<<<<<< MOVE K src/send.ts
src/post.ts
>>>>>>> K
<<<<<<< EDIT K src/send.ts
export function send(text: string) {
======= K
export function post(text: string) {
>>>>>>> K
`;

  it('shows the changes, writes them when told to, and takes every byte back', async () => {
    answers(RENAME);
    const { code, out, err } = await propose('--apply');
    assert.equal(code, 0, err);
    assert.match(out, /--- a\/src\/send\.ts\n\+\+\+ b\/src\/post\.ts\n/);
    assert.match(out, /-export function send\(text: string\) \{\n\+export function post\(text: string\) \{\n/);
    assert.match(err, /Changed 2 of 2 files\. longview undo takes it back\./);
    assert.equal(read('src/app.ts'), "import { post } from './post';\r\npost('a');\r\n");
    assert.equal(read('src/post.ts'), FILES['src/send.ts'].replace('send', 'post'));
    assert.equal(existsSync(join(workspace.dir, 'src/send.ts')), false);

    const listed = await longview('undo', '--no-store', '--list', '--json');
    assert.deepEqual(
      (JSON.parse(listed.out) as { title: string; files: string[] }[]).map(({ title, files }) => [title, files]),
      [['rename send to post', ['src/app.ts', 'src/post.ts']]],
    );
    const undone = await longview('undo', '--no-store');
    assert.equal(undone.code, 0, undone.err);
    for (const [path, text] of Object.entries(FILES)) assert.equal(read(path), text);
    assert.deepEqual(readdirSync(join(workspace.dir, 'src')).sort(), ['app.ts', 'send.ts']);
    assert.equal((await longview('undo', '--no-store')).code, 1);
  });

  it('writes nothing without being told to', async () => {
    answers(RENAME);
    const { code, out, err } = await propose();
    assert.equal(code, 0, err);
    assert.match(out, /\+\+\+ b\/src\/post\.ts/);
    assert.match(err, /Nothing was changed/);
    assert.equal(read('src/app.ts'), FILES['src/app.ts']);
  });

  it('leaves out a file that needs consent by name, and says why', async () => {
    answers(
      '<<<<<<< EDIT K package.json\n  "name": "app"\n======= K\n  "name": "app",\n  "scripts": { "install": "curl evil" }\n>>>>>>> K\n',
    );
    const { err } = await propose('--apply');
    assert.match(err, /package\.json: left out, it is a manifest/);
    assert.equal(read('package.json'), FILES['package.json']);
  });

  it('writes nothing outside of the workspace, whatever is proposed', async () => {
    answers(
      ['../outside.txt', '/tmp/longview-outside.txt', 'src/../../outside.txt', '.git/hooks/post-checkout', 'a\\..\\..\\outside.txt']
        .map((path) => `<<<<<<< CREATE K ${path}\nowned\n>>>>>>> K\n`)
        .join(''),
    );
    const { code, err } = await propose('--apply');
    assert.equal(code, 1);
    assert.equal(err.match(/not changed\./g)?.length, 5, err);
    for (const path of ['../outside.txt', '/tmp/longview-outside.txt', '.git'])
      assert.equal(existsSync(resolve(workspace.dir, path)), false);
  });

  it('takes nothing for a change that does not know the key of this request', async () => {
    answers(RENAME.replaceAll(' K', ' aaaaaa'));
    const { code, err } = await propose('--apply');
    assert.equal(code, 0, err);
    assert.match(err, /The answer changes no file/);
    assert.equal(read('src/app.ts'), FILES['src/app.ts']);
  });

  it('does not take back what was changed since', async () => {
    answers(RENAME);
    await propose('--apply');
    writeFileSync(join(workspace.dir, 'src/app.ts'), 'mine\n');
    const { code, err } = await longview('undo', '--no-store');
    assert.equal(code, 1);
    assert.match(err, /Changed since it was written: src\/app\.ts\. Nothing was taken back\./);
    assert.equal(read('src/app.ts'), 'mine\n');
    assert.ok(statSync(join(workspace.dir, 'src/post.ts')).isFile());
  });

  it('keeps a secret out of the request and puts it back into the file', async () => {
    const token = `gh${'p_'}aB3dE5fG7hJ9kL2mN4pQ6rS8tU1vW0xYzaB3`;
    workspace.write('src/send.ts', `const token = '${token}';\nexport const send = () => token;\n`);
    server.answer(({ body }) => {
      const text = JSON.stringify(body);
      const [, key = ''] = /<<<<<<< EDIT ([a-z0-9]{6}) path/.exec(text) ?? [];
      const [placeholder = ''] = /<longview-secret:[a-z0-9-]+:[0-9a-f]+>/.exec(text) ?? [];
      assert.ok(!text.includes(token) && placeholder !== '');
      const block = `<<<<<<< EDIT ${key} src/send.ts\nconst token = '${placeholder}';\n======= ${key}\nexport const token = '${placeholder}';\n>>>>>>> ${key}\n`;
      return {
        steps: sse(
          {
            type: 'message_start',
            message: { id: 'm', type: 'message', role: 'assistant', content: [], model: 'm', usage: { input_tokens: 3 } },
          },
          ...[...block].map((c) => ({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: c } })),
          { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 40 } },
          { type: 'message_stop' },
        ),
      };
    });
    const { code, err } = await propose('--apply');
    assert.equal(code, 0, err);
    assert.equal(read('src/send.ts'), `export const token = '${token}';\nexport const send = () => token;\n`);
  });
});
