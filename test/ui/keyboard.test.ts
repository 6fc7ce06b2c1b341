import assert from 'node:assert/strict';
import { useVSCode } from './use-vscode.js';

describe('The whole way by keyboard alone', () => {
  const here = useVSCode();

  async function run(command: string): Promise<void> {
    const { page } = here.workbench;
    await page.keyboard.press('F1');
    await here.workbench.input.fill(`>${command}`);
    await page.locator('.quick-input-list').getByRole('option', { name: command }).first().waitFor();
    await page.keyboard.press('Enter');
  }

  /** Chooses a command and answers in the box of this title that it opens. */
  async function answer(command: string, title: string, text: string): Promise<void> {
    const { page } = here.workbench;
    await run(command);
    await page.locator('.quick-input-title').getByText(title).waitFor();
    await page.keyboard.press('Control+a');
    await page.keyboard.type(text);
    await page.keyboard.press('Enter');
    await page.locator('.quick-input-title').getByText(title).waitFor({ state: 'hidden' });
  }

  it('says what is to be done, under which budget, for which model', async () => {
    const { workbench } = here;
    await workbench.openFile('src/booking.ts');
    await run('Longview: Focus on Context View');
    await workbench.webview().getByRole('textbox', { name: 'Task' }).waitFor();
    await answer('Longview: Set Task…', 'Task', 'ask a carrier again when booking fails');
    await answer('Longview: Set Token Budget…', 'Token Budget', '8,000');
    await answer('Longview: Choose Model…', 'A prompt of', 'Claude Opus 5.5');
    const sidebar = workbench.webview();
    await sidebar.getByText(/of 8,000 tokens/).waitFor();
    assert.equal(await sidebar.getByRole('textbox', { name: 'Task' }).inputValue(), 'ask a carrier again when booking fails');
    await sidebar
      .getByText(/Claude Opus 5\.5/)
      .first()
      .waitFor();
  });

  it('drops a file from the pack and takes it back', async () => {
    const { workbench } = here;
    const pack = workbench.treeRows('Context Files').filter({ hasText: 'In the Pack' });
    await pack.getByText(/^18 files/).waitFor();
    await run('Longview: Drop from Context');
    await pack.getByText(/^17 files/).waitFor();
    await run('Longview: Release All Pins and Drops');
    await pack.getByText(/^18 files/).waitFor();
  });

  it('opens the finished text', async () => {
    await run('Longview: Open Context as Document');
    await here.workbench.page.locator('.view-line').filter({ hasText: 'repository follow' }).first().waitFor();
  });

  it('finds a file in the graph and opens it', async () => {
    const { workbench } = here;
    const { page } = workbench;
    await run('Longview: Show Dependency Graph');
    const graph = workbench.webview('webviewPanel');
    const search = graph.getByRole('combobox', { name: 'Find a file or folder' });
    await search.waitFor();
    for (let i = 0; i < 8 && !(await search.evaluate((box) => box.matches(':focus'))); i++) await page.keyboard.press('Tab');
    await page.keyboard.type('retry');
    await page.keyboard.press('Enter');
    await graph.getByRole('heading', { name: 'retry.ts' }).waitFor();
  });
});
