/** The commands of actions: in the palette, the menus of editor, explorer and trees, source control, and the lightbulb. */
import * as vscode from 'vscode';
import type { ListedAction } from '../../actions/action.js';
import { askWithProgress } from '../commands/asking.js';
import type { RegisteredProposals } from '../proposals/register.js';
import type { RegisteredRequests } from '../requests/register.js';
import type { Services } from '../services.js';
import { ACTION_COMMANDS } from './action-commands.js';
import { chooseAction } from './choose-action.js';
import { chooseRefactoring } from './choose-refactoring.js';
import { offerCommitMessages } from './commit-box.js';
import { offerLanguageService } from './language-services.js';
import { organizeImports } from './organize-imports.js';
import { placeOf } from './place.js';
import { ActionStarter, type AskedAction } from './start-action.js';

export function registerActions(
  services: Services,
  { requests, asking, proposals }: Omit<RegisteredRequests & RegisteredProposals, 'dispose'>,
): vscode.Disposable {
  const { index, pack } = services;
  const starter = new ActionStarter(services, asking.allowed);

  /** Undefined where there is no index, after saying so. */
  const list = () => askWithProgress(index, 'looking for actions', 'actions', undefined);

  async function run(id: string, asked: unknown, all: unknown): Promise<void> {
    const action = (await list())?.actions.find((a) => a.id === id);
    if (action) await begin(action, asked, all);
  }

  async function begin(action: ListedAction, asked: unknown, all: unknown): Promise<void> {
    const place = await placeOf(index, asked, all);
    const isEditors = !place.pointedAt && place.lines !== undefined;
    if (isEditors && (await offerLanguageService(action)) === 'done') return;
    await starter.start(action, place);
  }

  /** With the id of an action in its argument, as a keybinding gives it, nothing is asked that is said already. */
  async function runAny(asked: unknown, all: unknown): Promise<void> {
    const given = isAskedAction(asked) ? asked : undefined;
    const actions = await list();
    if (!actions) return;
    const place = await placeOf(index, given ? undefined : asked, all);
    if (given?.action === undefined) {
      const chosen = await chooseAction(index, actions, place);
      if (chosen) await starter.start(chosen, place, given);
      return;
    }
    const action = actions.actions.find((a) => a.id === given.action);
    if (action) return await starter.start(action, place, given);
    void vscode.window.showErrorMessage(
      [`There is no action “${given.action}”. Longview: Run Action… lists them.`, ...actions.problems].join(' '),
    );
  }

  async function refactor(asked: unknown, all: unknown): Promise<void> {
    const actions = await list();
    const chosen = actions && (await chooseRefactoring(actions));
    if (chosen) await starter.start(chosen, await placeOf(index, asked, all));
  }

  const commands: Readonly<Record<string, (asked: unknown, all: unknown) => unknown>> = {
    runAction: runAny,
    refactor,
    organizeImports: () => organizeImports(index, proposals.journal),
    ...Object.fromEntries(
      Object.entries(ACTION_COMMANDS).map(([name, id]) => [name, (asked: unknown, all: unknown) => run(id, asked, all)]),
    ),
  };
  return vscode.Disposable.from(
    offerCommitMessages(pack, requests, asking.restoreShown),
    ...Object.entries(commands).map(([name, then]) => vscode.commands.registerCommand(`longview.${name}`, then)),
  );
}

function isAskedAction(asked: unknown): asked is AskedAction {
  return typeof asked === 'object' && asked !== null && !(asked instanceof vscode.Uri) && ('action' in asked || 'target' in asked);
}
