/**
 * Entry of the VS Code extension: what every window has from its start, which is the status bar item. All else is
 * a bundle of its own that the first view, command or setting loads. activate() does no I/O.
 */
import * as vscode from 'vscode';
import { ledgerFolder } from './money/ledger/folder.js';
import { Ledger } from './money/ledger/ledger.js';
import { registerSelectionLightbulb } from './vscode/actions/selection-lightbulb.js';
import type { Longview } from './vscode/longview.js';
import { registerPages, untilOpened } from './vscode/on-demand.js';
import { ANSWER_SCHEME } from './vscode/requests/answer-files.js';
import { inertFor, type MarkdownIt } from './vscode/requests/answer-preview.js';
import { StatusItem } from './vscode/status-bar.js';
import { TodaysCost } from './vscode/todays-cost.js';

/** What other extensions and tests may use. */
export interface LongviewApi {
  /** All of Longview in this window; loads it if nothing has yet. */
  open(): Promise<Longview>;
  /** Called by VS Code's Markdown preview. */
  extendMarkdownIt<Md extends MarkdownIt>(md: Md): Md;
}

let opened: Promise<Longview> | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<LongviewApi> {
  const log = vscode.window.createOutputChannel('Longview', { log: true });
  const ledger = new Ledger(ledgerFolder(process.env));
  const cost = new TodaysCost(ledger, log);
  const status = new StatusItem(cost);
  const open = (): Promise<Longview> => {
    opened ??= import('./vscode/longview.js').then(({ openLongview }) => {
      waiting.dispose();
      return openLongview(context, { log, ledger, cost, status });
    });
    return opened;
  };
  const waiting = untilOpened(context.extension.packageJSON, open);
  context.subscriptions.push(log, cost, status, registerSelectionLightbulb(), registerPages(open), waiting);
  // After activation: reading the ledger must not hold up a window that opens.
  setImmediate(() => void cost.refresh());
  if (waiting.isWanted()) await open();
  return { open, extendMarkdownIt: (md) => inertFor(ANSWER_SCHEME, md) };
}

/** Waits until what a model has answered is on disk. */
export async function deactivate(): Promise<void> {
  await (await opened)?.answers.saved();
}
