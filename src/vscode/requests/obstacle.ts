/** Why a request was not sent, each reason with what can be done about it on the spot. */
import * as vscode from 'vscode';
import type { Endpoint } from '../../models/providers/presets.js';
import { deniedClass } from '../../policy/file-classes.js';
import type { WorkspacePath } from '../../workspace/entry.js';
import type { CurrentPack, PackState } from '../current-pack.js';
import type { AllowedFiles } from './allowed-files.js';

export interface Fix {
  readonly label: string;
  run(): unknown;
}

export interface Obstacle {
  readonly message: string;
  readonly fixes: readonly Fix[];
}

/** A fix that is a command. */
function fixBy(label: string, command: string, ...args: readonly unknown[]): Fix {
  return { label, run: () => vscode.commands.executeCommand(command, ...args) };
}

export const CHOOSE_MODEL = fixBy('Choose Model…', 'longview.chooseModel');
export const openSetting = (id: string): Fix => fixBy('Open Settings', 'workbench.action.openSettings', `longview.${id}`);

/** What stands against sending anything, whatever the context is. */
export function generalObstacle(model: string): Obstacle | undefined {
  if (!vscode.workspace.isTrusted)
    return {
      message: 'Restricted Mode: nothing is sent from a workspace that is not trusted.',
      fixes: [fixBy('Manage Trust', 'workbench.trust.manage')],
    };
  return model === '' ? { message: 'No model is chosen.', fixes: [CHOOSE_MODEL] } : undefined;
}

export const SET_ANY_KEY = fixBy('Set API Key…', 'longview.setKey');
export const SET_KEY = ({ id }: Endpoint): Fix => fixBy('Set API Key…', 'longview.setKey', id);

export function noKey(endpoint: Endpoint): Obstacle {
  return { message: `${endpoint.name} needs a key.`, fixes: [SET_KEY(endpoint)] };
}

export const CHANGED: Obstacle = { message: 'The context or its price has changed. Look at the price again, then send.', fixes: [] };

/** Why there is nothing to send. */
export function whyNoPack(state: PackState): Obstacle {
  switch (state.kind) {
    case 'refused':
    case 'failed':
      return { message: state.message, fixes: [] };
    default:
      return { message: 'There is no task. Say what is to be done.', fixes: [fixBy('Set Task…', 'longview.setTask')] };
  }
}

/** Shows an obstacle to whoever does not see the sidebar. */
export async function tell({ message, fixes }: Obstacle): Promise<void> {
  const chosen = await vscode.window.showWarningMessage(`Longview: ${message}`, ...fixes.map(({ label }) => label));
  await fixes.find(({ label }) => label === chosen)?.run();
}

/** Files of the pack that are credentials by what they are, and that nobody let out. */
export function deniedFiles(files: readonly WorkspacePath[], allowed: AllowedFiles, pack: CurrentPack): readonly Obstacle[] {
  return files.flatMap((path): readonly Obstacle[] => {
    const denied = allowed.has(path) ? undefined : deniedClass(path);
    if (!denied) return [];
    return [
      {
        message: `${path} (${denied.name}) does not leave this machine.`,
        fixes: [
          { label: 'Drop It', run: () => pack.drop([path]) },
          { label: 'Allow It', run: () => allowed.add(path) },
        ],
      },
    ];
  });
}
