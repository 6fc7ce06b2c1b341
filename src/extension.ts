/** Entry of the VS Code extension: builds the services and hands them to the rooms of the editor. activate() does no I/O. */
import { join } from 'node:path';
import * as vscode from 'vscode';
import { registerCommands } from './vscode/commands/register.js';
import { CurrentPack } from './vscode/current-pack.js';
import { PriceQuotes } from './vscode/price-quotes.js';
import type { Services } from './vscode/services.js';
import { readSettings } from './vscode/settings.js';
import { registerSidebar } from './vscode/sidebar/sidebar-view.js';
import { NOTHING_SPENT, showStatus } from './vscode/status-bar.js';
import { WorkspaceIndex } from './vscode/workspace-index.js';

/** What other extensions and tests may use. */
export type LongviewApi = Pick<Services, 'index' | 'pack'>;

export function activate(context: vscode.ExtensionContext): LongviewApi {
  const assets = join(context.extensionPath, 'dist');
  const log = vscode.window.createOutputChannel('Longview', { log: true });
  const store = context.storageUri && vscode.Uri.joinPath(context.storageUri, 'index').fsPath;
  const index = new WorkspaceIndex(assets, store, log);
  const pack = new CurrentPack(index, context.workspaceState);
  const quotes = new PriceQuotes(assets, log);
  const services: Services = { extension: context.extensionUri, log, index, pack, quotes };
  context.subscriptions.push(
    log,
    index,
    pack,
    quotes,
    showStatus(index, pack, NOTHING_SPENT),
    registerCommands(services),
    registerSidebar(services),
  );
  if (readSettings().startWithWindow) index.wake();
  return { index, pack };
}
