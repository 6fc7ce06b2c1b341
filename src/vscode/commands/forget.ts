/** Forgetting a workspace: what goes is shown, and the user agrees first. */
import * as vscode from 'vscode';
import type { KeptPlace } from '../../kept.js';
import { workspaceId } from '../../workspace/id.js';
import type { Answers } from '../requests/answers.js';
import type { Requests } from '../requests/requests.js';
import type { Services } from '../services.js';
import { foldersOnDisk } from '../workspace-index.js';

export interface Forgotten {
  readonly services: Pick<Services, 'index' | 'pack' | 'log'>;
  readonly requests: Requests;
  readonly answers: Answers;
  /** Of the ledger. */
  readonly ledger: string;
  readonly memento: vscode.Memento;
}

/** Indexing is paused then: this window keeps nothing anew before the user resumes it. */
export async function forgetWorkspace({ services, requests, answers, ledger, memento }: Forgotten): Promise<void> {
  const { index, pack, log } = services;
  if (requests.phase !== 'idle')
    return void vscode.window.showInformationMessage('Wait for the answer, or stop it, before you forget the workspace.');
  const [{ dataOf, describeKept, forgetKept, measureKept, STAYS }, { readHistory }] = await Promise.all([
    import('../../kept.js'),
    import('../../money/ledger/reader.js'),
  ]);
  const folders = index.last?.roots ?? foldersOnDisk().map((folder) => ({ folder }));
  if (folders.length === 0) return void vscode.window.showInformationMessage('There is no folder open of which anything could be kept.');
  const workspace = workspaceId(folders);
  const { entries } = await readHistory(ledger);
  const asked = new Set(entries.filter((e) => e.workspace === workspace).map((e) => e.request));
  const stored: readonly KeptPlace[] = [
    { what: 'the stored index', paths: index.store === undefined ? [] : [index.store] },
    { what: 'answers of models', paths: await answers.filesOf(asked) },
    ...dataOf(workspace, process.env),
  ];
  const kept = await measureKept(stored);
  const detail = [...kept.map(describeKept), 'what is chosen in this window: task, pins, drops, sorting, allowed files', '', STAYS];
  const agreed = await vscode.window.showWarningMessage(
    'Forget this workspace? Nothing brings back what goes.',
    { modal: true, detail: detail.join('\n') },
    'Forget',
  );
  if (agreed !== 'Forget') return;
  try {
    await answers.forget(asked);
    requests.newSession(true);
    await index.forget();
    pack.choose({ task: '', pins: {}, drops: [], focus: { kind: 'editor' } });
    await forgetKept(stored);
    for (const key of memento.keys()) await memento.update(key, undefined);
    log.info('forgotten on request: what was kept of this workspace');
    void vscode.window.showInformationMessage(
      'Longview has forgotten this workspace. It reads and keeps nothing of it until you resume indexing.',
    );
  } catch (error) {
    void vscode.window.showErrorMessage(
      `Not all of it could be deleted (${error instanceof Error ? error.message : String(error)}). Try it again.`,
    );
  }
}
