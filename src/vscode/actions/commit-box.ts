/** A commit message that a model wrote goes into git's input box when the user says so. */
import * as vscode from 'vscode';
import type { CurrentPack } from '../current-pack.js';
import type { Answer } from '../requests/answer.js';
import type { Requests } from '../requests/requests.js';

const ACTION = 'commit-message';

/** What is used of the git extension's API, version 1. */
interface GitApi {
  readonly repositories: readonly GitRepository[];
}
interface GitRepository {
  readonly rootUri: vscode.Uri;
  readonly inputBox: { value: string };
  readonly ui: { readonly selected: boolean };
}

/** Offers each message once it is whole. */
export function offerCommitMessages(pack: CurrentPack, requests: Requests, restore: (text: string) => string): vscode.Disposable {
  const messages = new Set<string>();
  return vscode.Disposable.from(
    requests.onDidBegin(({ id }) => pack.choice.ask.action === ACTION && messages.add(id)),
    requests.onDidEnd((answer) => {
      if (messages.delete(answer.id) && answer.state === 'complete') void offer(answer, restore);
    }),
  );
}

async function offer({ text }: Answer, restore: (text: string) => string): Promise<void> {
  const message = messageOf(restore(text));
  const use = 'Use It';
  const copy = 'Copy';
  const [subject = ''] = message.split('\n', 1);
  const answer = await vscode.window.showInformationMessage(`The commit message is written: ${subject}`, use, copy);
  if (answer === copy) await vscode.env.clipboard.writeText(message);
  if (answer === use) await putIntoBox(message);
}

/** The answer without a fence around it, which some models write all the same. */
function messageOf(text: string): string {
  const trimmed = text.trim();
  const [fence] = /^`{3,}/.exec(trimmed) ?? [];
  if (fence === undefined || !trimmed.endsWith(`\n${fence}`)) return trimmed;
  const inside = trimmed.slice(trimmed.indexOf('\n'), -fence.length).trim();
  return inside === '' ? trimmed : inside;
}

/** Into the box of the repository that is selected, else of the first of this workspace; without git's extension it is copied. */
async function putIntoBox(message: string): Promise<void> {
  const repositories = (await gitApi())?.repositories ?? [];
  const repository =
    repositories.find((r) => r.ui.selected) ??
    repositories.find((r) => vscode.workspace.getWorkspaceFolder(r.rootUri) !== undefined) ??
    repositories[0];
  if (repository) {
    repository.inputBox.value = message;
    await vscode.commands.executeCommand('workbench.view.scm');
    return;
  }
  await vscode.env.clipboard.writeText(message);
  void vscode.window.showInformationMessage('There is no git repository in the Source Control view: the commit message was copied.');
}

async function gitApi(): Promise<GitApi | undefined> {
  const extension = vscode.extensions.getExtension<{ readonly enabled: boolean; getAPI(version: 1): GitApi }>('vscode.git');
  const git = await extension?.activate();
  return git?.enabled ? git.getAPI(1) : undefined;
}
