/** Refactor actions as a developer meets them: palette, price, send, preview, apply, undo; the model is a server that answers as one would. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Sample } from '../host/sample.js';
import { answering } from '../models/providers/chat-replies.js';
import { ProtocolServer } from '../models/providers/protocol-server.js';
import { useVSCode } from './use-vscode.js';

const SHOP = {
  'src/order.mjs':
    "import { nameOf } from './customer.mjs';\n\nexport const limit = 2;\n\nexport function title(order) {\n  const name = nameOf(order.by);\n  return `${name}: ${order.items}`;\n}\n",
  'src/customer.mjs':
    "import { limit } from './order.mjs';\n\nexport const nameOf = (customer) => customer.name;\nexport const mayOrder = (count) => count < limit;\n",
  'test/order.test.mjs':
    "import assert from 'node:assert/strict';\nimport { test } from 'node:test';\nimport { title } from '../src/order.mjs';\n\ntest('a title names the customer', () => {\n  assert.equal(title({ by: { name: 'Ada' }, items: 1 }), 'Ada: 1');\n});\n",
  'package.json': '{\n  "name": "shop",\n  "type": "module",\n  "scripts": { "test": "node --test" }\n}\n',
};

/** By what a request asks for; K stands for its key. */
const ANSWERS: readonly (readonly [asked: RegExp, answer: string])[] = [
  [
    /Break the dependency cycle/,
    `The limit moves out of the order.

<<<<<<< CREATE K src/limits.mjs
export const limit = 2;
>>>>>>> K
<<<<<<< EDIT K src/order.mjs
export const limit = 2;
======= K
export { limit } from './limits.mjs';
>>>>>>> K
<<<<<<< EDIT K src/customer.mjs
import { limit } from './order.mjs';
======= K
import { limit } from './limits.mjs';
>>>>>>> K
`,
  ],
  [
    /Extract/,
    `The words of a title have a function of their own.

<<<<<<< EDIT K src/order.mjs
  const name = nameOf(order.by);
  return \`\${name}: \${order.items}\`;
}
======= K
  return titleOf(nameOf(order.by), order.items);
}

function titleOf(name, items) {
  return \`\${name}: \${items}\`;
}
>>>>>>> K
`,
  ],
  [
    /Write integration tests/,
    `They go through both files.

<<<<<<< CREATE K test/order.integration.test.mjs
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mayOrder } from '../src/customer.mjs';
import { limit, title } from '../src/order.mjs';

test('a customer may order up to the limit, and is named in the title', () => {
  assert.equal(mayOrder(limit - 1), true);
  assert.equal(mayOrder(limit), false);
  assert.equal(title({ by: { name: 'Grace' }, items: 2 }), 'Grace: 2');
});
>>>>>>> K
`,
  ],
  [/Review/, 'Three items are allowed now; test/order.test.mjs does not look at the limit.'],
];

function shop(): Sample {
  const sample = new Sample();
  sample.git('rm', '-rqf', '.');
  for (const [path, text] of Object.entries(SHOP)) sample.write(path, text);
  sample.commit('A shop');
  return sample;
}

