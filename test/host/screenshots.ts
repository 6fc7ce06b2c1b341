/**
 * Makes docs/screenshots/: sidebar, an answer, a proposal, trees, findings, actions, graph panel and walkthrough on the sources of Longview
 * itself, in dark, light and high contrast. A server on loopback answers. `npm run screenshots`.
 */
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { saying } from '../models/providers/anthropic-replies.js';
import { ProtocolServer, type Reply } from '../models/providers/protocol-server.js';
import { markerKeyIn } from '../proposals/marker-key.js';
import { THEMES } from '../ui/themes.js';
import { startVSCode } from './vscode.js';
import { openWorkbench, type Workbench } from './workbench.js';

const PICTURED = { dark: 'vscode-dark', light: 'vscode-light', 'high-contrast': 'vscode-high-contrast' } as const;
const SETTINGS = {
  'chat.disableAIFeatures': true,
  'window.commandCenter': false,
  'editor.minimap.enabled': false,
  'editor.wordWrap': 'on',
  'longview.model': 'anthropic/claude-opus-5-5',
  'longview.pack.budget': 32_000,
  'longview.budgets': { day: 5, month: 60 },
};
const TASK = 'count the tokens of a file only when its text has changed';
const FOLDER = 'docs/screenshots';

const ANSWER = `A file's tokens are counted in the worker, with its record, so a text is counted once for each of its contents:

- \`src/syntax/worker.ts\` makes the record and counts.
- \`src/index/store.ts\` keeps it under the hash of the text.

What still counts again is unsaved text. Keep the last count beside its hash, and ask \`countTokens\` only if that differs.
`;

const PROPOSAL = `Counts of the last texts are kept beside the tokeniser, by the text itself.

<<<<<<< EDIT KEY src/base/tokens.ts
/** Exact o200k token counts: the unit of every budget inside the engine. */
======= KEY
/** Exact o200k token counts: the unit of every budget inside the engine. A text that was just counted is not counted again. */
import { recall, remember } from './recent-counts.js';
>>>>>>> KEY
<<<<<<< EDIT KEY src/base/tokens.ts
  if (!hasLongRun(text)) return count(text);
  let tokens = 0;
======= KEY
  const known = recall(text);
  if (known !== undefined) return known;
  if (!hasLongRun(text)) return remember(text, count(text));
  let tokens = 0;
>>>>>>> KEY
<<<<<<< CREATE KEY src/base/recent-counts.ts
/** Token counts of the last few texts. */
import { countTokens } from './tokens.js';

const counts = new Map<string, number>();

export const recall = (text: string): number | undefined => counts.get(text);

export function remember(text: string, tokens = countTokens(text)): number {
  if (counts.size > 100) counts.clear();
  counts.set(text, tokens);
  return tokens;
}
>>>>>>> KEY
<<<<<<< EDIT KEY src/base/recent.ts
export class RecentCounts {
======= KEY
export class Recent {
>>>>>>> KEY
`;

/** Bills as Anthropic does: most of the prompt goes into its cache. */
const replying = (answer: string): Reply =>
  saying(answer.split(/(?<= )/), {
    usage: { input_tokens: 112, cache_creation_input_tokens: 41_208, cache_read_input_tokens: 0, output_tokens: 1 },
    output: 164,
  });

async function main(): Promise<void> {
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'longview-screenshots-')));
  const folder = join(scratch, 'longview');
  for (const part of ['src', 'grammars', 'package.json', 'tsconfig.json', 'README.md']) {
    cpSync(part, join(folder, part), { recursive: true, filter: (path) => !path.includes('node_modules') });
  }
  mkdirSync(FOLDER, { recursive: true });
  const server = await ProtocolServer.start();
  server.answer(({ body }) => {
    const key = markerKeyIn(body);
    return replying(key === '' ? ANSWER : PROPOSAL.replaceAll('KEY', key));
  });
  try {
    for (const [name, kind] of Object.entries(PICTURED)) await takeAll(folder, name, THEMES[kind], server.url);
  } finally {
    await server.stop();
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}

