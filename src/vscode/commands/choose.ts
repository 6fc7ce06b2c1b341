/** The palette's way to choose task, budget, model and focus: everything the sidebar's page does, by keyboard alone. */

import * as vscode from 'vscode';
import { formatCount } from '../../base/count.js';
import { MAX_BUDGET, MIN_BUDGET } from '../../context/budget.js';
import { formatUsd } from '../../money/micro-usd.js';
import { readTokens } from '../../webview/sidebar/words.js';
import { BUDGET_PRESETS } from '../budget-presets.js';
import type { CurrentPack } from '../current-pack.js';
import type { EditorModels } from '../models/editor-models.js';
import { nameOf, type PriceQuotes } from '../price-quotes.js';
import { AUTO, readSettings } from '../settings.js';

/** What a keybinding or another extension may give instead of being asked. */
export interface AskedPack {
  readonly task?: string;
  /** o200k tokens. */
  readonly budget?: number;
}

/** Longview: Pack Context for a Task… asks for task and budget, then opens the finished text. */
export async function packContextCommand(pack: CurrentPack, asked: AskedPack = {}): Promise<void> {
  const task = asked.task ?? (await askTask(pack.choice.task, 'Pack Context (1/2)'));
  if (task === undefined) return;
  const budget = asked.budget ?? (await askBudget(pack.choice.budget, 'Pack Context (2/2)'));
  if (budget === undefined) return;
  pack.choose({ task, budget });
  await vscode.commands.executeCommand('longview.openContext');
}

export async function setTask(pack: CurrentPack): Promise<void> {
  const task = await askTask(pack.choice.task, 'Task');
  if (task !== undefined) pack.choose({ task });
}

export async function setBudget(pack: CurrentPack): Promise<void> {
  const budget = await askBudget(pack.choice.budget, 'Token Budget');
  if (budget !== undefined) pack.choose({ budget });
}

/** Longview: Choose Model… lists every model with what the pack would cost there. */
export async function chooseModel(pack: CurrentPack, quotes: PriceQuotes, editor: EditorModels): Promise<void> {
  await editor.wake();
  const tokens = pack.pack?.tokens ?? pack.choice.budget;
  const chosen = readSettings().model;
  const rows = await quotes.quote(tokens);
  const picked = await vscode.window.showQuickPick(
    [
      { ...AUTOMATIC, description: chosen === AUTO ? `${AUTOMATIC.description} (chosen)` : AUTOMATIC.description },
      ...rows.map(({ model, cost, fits }) => ({
        label: model.name,
        description: `${model.provider}${nameOf(model) === chosen ? ' (chosen)' : ''}`,
        detail: `${cost.kind === 'known' ? `${formatUsd(cost.warm.low)} warm to ${formatUsd(cost.cold.high)} cold` : `price unknown: ${cost.reason}`}${fits === 'no' ? ', does not fit' : ''}`,
        id: nameOf(model),
      })),
      SERVER,
    ],
    { title: `A prompt of ${formatCount(tokens)} tokens`, placeHolder: 'Model', matchOnDescription: true },
  );
  if (picked?.id === SERVER.id) await vscode.commands.executeCommand('longview.chooseOffered');
  else if (picked) await setModel(picked.id);
}

const AUTOMATIC = {
  label: '$(wand) Automatic',
  description: 'the best by cost and time of those that a key is set for',
  detail: '',
  id: AUTO,
};

const SERVER = {
  label: '$(server) Model of a Server…',
  description: 'what it offers now, or what runs on this machine',
  detail: '',
  id: '',
};

/** The choice of a model is a setting: of the workspace where it has one of its own, else of the user. */
export async function setModel(id: string): Promise<void> {
  const settings = vscode.workspace.getConfiguration('longview');
  const ofWorkspace = settings.inspect('model')?.workspaceValue !== undefined;
  await settings.update('model', id, ofWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global);
}

function askTask(value: string, title: string): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title,
    value,
    prompt: 'What is to be done? The files that matter to it are chosen by these words and by the open file.',
    placeHolder: 'Retry a failed upload once before giving up',
    ignoreFocusOut: true,
  });
}

async function askBudget(now: number, title: string): Promise<number | undefined> {
  const presets = BUDGET_PRESETS.map((tokens) => ({ label: `${formatCount(tokens)} tokens`, tokens }));
  const other = { label: 'Another number…', tokens: undefined };
  const picked = await vscode.window.showQuickPick([...presets, other], {
    title,
    placeHolder: `Token budget, now ${formatCount(now)}`,
  });
  if (!picked || picked.tokens !== undefined) return picked?.tokens;
  const typed = await vscode.window.showInputBox({
    title,
    value: String(now),
    prompt: `Tokens, ${formatCount(MIN_BUDGET)} to ${formatCount(MAX_BUDGET)}`,
    validateInput: (text) =>
      readBudget(text) === undefined ? `Write a number from ${MIN_BUDGET} to ${MAX_BUDGET}, such as 64000 or 64k.` : undefined,
  });
  return typed === undefined ? undefined : readBudget(typed);
}

/** As people write it, within the bounds of a budget. */
function readBudget(text: string): number | undefined {
  const tokens = readTokens(text);
  return tokens !== undefined && tokens >= MIN_BUDGET && tokens <= MAX_BUDGET ? tokens : undefined;
}
