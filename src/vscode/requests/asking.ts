/** One request from question to receipt: everything that may stand against it first, then the stream. What that takes is loaded with the first one. */
import { dataFolder } from '../../base/user-folders.js';
import type { Model } from '../../models/catalogue.js';
import { HealthFile, healthFile } from '../../models/health/health-file.js';
import { placeOf } from '../../models/health/place.js';
import { type Endpoint, isLocal, needsKey } from '../../models/providers/presets.js';
import type { ModelRequest } from '../../models/request.js';
import { type Budgets, readBudgets } from '../../money/budgets.js';
import type { Ledger } from '../../money/ledger/ledger.js';
import type { Redaction } from '../../policy/redaction.js';
import type { OrderNames, Prepared, SendEvent } from '../../request.js';
import { readEndpointSetting } from '../endpoints.js';
import type { Keys } from '../keys/keys.js';
import type { Services } from '../services.js';
import { readSettings } from '../settings.js';
import type { AllowedFiles } from './allowed-files.js';
import { CHOOSE_MODEL, deniedFiles, noKey, type Obstacle, openSetting } from './obstacle.js';

export interface Question {
  readonly request: ModelRequest;
  readonly model: Model;
}

/** May be sent. */
export interface Ready {
  readonly kind: 'ready';
  readonly prepared: Prepared;
  readonly endpoint: Endpoint;
  readonly budgets: Budgets;
}

export type Readiness = Ready | { readonly kind: 'stopped'; readonly obstacles: readonly Obstacle[] };

export class Asking {
  #redaction: Redaction | undefined;
  /** How endpoints have answered lately, shared with all windows and the command line. */
  readonly #health = new HealthFile(healthFile(process.env));

  constructor(
    private readonly services: Services,
    private readonly keys: Keys,
    private readonly ledger: Ledger,
    readonly allowed: AllowedFiles,
  ) {}

  /** `text` with secrets in place of their placeholders, as far as this window took them out. */
  readonly restore = (text: string): string => this.#redaction?.restore(text) ?? text;

  /** Passes the gate and says what it will cost. Nothing leaves the machine. */
  async prepare({ request, model }: Question): Promise<Readiness> {
    const { expectedAnswer, localOnly, budgets: setting } = readSettings();
    const budgets = readBudgets(setting);
    if (budgets.kind === 'invalid') return stopped(budgets.problems.map((p) => mistake('budgets', p)));
    const endpoints = readEndpointSetting();
    if (endpoints.kind === 'invalid') return stopped(endpoints.problems.map((p) => mistake('endpoints', p)));
    const endpoint = endpoints.endpoints.find(({ id }) => id === model.provider);
    if (!endpoint)
      return stopped([{ message: `No address is known of the provider “${model.provider}”.`, fixes: [openSetting('endpoints')] }]);
    const local = isLocal(endpoint);
    const denied = local ? [] : deniedFiles(request.files, this.allowed, this.services.pack);
    if (denied.length > 0) return stopped(denied);

    const { prepareRequest, Redaction, machineKey } = await import('./sending.js');
    this.#redaction ??= new Redaction(await machineKey(dataFolder(process.env)));
    const prepared = await prepareRequest(
      { request, model, destination: { provider: endpoint.name, local }, expectedOutput: expectedAnswer },
      {
        policy: { localOnly, allowed: this.allowed.paths },
        redaction: this.#redaction,
        prices: await this.services.quotes.table(),
        at: new Date(),
      },
    );
    if (prepared.kind === 'denied') return stopped(prepared.reasons.map((message) => ({ message, fixes: [CHOOSE_MODEL] })));
    return { kind: 'ready', prepared, endpoint, budgets: budgets.budgets };
  }

  /** The answer as it comes; obstacles if it cannot even be asked. */
  async send(
    { prepared, endpoint, budgets }: Ready,
    names: OrderNames,
    signal: AbortSignal,
  ): Promise<AsyncGenerator<SendEvent> | Obstacle> {
    const found = await this.keys.find(endpoint);
    if (needsKey(endpoint) && !found) return noKey(endpoint);
    const [{ sendRequest, machineKey }, { openProvider }] = await Promise.all([
      import('./sending.js'),
      import('../../models/providers/open-provider.js'),
    ]);
    signal.throwIfAborted();
    // Who sends without a known price was asked.
    const allowUnpriced = prepared.quote.cost.kind === 'unknown';
    const place = placeOf(endpoint, prepared.cleared.model, found?.key, await machineKey(dataFolder(process.env)));
    const provider = openProvider(endpoint, found?.key);
    return sendRequest(prepared, { provider, ledger: this.ledger, budgets, allowUnpriced, names, place, health: this.#health }, signal);
  }
}

const stopped = (obstacles: readonly Obstacle[]): Readiness => ({ kind: 'stopped', obstacles });

const mistake = (setting: string, problem: string): Obstacle => ({
  message: `The setting longview.${setting} has a mistake: ${problem}.`,
  fixes: [openSetting(setting)],
});
