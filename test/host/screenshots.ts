/**
 * Makes docs/screenshots/: sidebar, trees, graph panel and walkthrough on the sources of Longview itself,
 * in dark, light and high contrast. `npm run screenshots`.
 */
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { THEMES } from '../ui/themes.js';
import { startVSCode } from './vscode.js';
import { openWorkbench, type Workbench } from './workbench.js';

const PICTURED = { dark: 'vscode-dark', light: 'vscode-light', 'high-contrast': 'vscode-high-contrast' } as const;
const SETTINGS = { 'chat.disableAIFeatures': true, 'window.commandCenter': false, 'editor.minimap.enabled': false };
const TASK = 'count the tokens of a file only when its text has changed';
const FOLDER = 'docs/screenshots';

async function main(): Promise<void> {
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'longview-screenshots-')));
  const folder = join(scratch, 'longview');
  for (const part of ['src', 'grammars', 'package.json', 'tsconfig.json', 'README.md']) {
    cpSync(part, join(folder, part), { recursive: true, filter: (path) => !path.includes('node_modules') });
  }
  mkdirSync(FOLDER, { recursive: true });
  try {
    for (const [name, kind] of Object.entries(PICTURED)) await takeAll(folder, name, THEMES[kind]);
  } finally {
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}

const SUBJECTS: Readonly<Record<string, (workbench: Workbench) => Promise<void>>> = {
  async sidebar(workbench) {
    const sidebar = workbench.webview();
    await sidebar.getByRole('textbox', { name: 'Task' }).fill(TASK);
    await sidebar.getByText(/of 128,000 tokens/).waitFor();
  },
  async trees(workbench) {
    await workbench.runCommand('Longview: Focus on Context Files View');
    await workbench.treeRows('Context Files').nth(3).waitFor();
    await workbench.runCommand('Longview: Focus on Dependencies View');
    await workbench.treeRows('Dependencies').nth(1).waitFor();
  },
  async graph(workbench) {
    await workbench.runCommand('Longview: Show Dependency Graph');
    await workbench.webview('webviewPanel').locator('canvas').first().waitFor({ state: 'attached' });
    await workbench.page.waitForTimeout(3000);
  },
  async walkthrough(workbench) {
    await workbench.runCommand('View: Close All Editors');
    await workbench.runCommand('Longview: Open Walkthrough');
    await workbench.page.locator('.getting-started-step').first().waitFor();
  },
};

/** In one theme, each subject or those that the command line names. */
async function takeAll(folder: string, name: string, theme: string): Promise<void> {
  const wanted = process.argv.slice(2);
  const vscode = await startVSCode({ open: folder, extension: resolve('.'), settings: { ...SETTINGS, 'workbench.colorTheme': theme } });
  try {
    const workbench = await openWorkbench(vscode.url, { width: 1200, height: 800 });
    try {
      await workbench.openFile('src/index/index.ts');
      await workbench.runCommand('Longview: Focus on Context View');
      for (const [subject, show] of Object.entries(SUBJECTS)) {
        if (wanted.length > 0 && !wanted.includes(subject)) continue;
        await show(workbench);
        // What is shown last is drawn a little later.
        await workbench.page.waitForTimeout(1500);
        await workbench.screenshot(join(FOLDER, `${subject}-${name}.png`));
      }
    } finally {
      await workbench.close();
    }
  } finally {
    await vscode.stop();
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
