/**
 * Finds the price of a model: the user's, else ours, else the bundled table's, else
 * unknown. Names match exactly; a near name is another model with another price.
 */
import { type KnownPrice, type PricePeriod, type PriceSource, periodAt, type Unknown } from './price.js';

/** One model of a price list. */
export interface PricedModel {
  /** Lower case. */
  readonly id: string;
  /** Other names that the list itself declares equal, lower case. */
  readonly aliases?: readonly string[] | undefined;
  /** Tokens of the context window, where the list tells. */
  readonly window?: number | undefined;
  /** Empty: listed without a price that can be applied. */
  readonly periods: readonly PricePeriod[];
  /** Where this entry is from, if not where the list is. */
  readonly source?: PriceSource | undefined;
}

export interface PriceList {
  readonly source: PriceSource;
  readonly providers: Readonly<Record<string, readonly PricedModel[]>>;
}

/** `id` of a model that stands for all models of its provider ("ollama/*"). */
const ALL_MODELS = '*';

export class PriceTable {
  readonly #lists: readonly ListIndex[];

  /** First list that knows a model wins. */
  constructor(lists: readonly PriceList[]) {
    this.#lists = lists.map((list) => new ListIndex(list));
  }

  /** The price of `model` as its provider calls it, at a time: prices change by date and by hour. */
  find(provider: string, model: string, at: Date): KnownPrice | Unknown {
    const id = plainName(provider, model);
    for (const list of this.#lists) {
      const found = list.find(provider, id);
      if (!found) continue;
      const source = found.model.source ?? list.source;
      const rates = periodAt(found.model.periods, at);
      if (!rates) return { kind: 'unknown', reason: `${source.name} lists ${provider}/${found.model.id} without a price for its tokens` };
      return { kind: 'known', model: `${provider}/${found.model.id}`, match: found.match, rates, source };
    }
    return { kind: 'unknown', reason: `no price for ${provider}/${id} in ${this.#lists.at(-1)?.source.name ?? 'any table'}` };
  }

  /** The context window in tokens that a price list states for a model. */
  windowOf(provider: string, model: string): number | undefined {
    const id = plainName(provider, model);
    return this.#lists.map((list) => list.find(provider, id)?.model.window).find((w) => w !== undefined);
  }
}

/** "anthropic/claude-opus-4-6[1m]" → "claude-opus-4-6": what routers and clients put around a name is not part of it. */
function plainName(provider: string, model: string): string {
  const name = model.toLowerCase().replace(/\[1m\]$/, '');
  // Bedrock's list has one price for all regional names of a model.
  if (provider === 'bedrock') return name.replace(/^(?:(?:us|us-gov|eu|apac|au|jp)\.)?(?=anthropic\.)/, 'regional.');
  return name.startsWith(`${provider}/`) ? name.slice(provider.length + 1) : name;
}

/** A snapshot's date or "-latest" at the end of a name. */
const DATED = /-(?:20\d{6}|20\d\d-\d\d-\d\d|latest)$/;

class ListIndex {
  readonly source: PriceSource;
  readonly #models = new Map<string, Map<string, PricedModel>>();

  constructor({ source, providers }: PriceList) {
    this.source = source;
    for (const [provider, models] of Object.entries(providers)) {
      const byName = new Map<string, PricedModel>();
      for (const model of models) byName.set(model.id, model);
      for (const model of models) for (const alias of model.aliases ?? []) if (!byName.has(alias)) byName.set(alias, model);
      this.#models.set(provider, byName);
    }
  }

  find(provider: string, id: string): { readonly model: PricedModel; readonly match: KnownPrice['match'] } | undefined {
    const models = this.#models.get(provider);
    const exact = models?.get(id);
    if (exact) return { model: exact, match: 'exact' };
    const undated = id.replace(DATED, '');
    const dated = models?.get(undated) ?? models?.get(`${undated}-latest`);
    if (dated) return { model: dated, match: 'dated' };
    const all = models?.get(ALL_MODELS);
    return all && { model: all, match: 'provider' };
  }
}
