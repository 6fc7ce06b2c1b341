/** Actions from the terminal, against a server that answers as a model would. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { saying } from '../models/providers/anthropic-replies.js';
import { ProtocolServer } from '../models/providers/protocol-server.js';
import { markerKeyIn } from '../proposals/marker-key.js';
import { CUT_CYCLE, INTEGRATION_TEST, SHOP } from '../shop.js';
import { type Ran, Workspace } from './longview.js';

const FILES = {
  ...SHOP,
  'src/order.mjs':
    "import { nameOf } from './customer.mjs';\nexport const limit = 2;\nexport const title = (order) => nameOf(order.by) + ': ' + order.items;\n",
  'AGENTS.md': 'Numbers that are limits stand in src/limits.mjs.\n',
};

describe('longview action', () => {
  let server: ProtocolServer;
  let workspace: Workspace;
  let sent = '';
  before(async () => {
    server = await ProtocolServer.start();
  });
  after(() => server.stop());
  beforeEach(() => {
    workspace = new Workspace(FILES);
    sent = '';
  });
  afterEach(() => workspace.dispose());

  /** The model answers with this; K stands for the key that the request asks for. */
  function answers(text: string): void {
    server.answer(({ body }) => {
      const { system, messages } = body as { system: unknown; messages: { content: { text: string }[] }[] };
      sent = [JSON.stringify(system), ...messages.flatMap((m) => m.content.map((c) => c.text))].join('\n');
      return saying(text.replaceAll('K', markerKeyIn(body)));
    });
  }

  const longview = (...args: string[]): Promise<Ran> => workspace.start([...args, '--no-store'], { ANTHROPIC_API_KEY: 'sk-ant-test' });
  const action = (...args: string[]): Promise<Ran> =>
    longview('action', ...args, '--model', 'anthropic/claude-opus-5-5', '--base-url', server.url, '--answer-form', 'text', '--yes');
  const git = (...args: string[]): void => {
    const { status, stderr } = spawnSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@b.c', ...args], {
      cwd: workspace.dir,
      encoding: 'utf8',
    });
    assert.equal(status, 0, stderr);
  };
  const cycles = async (): Promise<number> => (JSON.parse((await longview('cycles', '--json')).out) as { cycles: unknown[] }).cycles.length;

  it('break-cycle: the cycle is gone by the graph itself, and one undo brings every byte back', async () => {
    answers(CUT_CYCLE);
    assert.equal(await cycles(), 1);
    const { code, out, err } = await action('break-cycle', '--apply');
    assert.equal(code, 0, err);
    assert.match(sent, /==== AGENTS\.md \(rules of the project\)\nNumbers that are limits/);
    assert.match(sent, /==== Task\nBreak the dependency cycle src\/customer\.mjs → src\/order\.mjs\n/);
    assert.match(sent, /src\/customer\.mjs depends on src\/order\.mjs \(\d+ references?\)/);
    assert.match(out, /\+export const limit = 2;/);
    assert.equal(await cycles(), 0);
    assert.equal((await longview('undo')).code, 0);
    for (const [path, text] of Object.entries(FILES)) assert.equal(readFileSync(join(workspace.dir, path), 'utf8'), text);
    assert.equal(existsSync(join(workspace.dir, 'src/limits.mjs')), false);
    const { out: cost } = await longview('cost', '--by', 'action', '--json');
    assert.match(cost, /break-cycle/);
  });

  it('tests: names the new file and its command as the project does, and what was written runs', async () => {
    answers(INTEGRATION_TEST);
    const { code, err } = await action('tests', 'src/order.mjs', '--apply');
    assert.equal(code, 0, err);
    assert.match(sent, /in the new file `test\/order\.integration\.test\.mjs`, for node --test\./);
    assert.match(sent, /Nearest test: test\/order\.test\.mjs/);
    const [, command = ''] = /Run the new tests: (.+)/.exec(err) ?? [];
    assert.equal(command, 'node --test test/order.integration.test.mjs');
    const [program, ...args] = command.split(' ');
    // Else the runner around this test would take the results for its own.
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    const ran = spawnSync(program!, args, { cwd: workspace.dir, encoding: 'utf8', env });
    assert.equal(ran.status, 0, ran.stdout + ran.stderr);
    assert.match(ran.stdout, /pass 1\b/);
  });

  it('review-change: sends the diff with new files, and runs no program that the repository names', async () => {
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'Begin the shop');
    writeFileSync(join(workspace.dir, '.gitattributes'), '*.mjs filter=evil diff=evil\n');
    for (const key of [
      'filter.evil.clean',
      'filter.evil.process',
      'diff.evil.textconv',
      'diff.evil.command',
      'diff.external',
      'core.fsmonitor',
      'core.pager',
    ])
      git('config', key, `touch ${join(workspace.dir, 'ran')}; cat`);
    workspace.write('src/order.mjs', FILES['src/order.mjs'].replace('limit = 2', 'limit = 3'));
    workspace.write('src/new.mjs', 'export const fresh = true;\n');
    workspace.write('.env', 'TOKEN=hunter2hunter2\n');
    answers('Looks wrong.');
    const { code, out, err } = await action('review-change');
    assert.equal(code, 0, err);
    assert.match(out, /Looks wrong\./);
    assert.match(sent, /-export const limit = 2;\n\+export const limit = 3;/);
    assert.match(sent, /\+export const fresh = true;/);
    assert.ok(!sent.includes('hunter2'));
    assert.match(sent, /test\/order\.test\.mjs \(uses one itself\)/);
    assert.equal(existsSync(join(workspace.dir, 'ran')), false);
  });

  it('commit-message: of what is staged alone, in the style of the last ones', async () => {
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'shop: Begin');
    workspace.write('src/order.mjs', `${FILES['src/order.mjs']}// staged\n`);
    git('add', '.');
    workspace.write('src/customer.mjs', `${FILES['src/customer.mjs']}// not staged\n`);
    answers('shop: Say more');
    const { code, err } = await action('commit-message');
    assert.equal(code, 0, err);
    assert.match(sent, /newest first:\n {2}shop: Begin\n/);
    const instructions = sent.slice(sent.indexOf('Write the message of a commit'));
    assert.ok(instructions.includes('+// staged') && !instructions.includes('// not staged'));
  });

  it('shows what would be asked, without a model and without sending', async () => {
    const { code, out } = await workspace.start(['action', 'explain', 'src/order.mjs#title', '--dry-run', '--no-store']);
    assert.equal(code, 0);
    assert.match(out, /Explain `title` in src\/order\.mjs/);
    assert.match(out, /test\/order\.test\.mjs:6 /);
  });

  it('says what is wrong with an action or a target', async () => {
    for (const [args, message] of [
      [['brake-cycle'], /There is no action "brake-cycle"\. longview action lists them\./],
      [['explain'], /Explain needs a target: FILE#SYMBOL, FILE:FIRST-LAST, FILE/],
      [['explain', 'src/order.mjs#nothing'], /There is no symbol "nothing" in src\/order\.mjs\./],
      [['explain', 'src/order.mjs:3-99'], /src\/order\.mjs has lines 1 to 3, not 3 to 99\./],
      [['explain', 'src/order.mjs', '--apply'], /Explain changes no file\. Leave out --apply\./],
      [['refactor', 'src/order.mjs'], /needs to know: What should be different\?/],
      [['review-change'], /in a git repository/],
    ] as const) {
      const { code, err } = await longview('action', ...args, '--dry-run');
      assert.notEqual(code, 0);
      assert.match(err, message);
    }
  });
});