describe('Actions in the workbench', () => {
  let server: ProtocolServer;
  /** The last thing that was said to the model. */
  let sent = '';
  before(async () => {
    server = await ProtocolServer.start();
    server.answer(({ body }) => {
      sent = (body as { messages: { content: string }[] }).messages.at(-1)!.content;
      const [, answer = 'Nothing that was foreseen.'] = ANSWERS.find(([asked]) => asked.test(taskIn(sent))) ?? [];
      return answering([answer.replaceAll(/\bK\b/g, /<<<<<<< EDIT (\w{6}) path/.exec(sent)?.[1] ?? '')]);
    });
  });
  const here = useVSCode({
    sample: shop,
    settings: () => ({
      'longview.endpoints': { acme: { name: 'Acme', baseUrl: `${server.url}/v1`, keyVariable: 'ACME_KEY' } },
      'longview.prices': { 'acme/large': { input: 2, output: 10 } },
      'longview.model': 'acme/large',
      'longview.pack.budget': 32_000,
    }),
    env: { ACME_KEY: 'sk-acme-0123456789' },
  });
  after(() => server.stop());

  const taskIn = (prompt: string): string => prompt.slice(prompt.lastIndexOf('==== Task'));
  const sidebar = () => here.workbench.webview();
  const inSample = (path: string): string => join(here.sample.path, path);
  const until = async (holds: () => boolean): Promise<void> => {
    while (!holds()) await here.workbench.page.waitForTimeout(100);
  };
  /** All files with their bytes. */
  const files = (): Record<string, string> => {
    const found = readdirSync(here.sample.path, { recursive: true, withFileTypes: true });
    const paths = found.filter((f) => f.isFile()).map((f) => join(f.parentPath, f.name));
    return Object.fromEntries(
      paths.filter((p) => !p.includes('/.git/')).map((p) => [p.slice(here.sample.path.length + 1), readFileSync(p, 'latin1')]),
    );
  };
  const cycles = (): number => {
    const { stdout } = spawnSync('node', [resolve('dist/cli.js'), 'cycles', '--json', '--no-store', '--repo', here.sample.path], {
      encoding: 'utf8',
    });
    return (JSON.parse(stdout) as { cycles: unknown[] }).cycles.length;
  };

  /** Presses Send at its price; again where the context has changed meanwhile, which the sidebar says. */
  async function send(): Promise<void> {
    const button = sidebar().getByRole('button', { name: /^Send · \$/ });
    for (const before = server.asked.length; server.asked.length === before; await here.workbench.page.waitForTimeout(500))
      await button.click({ timeout: 5_000 }).catch(() => undefined);
  }

  async function apply(): Promise<void> {
    await sidebar().getByRole('button', { name: 'Apply' }).click();
  }

  it('break a cycle: price, preview that says that it goes, apply, gone, and one undo restores every byte', async () => {
    const { workbench } = here;
    const before = files();
    assert.equal(cycles(), 1);
    await workbench.runCommand('Longview: Break Dependency Cycle…');
    await workbench.quickPick
      .getByRole('option', { name: /order\.mjs/ })
      .first()
      .waitFor();
    await workbench.page.keyboard.press('Enter');
    await sidebar().getByText('Break the dependency cycle').first().waitFor();
    await send();
    await workbench.treeRows('Proposal').filter({ hasText: 'Cycle gone' }).waitFor();
    await workbench.tab(/^Proposal: /).waitFor();
    assert.deepEqual(files(), before);
    await apply();
    await until(() => existsSync(inSample('src/limits.mjs')));
    await until(() => cycles() === 0);
    await workbench.openFile('src/customer.mjs');
    await workbench.page.locator('.editor-group-container.active .view-lines').first().click();
    await workbench.page.keyboard.press('Control+Z');
    await until(() => !existsSync(inSample('src/limits.mjs')));
    // The texts come back one after the other, unsaved.
    while (JSON.stringify(files()) !== JSON.stringify(before)) await workbench.runCommand('File: Save All Files');
  });

  it('extract a function from what is selected, and take it back from the notice', async () => {
    const { workbench } = here;
    const before = files();
    await workbench.openFile('src/order.mjs');
    await workbench.tab('order.mjs').click();
    await workbench.page.locator('.editor-group-container.active .view-line').filter({ hasText: 'const name =' }).first().click();
    await workbench.page.keyboard.press('Home');
    await workbench.page.keyboard.press('Shift+ArrowDown');
    await workbench.page.keyboard.press('Shift+End');
    await workbench.runCommand('Longview: Extract Function…');
    // The language service has a way of its own, which goes first.
    const model = workbench.quickPick.getByRole('option', { name: /with a model/ });
    await Promise.race([
      model.waitFor().then(() => model.click()),
      sidebar()
        .getByText(/^Extract/)
        .first()
        .waitFor(),
    ]);
    await sidebar()
      .getByText(/^Extract/)
      .first()
      .waitFor();
    await send();
    await workbench.treeRows('Proposal').filter({ hasText: 'order.mjs' }).waitFor();
    await apply();
    await until(() => files()['src/order.mjs']!.includes('function titleOf'));
    const told = await workbench.notification('Changed 1 file.');
    await told.getByRole('button', { name: 'Undo Proposal' }).click();
    await until(() => JSON.stringify(files()) === JSON.stringify(before));
  });

  it('write integration tests that run', async () => {
    const { workbench } = here;
    await workbench.openFile('src/order.mjs');
    await workbench.runCommand('Longview: Write Integration Tests…');
    await sidebar()
      .getByText(/integration tests/i)
      .first()
      .waitFor();
    await send();
    await workbench.treeRows('Proposal').filter({ hasText: 'order.integration.test.mjs' }).waitFor();
    assert.match(sent, /in the new file `test\/order\.integration\.test\.mjs`, for node --test\./);
    await apply();
    await until(() => existsSync(inSample('test/order.integration.test.mjs')));
    // Else the runner around this test would take the results for its own.
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    const ran = spawnSync('node', ['--test', 'test/order.integration.test.mjs'], { cwd: here.sample.path, encoding: 'utf8', env });
    assert.equal(ran.status, 0, ran.stdout + ran.stderr);
    here.sample.commit('Tests');
  });

  it('review what is not committed, with what it may touch', async () => {
    const { workbench } = here;
    here.sample.write('src/order.mjs', SHOP['src/order.mjs'].replace('limit = 2', 'limit = 3'));
    await workbench.runCommand('Longview: Review Current Change');
    await sidebar()
      .getByText(/^Review/)
      .first()
      .waitFor();
    await send();
    await sidebar().getByText('does not look at the limit').waitFor();
    assert.match(sent, /-export const limit = 2;\n\+export const limit = 3;/);
    assert.match(sent, /test\/order\.test\.mjs \(uses one itself\)/);
  });
});
