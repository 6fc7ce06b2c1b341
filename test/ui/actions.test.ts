/** Refactor actions as a developer meets them: palette, price, send, preview, apply, undo; the model is a server that answers as one would. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Sample } from '../host/sample.js';
import { answering } from '../models/providers/chat-replies.js';
import { ProtocolServer } from '../models/providers/protocol-server.js';
import { markerKeyIn } from '../proposals/marker-key.js';
import { CUT_CYCLE, INTEGRATION_TEST, SHOP } from '../shop.js';
import { asksAcme, useVSCode } from './use-vscode.js';

/** By what a request asks for; K stands for its key. */
const ANSWERS: readonly (readonly [asked: RegExp, answer: string])[] = [
  [/Break the dependency cycle/, CUT_CYCLE],
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
  [/Write integration tests/, INTEGRATION_TEST],
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
      return answering([answer.replaceAll(/\bK\b/g, markerKeyIn(sent))]);
    });
  });
  const here = useVSCode({
    sample: shop,
    ...asksAcme(() => server.url),
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
