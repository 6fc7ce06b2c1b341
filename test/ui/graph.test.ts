import assert from 'node:assert/strict';
import { seriousViolations } from './axe.js';
import { useVSCode } from './use-vscode.js';

describe('The graph panel', () => {
  const here = useVSCode();

  it('draws the workspace, and has no serious violation of the accessibility rules', async () => {
    await here.workbench.runCommand('Longview: Show Dependency Graph');
    const graph = here.workbench.webview('webviewPanel');
    await graph.getByRole('heading', { name: 'Workspace' }).waitFor();
    await graph.locator('canvas').first().waitFor({ state: 'attached' });
    assert.deepEqual(await seriousViolations(graph), []);
  });

  it('is there again after the window is reloaded', async () => {
    await here.workbench.page.reload();
    const graph = here.workbench.webview('webviewPanel');
    await graph.getByRole('heading', { name: 'Workspace' }).waitFor({ timeout: 60_000 });
  });
});
