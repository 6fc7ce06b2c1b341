/** Asking a model: the service, its documents and its commands. */
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Ledger } from '../../money/ledger/ledger.js';
import { forgetWorkspace } from '../commands/forget.js';
import { exportRequests } from '../history/export.js';
import { HistoryView } from '../history/history-view.js';
import { registerKeyCommands } from '../keys/key-commands.js';
import { Keys } from '../keys/keys.js';
import { chooseOffered } from '../models/offered-models.js';
import { Routes } from '../models/routes.js';
import type { Services } from '../services.js';
import { AllowedFiles } from './allowed-files.js';
import type { Answer } from './answer.js';
import { AnswerDocuments } from './answer-documents.js';
import { Answers } from './answers.js';
import { Asking } from './asking.js';
import { OngoingSession } from './ongoing-session.js';
import { Requests } from './requests.js';

export interface RegisteredRequests extends vscode.Disposable {
  readonly requests: Requests;
  readonly answers: Answers;
  readonly asking: Asking;
}

export function registerRequests(services: Services, ledger: Ledger, context: vscode.ExtensionContext): RegisteredRequests {
  const { secrets, workspaceState, globalStorageUri } = context;
  const keys = new Keys(secrets, process.env);
  const allowed = new AllowedFiles(workspaceState);
  const answers = new Answers(join(globalStorageUri.fsPath, 'answers'), services.log);
  const asking = new Asking(services, keys, ledger, allowed);
  const routes = new Routes(services.quotes, keys, ledger);
  const ongoing = new OngoingSession(services, workspaceState);
  const requests = new Requests(services, asking, routes, answers, workspaceState, ongoing);
  const documents = new AnswerDocuments(answers, asking.restoreShown);
  const history = new HistoryView(ledger, answers, requests, services.cost);
  const withAnswer = async (then: (answer: Answer) => unknown): Promise<void> => {
    await requests.wake();
    if (requests.answer) await then(requests.answer);
    else void vscode.window.showInformationMessage('No model has been asked in this workspace yet.');
  };
  const commands: Readonly<Record<string, (asked?: unknown) => unknown>> = {
    send: () => requests.send(),
    newSession: () => requests.newSession(),
    stopAnswer: () => requests.stop(),
    continueAnswer: () => requests.goOn(),
    retryAnswer: () => withAnswer(() => requests.retry()),
    copyAnswer: () => withAnswer(({ text }) => vscode.env.clipboard.writeText(asking.restoreShown(text))),
    openAnswer: () => withAnswer((answer) => documents.open(answer)),
    previewAnswer: () => withAnswer((answer) => documents.open(answer, { preview: true })),
    chooseOffered: () => chooseOffered(keys),
    allowedFiles: () => allowed.review(),
    forgetWorkspace: () => forgetWorkspace({ services, requests, answers, ledger: ledger.folder, memento: workspaceState }),
    openRequest: async (row) => {
      const answer = await answers.find(idOf(row));
      if (answer) await documents.open(answer);
      else void vscode.window.showInformationMessage('The answer to this request is not kept here.');
    },
    showRequest: (row) => history.reveal(idOf(row)),
    exportRequests: (to) => exportRequests(ledger.folder, to instanceof vscode.Uri ? to : undefined),
  };
  // Enablement in package.json asks for them; a token more of an answer is nothing new to it.
  let told = '';
  const tell = (): void => {
    const { phase, canGoOn } = requests;
    if (told === `${phase} ${canGoOn}`) return;
    told = `${phase} ${canGoOn}`;
    void vscode.commands.executeCommand('setContext', 'longview.request', phase);
    void vscode.commands.executeCommand('setContext', 'longview.canContinue', canGoOn);
  };
  const all = vscode.Disposable.from(
    ongoing,
    requests,
    documents,
    answers,
    history,
    requests.onDidBegin((answer) => documents.open(answer)),
    requests.onDidChange(tell),
    registerKeyCommands(keys),
    ...Object.entries(commands).map(([name, run]) => vscode.commands.registerCommand(`longview.${name}`, run)),
  );
  return { requests, answers, asking, dispose: () => all.dispose() };
}

/** Of a row of the view Requests, or the id itself. */
function idOf(asked: unknown): string {
  if (typeof asked === 'string') return asked;
  return typeof asked === 'object' && asked !== null && 'id' in asked ? String(asked.id) : '';
}
