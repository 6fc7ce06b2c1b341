/** All of Longview in a window: builds the services and hands them to the rooms of the editor. A bundle of its own, loaded when it is first needed. */
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Ledger } from '../money/ledger/ledger.js';
import { registerActions } from './actions/register.js';
import { registerCommands } from './commands/register.js';
import { CurrentPack } from './current-pack.js';
import { registerEconomics } from './economics/register.js';
import { type RegisteredFindings, registerFindings } from './findings/register.js';
import { type GraphPanels, registerGraph } from './graph/graph-panel.js';
import { showIndexProgress } from './index-progress.js';
import { EditorModels } from './models/editor-models.js';
import { PriceQuotes } from './price-quotes.js';
import { type RegisteredProposals, registerProposals } from './proposals/register.js';
import { type RegisteredRequests, registerRequests } from './requests/register.js';
import type { Services } from './services.js';
import { readSettings } from './settings.js';
import { SidebarProvider } from './sidebar/sidebar-view.js';
import type { StatusItem } from './status-bar.js';
import { followStatus } from './status-words.js';
import type { TodaysCost } from './todays-cost.js';
import { registerTrees, type Trees } from './trees/register.js';
import { WorkspaceIndex } from './workspace-index.js';

/** What is there from the window's start. */
export interface FromTheStart {
  readonly log: vscode.LogOutputChannel;
  readonly ledger: Ledger;
  readonly cost: TodaysCost;
  readonly status: StatusItem;
}

export type Longview = Pick<Services, 'index' | 'pack' | 'cost'> &
  Pick<RegisteredRequests, 'requests' | 'answers'> &
  Pick<RegisteredProposals, 'proposals'> &
  Pick<Trees, 'contextFiles' | 'dependencies'> &
  Pick<RegisteredFindings, 'findings' | 'findingsView'> & {
    readonly sidebar: vscode.WebviewViewProvider;
    readonly graphPanels: GraphPanels;
  };

export function openLongview(context: vscode.ExtensionContext, { log, ledger, cost, status }: FromTheStart): Longview {
  const assets = join(context.extensionPath, 'dist');
  const store = context.storageUri && vscode.Uri.joinPath(context.storageUri, 'index').fsPath;
  const index = new WorkspaceIndex(assets, store, log);
  const pack = new CurrentPack(index, context.workspaceState);
  const editorModels = new EditorModels();
  const quotes = new PriceQuotes(assets, log, editorModels, ledger.folder);
  const services: Services = { extension: context.extensionUri, log, index, pack, quotes, cost, editorModels };
  const asked = registerRequests(services, ledger, context);
  const proposed = registerProposals(asked, services, context.workspaceState);
  const trees = registerTrees(services, context.workspaceState);
  const found = registerFindings(services, context.workspaceState);
  const sidebar = new SidebarProvider(services, asked.requests, proposed.proposals);
  const graphPanels = registerGraph(services);
  context.subscriptions.push(
    index,
    pack,
    editorModels,
    quotes,
    cost.onDidChange(() => quotes.calibrateAgain()),
    followStatus(status, index, pack),
    showIndexProgress(index),
    registerCommands(services),
    registerActions(services, { ...asked, ...proposed }),
    asked,
    proposed,
    sidebar,
    graphPanels,
    registerEconomics(services, ledger),
    trees,
    found,
  );
  if (readSettings().startWithWindow) index.wake();
  const { requests, answers } = asked;
  const { proposals } = proposed;
  const { contextFiles, dependencies } = trees;
  const { findings, findingsView } = found;
  return { index, pack, cost, requests, answers, proposals, contextFiles, dependencies, findings, findingsView, sidebar, graphPanels };
}
