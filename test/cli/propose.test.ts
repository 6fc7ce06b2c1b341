/** From a request for changes to files on disk and back, against a server that answers as a model would. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PROPOSAL_SCHEMA } from '../../src/proposals/schema.js';
import { saying } from '../models/providers/anthropic-replies.js';
import { json, ProtocolServer, type Reply } from '../models/providers/protocol-server.js';
import { markerKeyIn } from '../proposals/marker-key.js';
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

  /** The model answers with this; K stands for the key that the request asks for. A schema for the answer is refused. */
  function answers(text: string): void {
    server.answer(({ body }) => {
      if (hasSchema(body)) return json({ type: 'error', error: { type: 'invalid_request_error', message: 'output_config: unknown' } }, 400);
      return saying(text.replaceAll('K', markerKeyIn(body)));
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
      ...(args.includes('--answer-form') ? [] : ['--answer-form', 'text']),
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

  const OBJECT = {
    message: 'Renamed "send".\n\nNow it is 📮.',
    changes: [
      { kind: 'edit', path: 'src/app.ts', find: "import { send } from './send';", replace: "import { post } from './post';" },
      { kind: 'edit', path: 'src/app.ts', find: "send('a');", replace: "post('a');" },
      { kind: 'move', path: 'src/send.ts', to: 'src/post.ts' },
      { kind: 'edit', path: 'src/post.ts', find: 'function send', replace: 'function post' },
    ],
  };

  it('asks by a schema where the model is known to take one, shows words while the object comes, and writes the same', async () => {
    server.answer(({ body }) => {
      assert.deepEqual((body as { output_config?: unknown }).output_config, { format: { type: 'json_schema', schema: PROPOSAL_SCHEMA } });
      assert.ok(!JSON.stringify(body).includes('<<<<<<< EDIT'));
      return speaking(JSON.stringify(OBJECT), 7);
    });
    const { code, out, err } = await propose('--answer-form', 'auto', '--apply');
    assert.equal(code, 0, err);
    assert.ok(
      out.startsWith('Renamed "send".\n\nNow it is 📮.\n\n- edit src/app.ts\n- move src/send.ts → src/post.ts\n- edit src/post.ts\n'),
      out,
    );
    assert.ok(!out.includes('"changes"'));
    assert.equal(read('src/app.ts'), "import { post } from './post';\r\npost('a');\r\n");
    assert.equal(read('src/post.ts'), FILES['src/send.ts'].replace('send', 'post'));
  });

  it('asks once more for text where the schema is refused, and says so', async () => {
    answers(RENAME);
    server.asked.splice(0);
    const { code, err } = await propose('--answer-form', 'schema', '--apply');
    assert.equal(code, 0, err);
    assert.match(err, /does not take a schema for its answer \(400\)\. It is asked again for changes in text\./);
    assert.deepEqual(
      server.asked.map(({ body }) => hasSchema(body)),
      [true, false],
    );
    assert.equal(read('src/app.ts'), "import { post } from './post';\r\npost('a');\r\n");
  });

  it('goes on in a session as it began: in text, or by the schema that was wished for', async () => {
    answers(RENAME);
    server.asked.splice(0);
    assert.equal((await propose('--answer-form', 'auto', '--session', 's')).code, 0);
    assert.deepEqual(
      server.asked.map(({ body }) => hasSchema(body)),
      [false],
    );
    server.answer(() => speaking(JSON.stringify({ message: 'No.', changes: [] }), 7));
    server.asked.splice(0);
    await propose('--answer-form', 'schema', '--session', 'changes');
    await propose('--answer-form', 'auto', '--session', 'changes');
    await propose('--answer-form', 'text', '--session', 'changes');
    await propose('--answer-form', 'auto', '--session', 'changes');
    assert.deepEqual(
      server.asked.map(({ body }) => hasSchema(body)),
      [true, true, false, false],
    );
    assert.equal((await propose('--answer-form', 'yaml')).code, 2);
  });

  it('puts a secret of several lines back into an object', async () => {
    const key = `-----BEGIN RSA PRIVATE ${'KEY'}-----\n${'MIIEpAIBAAKCAQEA75oXhJ+tEsT1nTqZ0sLk\n'.repeat(3)}-----END RSA PRIVATE ${'KEY'}-----`;
    workspace.write('src/send.ts', `const key = \`${key}\`;\nexport const send = () => key;\n`);
    server.answer(({ body }) => {
      const text = JSON.stringify(body);
      const [placeholder = ''] = /<longview-secret:[a-z0-9-]+:[0-9a-f]+>/.exec(text) ?? [];
      assert.ok(placeholder !== '' && !text.includes('MIIEpAIBAAKCAQEA'));
      const edit = {
        kind: 'edit',
        path: 'src/send.ts',
        find: `const key = \`${placeholder}`,
        replace: `export const key = \`${placeholder}`,
      };
      return speaking(JSON.stringify({ message: `The key ${placeholder} stays.`, changes: [edit] }), 3);
    });
    const { code, err } = await propose('--answer-form', 'auto', '--apply');
    assert.equal(code, 0, err);
    assert.equal(read('src/send.ts'), `export const key = \`${key}\`;\nexport const send = () => key;\n`);
  });

  it('keeps a secret out of the request and puts it back into the file', async () => {
    const token = `gh${'p_'}aB3dE5fG7hJ9kL2mN4pQ6rS8tU1vW0xYzaB3`;
    workspace.write('src/send.ts', `const token = '${token}';\nexport const send = () => token;\n`);
    server.answer(({ body }) => {
      const text = JSON.stringify(body);
      const key = markerKeyIn(body);
      const [placeholder = ''] = /<longview-secret:[a-z0-9-]+:[0-9a-f]+>/.exec(text) ?? [];
      assert.ok(!text.includes(token) && placeholder !== '');
      const block = `<<<<<<< EDIT ${key} src/send.ts\nconst token = '${placeholder}';\n======= ${key}\nexport const token = '${placeholder}';\n>>>>>>> ${key}\n`;
      return saying([...block]);
    });
    const { code, err } = await propose('--apply');
    assert.equal(code, 0, err);
    assert.equal(read('src/send.ts'), `export const token = '${token}';\nexport const send = () => token;\n`);
  });
});

const hasSchema = (body: unknown): boolean => 'output_config' in (body as object);

/** In pieces of so many characters. */
function speaking(text: string, size: number): Reply {
  return saying(Array.from({ length: Math.ceil(text.length / size) }, (_, i) => text.slice(i * size, (i + 1) * size)));
}
