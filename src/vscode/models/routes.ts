/** Who could be asked about the context that is shown, and why: for the sidebar's table, and for the setting "auto". What that takes is loaded with the first route. */
import { dataFolder } from '../../base/user-folders.js';
import type { SentPack } from '../../engine/protocol.js';
import type { Model } from '../../models/catalogue.js';
import { HealthFile, healthFile } from '../../models/health/health-file.js';
import { PREFERENCES } from '../../models/router/score.js';
import { readTiers, TASK_TIERS } from '../../models/router/tiers.js';
import { readBudgets } from '../../money/budgets.js';
import type { Ledger } from '../../money/ledger/ledger.js';
import { localDay, systemZone } from '../../money/local-day.js';
import { cacheableShare, FRAME_TOKENS, questionOf } from '../../question.js';
import type { RouteTable } from '../../route-table.js';
import type { Offer } from '../../routing.js';
import type { SessionTurn } from '../../session-turn.js';
import { readEndpointSetting } from '../endpoints.js';
import type { Keys } from '../keys/keys.js';
import { nameOf, type PriceQuotes } from '../price-quotes.js';
import { AUTO, readSettings } from '../settings.js';

export interface Routed {
  readonly table: RouteTable;
  /** The chosen one, then those that are asked in this order if it cannot answer. */
  readonly offers: readonly Offer[];
}

export interface RouteAccount {
  readonly session: string;
  readonly workspace: string;
  /** "provider/model" that this session has asked so far. */
  readonly current: string | undefined;
  /** The session's next turn with that model. */
  readonly turn?: SessionTurn | undefined;
}

export class Routes {
  /** How endpoints have answered lately, shared with all windows and the command line. */
  readonly #health = new HealthFile(healthFile(process.env));

  constructor(
    private readonly quotes: PriceQuotes,
    private readonly keys: Keys,
    private readonly ledger: Ledger,
  ) {}

  /** A key was set or removed, here or in another window. */
  get onDidChangeKeys() {
    return this.keys.onDidChange;
  }

  /**
   * Nothing is asked or sent. Throws where a setting has a mistake, and a LedgerError.
   * @param task as it was packed.
   */
  async of(pack: SentPack, task: string, { session, workspace, current, turn }: RouteAccount): Promise<Routed> {
    const { model, maxAnswer, expectedAnswer, autoPrefer, localOnly, budgets: setting } = readSettings();
    const budgets = readBudgets(setting);
    if (budgets.kind === 'invalid') throw mistake('budgets', budgets.problems);
    const named = model === AUTO || model === '' ? [] : [model];
    const offers = await this.#offers(named);
    const { routeRequest, routeTable, machineKey } = await import('../requests/sending.js');
    const at = new Date();
    const prompt = turn?.request ?? questionOf(pack, task, { provider: 'any', id: 'any', maxOutput: maxAnswer }, workspace);
    const alone = { o200k: pack.tokens + FRAME_TOKENS, cacheable: cacheableShare(pack, task), forecast: undefined };
    const { forecast, ...measured } = turn?.measure() ?? alone;
    const found = await routeRequest(
      prompt,
      offers,
      {
        tier: TASK_TIERS.question,
        capabilities: [],
        expectedOutput: turn?.expectedOutput ?? expectedAnswer,
        preference: PREFERENCES.find((p) => p === autoPrefer) ?? 'balanced',
        allowUnpriced: false,
        named,
        current,
        at,
      },
      {
        prices: await this.quotes.table(),
        // Files that are credentials are the user's to drop or to allow, when the request is sent.
        policy: { localOnly, allowed: new Set(prompt.files) },
        budgets: budgets.budgets,
        account: { session, workspace, day: localDay(at, systemZone()) },
        tally: (key) => this.ledger.tally(key),
        health: await this.#health.read(),
        secret: await machineKey(dataFolder(process.env)),
        measured,
        // The others would have to read all of it.
        forecast: (model) => (nameOf(model) === current ? forecast : undefined),
      },
    );
    const judged = routeTable(found, at.getTime());
    // Those of VS Code have no endpoint, and no price to be compared by.
    const apart = named.find((name) => !offers.some((o) => nameOf(o.model) === name));
    const table = apart === undefined ? judged : { ...judged, why: `${apart}: you named it. It is not compared with others.` };
    const order = [...(found.chosen ? [found.chosen] : []), ...found.fallbacks].map(({ candidate }) => candidate.name);
    return { table, offers: order.flatMap((name) => offers.find((o) => nameOf(o.model) === name) ?? []) };
  }

  /** Models that a key is set for, and those that the user named. */
  async #offers(named: readonly string[]): Promise<readonly Offer[]> {
    const { autoModels, autoTiers } = readSettings();
    const endpoints = readEndpointSetting();
    if (endpoints.kind === 'invalid') throw mistake('endpoints', endpoints.problems);
    const tiers = readTiers(autoTiers);
    if (tiers.kind === 'invalid') throw mistake('auto.tiers', tiers.problems);
    const keyed = await Promise.all(
      endpoints.endpoints.map(async (endpoint) => ({ endpoint, key: (await this.keys.find(endpoint))?.key })),
    );
    const offer = (model: Model, chosenByUser: boolean): readonly Offer[] => {
      const found = keyed.find(({ endpoint }) => endpoint.id === model.provider);
      if (!found || (!chosenByUser && found.key === undefined)) return [];
      const own = tiers.tiers.get(nameOf(model));
      return [{ ...found, model: own ? { ...model, tier: { level: own, source: 'you' } } : model, chosenByUser }];
    };
    const wanted = [...new Set([...named, ...autoModels])];
    const chosen = await Promise.all(wanted.map((name) => this.quotes.find(name)));
    return [
      ...chosen.flatMap((model) => (model ? offer(model, true) : [])),
      ...(await this.quotes.catalogue()).flatMap((model) => (wanted.includes(nameOf(model)) ? [] : offer(model, false))),
    ];
  }
}

function mistake(setting: string, problems: readonly string[]): Error {
  return new Error(`The setting longview.${setting} has a mistake: ${problems[0]}.`);
}
