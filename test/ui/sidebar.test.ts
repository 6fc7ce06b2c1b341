import assert from 'node:assert/strict';
import { seriousViolations } from './axe.js';
import { THEMES, type ThemeKind } from './themes.js';
import { useVSCode } from './use-vscode.js';

for (const kind of ['vscode-dark', 'vscode-high-contrast-light'] satisfies ThemeKind[]) {
  describe(`The sidebar in ${THEMES[kind]}`, () => {
    const here = useVSCode({ settings: { 'workbench.colorTheme': THEMES[kind] } });

    it('takes a task and packs, by keyboard alone', async () => {
      const { workbench } = here;
      const { page } = workbench;
      await workbench.runCommand('Longview: Focus on Context View');
      const sidebar = workbench.webview();
      const task = sidebar.getByRole('textbox', { name: 'Task' });
      await task.waitFor();
      for (let i = 0; i < 5 && !(await task.evaluate((box) => box.matches(':focus'))); i++) await page.keyboard.press('Tab');
      await page.keyboard.type('ask a carrier again when booking fails');
      await sidebar.getByText(/of 128,000 tokens/).waitFor();
    });

    it('has no serious violation of the accessibility rules', async () => {
      const sidebar = here.workbench.webview();
      await sidebar.locator(`body.${kind}`).waitFor();
      assert.deepEqual(await seriousViolations(sidebar), []);
    });
  });
}
