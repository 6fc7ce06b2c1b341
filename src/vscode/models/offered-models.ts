/** Longview: Choose Model of a Server… lists what an endpoint offers now, or what runs on this machine: asked only on this wish. */
import * as vscode from 'vscode';
import { formatCount } from '../../base/count.js';
import type { OfferedModel } from '../../models/provider.js';
import { type Endpoint, isLocal, needsKey } from '../../models/providers/presets.js';
import { setModel } from '../commands/choose.js';
import { withCancel } from '../commands/with-cancel.js';
import { userEndpoints } from '../endpoints.js';
import { type Keys, keyWords } from '../keys/keys.js';
import { readSettings } from '../settings.js';

interface Offer {
  readonly endpoint: Endpoint;
  readonly models: readonly OfferedModel[];
}

export async function chooseOffered(keys: Keys): Promise<void> {
  const endpoint = await chooseEndpoint(keys);
  if (endpoint === undefined) return;
  const offers = await withCancel(endpoint === 'here' ? 'looking for servers on this machine' : `asking ${endpoint.name}`, (signal) =>
    endpoint === 'here' ? localOffers(signal) : offersOf(endpoint, keys, signal),
  );
  if (!offers) return;
  const rows = offers.flatMap(({ endpoint: { id, name }, models }) =>
    models.map((model) => ({
      label: model.id,
      description: name,
      detail: model.window === undefined ? '' : `window of ${formatCount(model.window)} tokens`,
      model: `${id}/${model.id}`,
    })),
  );
  if (rows.length === 0) {
    void vscode.window.showInformationMessage(
      endpoint === 'here' ? 'No server with models answers on this machine.' : `${endpoint.name} offers no model.`,
    );
    return;
  }
  const picked = await vscode.window.showQuickPick(rows, { title: 'Models Offered Now', placeHolder: 'Model', matchOnDescription: true });
  if (picked) await setModel(picked.model);
}

async function chooseEndpoint(keys: Keys): Promise<Endpoint | 'here' | undefined> {
  const { localOnly } = readSettings();
  const endpoints = userEndpoints().filter((e) => !localOnly || isLocal(e));
  const rows = await Promise.all(
    endpoints.map(async (endpoint) => ({
      label: endpoint.name,
      description: keyWords(endpoint, await keys.find(endpoint)),
      endpoint,
    })),
  );
  const here = {
    label: '$(search) Servers on This Machine',
    description: 'looks at the ports that local servers are known by',
    endpoint: 'here',
  } as const;
  return (await vscode.window.showQuickPick([here, ...rows], { title: 'Choose Model of a Server', placeHolder: 'Server' }))?.endpoint;
}

async function localOffers(signal: AbortSignal): Promise<readonly Offer[]> {
  const { findLocalServers } = await import('../../models/providers/local-servers.js');
  return await findLocalServers(signal, userEndpoints());
}

async function offersOf(endpoint: Endpoint, keys: Keys, signal: AbortSignal): Promise<readonly Offer[]> {
  const found = await keys.find(endpoint);
  if (needsKey(endpoint) && !found) throw new Error(`${endpoint.name} needs a key. Set one first.`);
  const { openProvider } = await import('../../models/providers/open-provider.js');
  return [{ endpoint, models: await openProvider(endpoint, found?.key).listModels(signal) }];
}
