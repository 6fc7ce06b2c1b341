/** Entry of the VS Code extension: builds the services and hands them to the rooms of the editor. activate() does no I/O. */
import { join } from 'node:path';
import * as vscode from 'vscode';
import { ledgerFolder } from './money/ledger/folder.js';
import { Ledger } from './money/ledger/ledger.js';
import { registerActions } from './vscode/actions/register.js';
import { registerCommands } from './vscode/commands/register.js';
import { CurrentPack } from './vscode/current-pack.js';
import { registerEconomics } from './vscode/economics/register.js';
import { type RegisteredFindings, registerFindings } from './vscode/findings/register.js';
import { registerGraph } from './vscode/graph/graph-panel.js';
import { showIndexProgress } from './vscode/index-progress.js';
import { EditorModels } from './vscode/models/editor-models.js';
import { PriceQuotes } from './vscode/price-quotes.js';
import { type RegisteredProposals, registerProposals } from './vscode/proposals/register.js';
import { ANSWER_SCHEME } from './vscode/requests/answer-documents.js';
import { inertFor, type MarkdownIt } from './vscode/requests/answer-preview.js';
import { type RegisteredRequests, registerRequests } from './vscode/requests/register.js';
import type { Services } from './vscode/services.js';
import { readSettings } from './vscode/settings.js';
import { registerSidebar } from './vscode/sidebar/sidebar-view.js';
import { showStatus } from './vscode/status-bar.js';
import { TodaysCost } from './vscode/todays-cost.js';
import { registerTrees, type Trees } from './vscode/trees/register.js';
import { WorkspaceIndex } from './vscode/workspace-index.js';

/** What other extensions and tests may use. */
export type LongviewApi = Pick<Services, 'index' | 'pack' | 'cost'> &
  Pick<RegisteredRequests, 'requests' | 'answers'> &
  Pick<RegisteredProposals, 'proposals'> &
  Pick<Trees, 'contextFiles' | 'dependencies'> &
  Pick<RegisteredFindings, 'findings' | 'findingsView'> & {
    /** Called by VS Code's Markdown preview. */
    extendMarkdownIt<Md extends MarkdownIt>(md: Md): Md;
  };

let asked: RegisteredRequests | undefined;

export function activate(context: vscode.ExtensionContext): LongviewApi {
  const assets = join(context.extensionPath, 'dist');
  const log = vscode.window.createOutputChannel('Longview', { log: true });
  const store = context.storageUri && vscode.Uri.joinPath(context.storageUri, 'index').fsPath;
  const index = new WorkspaceIndex(assets, store, log);
  const pack = new CurrentPack(index, context.workspaceState);
  const editorModels = new EditorModels();
  const ledger = new Ledger(ledgerFolder(process.env));
  const quotes = new PriceQuotes(assets, log, editorModels, ledger.folder);
  const cost = new TodaysCost(ledger, log);
  const services: Services = { extension: context.extensionUri, log, index, pack, quotes, cost, editorModels };
  asked = registerRequests(services, ledger, context);
  const proposed = registerProposals(asked, services, context.workspaceState);
  const trees = registerTrees(services, context.workspaceState);
  const found = registerFindings(services, context.workspaceState);
  context.subscriptions.push(
    log,
    index,
    pack,
    editorModels,
    quotes,
    cost,
    cost.onDidChange(() => quotes.calibrateAgain()),
    showStatus(index, pack, cost),
    showIndexProgress(index),
    registerCommands(services),
    registerActions(services, { ...asked, ...proposed }),
    asked,
    proposed,
    registerSidebar(services, asked.requests, proposed.proposals),
    registerGraph(services),
    registerEconomics(services, ledger),
    trees,
    found,
  );
  // After activation: reading the ledger must not hold up a window that opens.
  setImmediate(() => void cost.refresh());
  if (readSettings().startWithWindow) index.wake();
  return {
    index,
    pack,
    cost,
    requests: asked.requests,
    answers: asked.answers,
    proposals: proposed.proposals,
    contextFiles: trees.contextFiles,
    dependencies: trees.dependencies,
    extendMarkdownIt: (md) => inertFor(ANSWER_SCHEME, md),
    findings: found.findings,
    findingsView: found.findingsView,
  };
}

/** Waits until what a model has answered is on disk. */
export async function deactivate(): Promise<void> {
  await asked?.answers.saved();
}