const SUBJECTS: Readonly<Record<string, (workbench: Workbench) => Promise<void>>> = {
  async sidebar(workbench) {
    const sidebar = workbench.webview();
    await sidebar.getByRole('textbox', { name: 'Task' }).fill(TASK);
    await sidebar.getByText(/of 32,000 tokens/).waitFor();
    await sidebar.getByRole('button', { name: /^Send · / }).waitFor();
  },
  async asking(workbench) {
    const sidebar = workbench.webview();
    const task = sidebar.getByRole('textbox', { name: 'Task' });
    if ((await task.inputValue()) !== TASK) await task.fill(TASK);
    await sidebar.getByRole('button', { name: /^Send · / }).waitFor();
    await task.press('Control+Enter');
    await sidebar.getByRole('button', { name: 'Show in Requests' }).click();
    await workbench.treeRows('Requests').filter({ hasText: TASK }).waitFor();
    for (const view of ['Context Files', 'Dependencies']) await workbench.page.locator('.pane-header', { hasText: view }).click();
    await sidebar.getByRole('button', { name: 'Show in Requests' }).scrollIntoViewIfNeeded();
  },
  async proposal(workbench) {
    const sidebar = workbench.webview();
    const task = sidebar.getByRole('textbox', { name: 'Task' });
    if ((await task.inputValue()) !== TASK) await task.fill(TASK);
    await sidebar.getByRole('checkbox', { name: 'May propose changes' }).check();
    await sidebar.getByRole('button', { name: /^Send · / }).waitFor();
    await task.press('Control+Enter');
    await workbench.treeRows('Proposal').filter({ hasText: 'recent-counts.ts' }).first().waitFor();
    await workbench
      .treeRows('Proposal')
      .filter({ hasText: /comes|gone/ })
      .first()
      .waitFor();
    for (const view of ['Context Files', 'Dependencies']) await workbench.page.locator('.pane-header', { hasText: view }).click();
    await sidebar.getByRole('button', { name: 'Apply' }).scrollIntoViewIfNeeded();
  },
  async trees(workbench) {
    await workbench.runCommand('Longview: Focus on Context Files View');
    await workbench.treeRows('Context Files').nth(3).waitFor();
    await workbench.runCommand('Longview: Focus on Dependencies View');
    await workbench.treeRows('Dependencies').nth(1).waitFor();
  },
  async findings(workbench) {
    for (const view of ['Context', 'Context Files', 'Dependencies']) await fold(workbench, view);
    await workbench.runCommand('Longview: Focus on Findings View');
    await workbench.treeRows('Findings').nth(1).waitFor({ timeout: 60_000 });
    await workbench.treeRows('Findings').nth(1).click();
    await workbench.page.keyboard.press('ArrowRight');
    await workbench.page.waitForTimeout(1000);
  },
  async actions(workbench) {
    await workbench.runCommand('Longview: Run Action…');
    await workbench.quickPick.getByRole('option').nth(3).waitFor({ timeout: 60_000 });
  },
  async graph(workbench) {
    await workbench.page.keyboard.press('Escape');
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

/** Folds a view of the sidebar that is open. */
async function fold({ page }: Workbench, view: string): Promise<void> {
  const header = page.locator('.pane-header.expanded').filter({ has: page.getByText(view, { exact: true }) });
  if ((await header.count()) > 0) await header.first().click();
}

/** In one theme, each subject or those that the command line names. */
async function takeAll(folder: string, name: string, theme: string, server: string): Promise<void> {
  const wanted = process.argv.slice(2);
  const vscode = await startVSCode({
    open: folder,
    extension: resolve('.'),
    settings: { ...SETTINGS, 'workbench.colorTheme': theme, 'longview.endpoints': { anthropic: { baseUrl: server } } },
    env: { ANTHROPIC_API_KEY: 'none-is-needed-here' },
  });
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
