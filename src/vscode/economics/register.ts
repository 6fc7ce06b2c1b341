/** Longview: Economics: what an accepted change has cost, as a document. */
import * as vscode from 'vscode';
import { whatIf } from '../../economics.js';
import { AcceptanceLog, acceptanceFolder } from '../../money/acceptance/log.js';
import type { Ledger } from '../../money/ledger/ledger.js';
import { asOf, readHistory } from '../../money/ledger/reader.js';
import type { Services } from '../services.js';
import { economicsText } from './economics-text.js';

const SCHEME = 'longview-economics';
const URI = vscode.Uri.from({ scheme: SCHEME, path: '/Economics.md' });

export function registerEconomics({ quotes, cost }: Services, ledger: Ledger): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const log = new AcceptanceLog(acceptanceFolder(process.env));
  const provideTextDocumentContent = async (): Promise<string> => {
    const [fates, { entries }, prices] = await Promise.all([log.read(), readHistory(ledger.folder), quotes.table()]);
    const now = asOf(entries, new Date());
    return economicsText(fates, now, (circumstances) => whatIf(now, { factor: 1, without: undefined, ...circumstances }, prices));
  };
  return vscode.Disposable.from(
    changed,
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, { onDidChange: changed.event, provideTextDocumentContent }),
    // Whenever somebody wrote to the ledger.
    cost.onDidChange(() => changed.fire(URI)),
    vscode.commands.registerCommand('longview.economics', async () => {
      changed.fire(URI);
      await vscode.commands.executeCommand('markdown.showPreview', URI).then(undefined, () => vscode.window.showTextDocument(URI));
    }),
  );
}
