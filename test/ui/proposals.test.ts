import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { answering } from '../models/providers/chat-replies.js';
import { ProtocolServer } from '../models/providers/protocol-server.js';
import { markerKeyIn } from '../proposals/marker-key.js';
import { seriousViolations } from './axe.js';
import { asksAcme, useVSCode } from './use-vscode.js';

const CHANGES = `Five attempts.

<<<<<<< EDIT KEY src/retry.ts
export const ATTEMPTS = 3;
======= KEY
export const ATTEMPTS = 5;
>>>>>>> KEY
<<<<<<< EDIT KEY src/money.ts
/** Amounts are integers of cents. */
======= KEY
/** Amounts are whole cents. */
>>>>>>> KEY
`;

describe('A proposal in the workbench', () => {
  let server: ProtocolServer;
  before(async () => {
    server = await ProtocolServer.start();
    server.answer(({ body }) => answering([CHANGES.replaceAll('KEY', markerKeyIn(body))]));
  });
  const here = useVSCode(asksAcme(() => server.url));
  after(() => server.stop());

  const sidebar = () => here.workbench.webview();
  const texts = () => ['src/retry.ts', 'src/money.ts'].map((path) => readFileSync(join(here.sample.path, path), 'utf8'));
  const until = async (holds: () => boolean): Promise<void> => {
    while (!holds()) await here.workbench.page.waitForTimeout(100);
  };
  let before_: string[];

  it('is asked for by a box below the task, and shown as a diff with a row for each file', async () => {
    const { workbench } = here;
    before_ = texts();
    await workbench.runCommand('Longview: Focus on Context View');
    const task = sidebar().getByRole('textbox', { name: 'Task' });
    await task.fill('ask a carrier again when booking fails');
    await sidebar().getByRole('checkbox', { name: 'May propose changes' }).check();
    await sidebar()
      .getByRole('button', { name: /^Send · / })
      .waitFor();
    await task.press('Control+Enter');
    await sidebar().getByText('2 files accepted').waitFor();
    await workbench.tab(/^Proposal: /).waitFor();
    for (const path of ['src/retry.ts', 'src/money.ts']) await workbench.treeRows('Proposal').filter({ hasText: path }).waitFor();
    assert.deepEqual(texts(), before_);
    assert.deepEqual(await seriousViolations(sidebar()), []);
  });

  it('is still there when the window is loaded again', async () => {
    const { workbench } = here;
    await workbench.reload();
    await workbench.runCommand('Longview: Focus on Context View');
    await sidebar().getByText('2 files accepted').waitFor();
    await workbench.treeRows('Proposal').filter({ hasText: 'src/retry.ts' }).waitFor();
  });

  it('is applied by its button, and one undo restores every byte', async () => {
    const { workbench } = here;
    await sidebar().getByRole('button', { name: 'Apply' }).click();
    await until(() => texts().every((text, i) => text !== before_[i]));
    await workbench.tab('money.ts').waitFor();
    await workbench.tab(/^Proposal: /).waitFor({ state: 'detached' });
    await workbench.page.locator('.editor-group-container.active .view-lines').first().click();
    await workbench.page.keyboard.press('Control+Z');
    await workbench.page.locator('.view-line').filter({ hasText: 'integers of cents' }).first().waitFor();
    // The texts come back one after the other, unsaved.
    while (texts().join('\0') !== before_.join('\0')) await workbench.runCommand('File: Save All Files');
  });
});
