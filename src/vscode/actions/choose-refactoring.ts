/** Longview: Refactor… asks what for: a principle, or something in the user's own words; what needs no model is offered too. */
import * as vscode from 'vscode';
import type { ActionList, ListedAction } from '../../actions/action.js';
import { isRefactoring } from './action-commands.js';
import { editorWays } from './language-services.js';

/** Undefined where the user gave up, or the editor does it. */
export async function chooseRefactoring({ actions }: ActionList): Promise<ListedAction | undefined> {
  const separator = (label: string) => ({ label, kind: vscode.QuickPickItemKind.Separator, detail: '', description: '' });
  const models = actions
    .filter((a) => a.from === undefined && isRefactoring(a.id))
    .map((action) => ({
      label: action.title.replace(/^Refactor Toward /, '').replace(/^Refactor…$/, 'In Your Own Words…'),
      description: '',
      detail: action.summary,
      action,
    }));
  const own = (await editorWays()).map((way) => ({ label: way.label, description: way.description, detail: '', way }));
  const picked = await vscode.window.showQuickPick(
    [
      separator('with a model, after you have seen context and price'),
      ...models,
      ...(own.length > 0 ? [separator('without one'), ...own] : []),
    ],
    { title: 'Refactor', placeHolder: 'Toward what?', matchOnDetail: true },
  );
  if (!picked) return undefined;
  if ('way' in picked) await picked.way.run();
  return 'action' in picked ? picked.action : undefined;
}
