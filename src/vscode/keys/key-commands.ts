/** Longview: Set API Key…, Test API Key…, Remove API Key…: for one provider each. */
import * as vscode from 'vscode';
import { formatCount } from '../../base/count.js';
import { type Endpoint, isLocal, needsKey } from '../../models/providers/presets.js';
import { userEndpoints } from '../endpoints.js';
import { readSettings } from '../settings.js';
import { type FoundKey, type Keys, keyWords, readKey } from './keys.js';

export function registerKeyCommands(keys: Keys): vscode.Disposable {
  const commands: Readonly<Record<string, (provider?: unknown) => Promise<void>>> = {
    setKey: (provider) => setKey(keys, provider),
    testKey: (provider) => testKey(keys, provider),
    removeKey: (provider) => removeKey(keys, provider),
  };
  return vscode.Disposable.from(...Object.entries(commands).map(([name, run]) => vscode.commands.registerCommand(`longview.${name}`, run)));
}

const TEST = 'Test It';

/** @param provider id of an endpoint, to be asked for no other. */
async function setKey(keys: Keys, provider: unknown): Promise<void> {
  const endpoint = await choose(keys, provider, 'Set API Key', (e) => e.keyVariable !== undefined);
  if (!endpoint) return;
  const typed = await vscode.window.showInputBox({
    title: `API Key for ${endpoint.name}`,
    prompt: `VS Code keeps it with its secrets. It is sent to ${new URL(endpoint.baseUrl).host} alone, and stands in no setting and no log.`,
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) => (text === '' || readKey(text) !== undefined ? undefined : 'A key is one word of letters, digits and signs.'),
  });
  const key = readKey(typed ?? '');
  if (key === undefined) return;
  await keys.store(endpoint, key);
  const chosen = await vscode.window.showInformationMessage(`The key for ${endpoint.name} is stored.`, TEST);
  if (chosen === TEST) await testKey(keys, endpoint.id);
}

/** Lists the endpoint's models: the cheapest question that needs a key. */
async function testKey(keys: Keys, provider: unknown): Promise<void> {
  const endpoint = await choose(keys, provider, 'Test API Key', () => true);
  if (!endpoint) return;
  if (readSettings().localOnly && !isLocal(endpoint)) {
    void vscode.window.showWarningMessage(`Local-only mode: ${endpoint.name} is not on this machine, so it was not asked.`);
    return;
  }
  const found = await keys.find(endpoint);
  if (needsKey(endpoint) && !found) {
    await offerKey(endpoint, `There is no key for ${endpoint.name}.`);
    return;
  }
  try {
    const models = await listModels(endpoint, found);
    if (!models) return;
    const accepted = found ? `accepts the ${found.source === 'stored' ? 'stored key' : `key from ${endpoint.keyVariable}`}` : 'answers';
    void vscode.window.showInformationMessage(`${endpoint.name} ${accepted}: ${formatCount(models)} ${models === 1 ? 'model' : 'models'}.`);
  } catch (error) {
    await offerKey(endpoint, error instanceof Error ? error.message : String(error));
  }
}

/** How many models it offers; undefined when the user cancelled. */
async function listModels(endpoint: Endpoint, found: FoundKey | undefined): Promise<number | undefined> {
  const { openProvider } = await import('../../models/providers/open-provider.js');
  return await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: `Longview: asking ${endpoint.name}`, cancellable: true },
    async (_, token) => {
      const abort = new AbortController();
      const listener = token.onCancellationRequested(() => abort.abort());
      try {
        return (await openProvider(endpoint, found?.key, TEST_TIMEOUT_MS).listModels(abort.signal)).length;
      } catch (error) {
        if (abort.signal.aborted) return undefined;
        throw error;
      } finally {
        listener.dispose();
      }
    },
  );
}

/** A list of models comes at once or not at all. */
const TEST_TIMEOUT_MS = 20_000;

async function offerKey(endpoint: Endpoint, message: string): Promise<void> {
  const set = 'Set API Key…';
  const chosen = await vscode.window.showErrorMessage(message, ...(endpoint.keyVariable === undefined ? [] : [set]));
  if (chosen === set) await vscode.commands.executeCommand('longview.setKey', endpoint.id);
}

async function removeKey(keys: Keys, provider: unknown): Promise<void> {
  const stored = new Set<string>();
  for (const endpoint of userEndpoints()) if ((await keys.find(endpoint))?.source === 'stored') stored.add(endpoint.id);
  if (stored.size === 0) {
    void vscode.window.showInformationMessage('Longview has stored no key. Those of the environment are not its own to remove.');
    return;
  }
  const endpoint = await choose(keys, provider, 'Remove API Key', (e) => stored.has(e.id));
  if (!endpoint) return;
  await keys.remove(endpoint);
  const still = (await keys.find(endpoint)) ? ` From now on the one in the environment variable ${endpoint.keyVariable} is used.` : '';
  void vscode.window.showInformationMessage(`The key for ${endpoint.name} is removed.${still}`);
}

/** The endpoint that is named, else one of those offered that the user picks; each with where its key is from. */
async function choose(keys: Keys, named: unknown, title: string, offered: (endpoint: Endpoint) => boolean): Promise<Endpoint | undefined> {
  const endpoints = userEndpoints().filter(offered);
  if (typeof named === 'string') return endpoints.find(({ id }) => id === named);
  const rows = endpoints.map(async (endpoint) => ({
    label: endpoint.name,
    description: keyWords(endpoint, await keys.find(endpoint)),
    detail: new URL(endpoint.baseUrl).host,
    endpoint,
  }));
  return (await vscode.window.showQuickPick(Promise.all(rows), { title, placeHolder: 'Provider', matchOnDescription: true }))?.endpoint;
}
