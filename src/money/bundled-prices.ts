/**
 * Makes the bundled price list from @pydantic/genai-prices. Run by the build, which
 * writes dist/prices.json; nothing that runs in the product imports this file or
 * that package, whose other half (descriptions, matching by prefix) stays behind.
 */
import { findProvider, type MatchLogic, type ModelInfo, type ModelPrice } from '@pydantic/genai-prices';
import { version } from '../../node_modules/@pydantic/genai-prices/package.json';
import type { PricePeriod, Rates, Tier } from './price.js';
import type { PricedModel, PriceList } from './price-table.js';

/** Releases by date, as the registry has them; a new release needs its line here, so that every price can say how old it is. */
const RELEASED: Readonly<Record<string, string>> = { '0.1.8': '2026-09-23' };

/** Providers that sell chat models to a key of the user's; the package calls them so. */
const PROVIDERS = [
  'anthropic',
  'azure',
  'cerebras',
  'cohere',
  'deepseek',
  'fireworks',
  'google',
  'groq',
  'minimax',
  'mistral',
  'moonshotai',
  'novita',
  'openai',
  'openrouter',
  'perplexity',
  'together',
  'x-ai',
  'zai',
] as const;

/** Where Claude is sold under another provider's name: ours, and theirs. Google's prices are those of Vertex's global endpoint. */
export const SOLD_BY: Readonly<Record<string, string>> = { bedrock: 'aws', vertex: 'google' };

const RATES = {
  input: 'input_mtok',
  output: 'output_mtok',
  cacheRead: 'cache_read_mtok',
  cacheWrite: 'cache_write_mtok',
  cacheWrite1h: 'cache_write_1h_mtok',
  reasoning: 'output_reasoning_mtok',
  webSearch: 'web_searches_kcount',
  request: 'requests_kcount',
} as const satisfies Partial<Record<keyof Rates, string>>;

export function bundledPrices(): PriceList {
  const date = RELEASED[version];
  if (date === undefined) throw new Error(`@pydantic/genai-prices ${version}: state its release date in src/money/bundled-prices.ts`);
  const providers: Record<string, PricedModel[]> = {};
  for (const id of [...PROVIDERS, ...Object.keys(SOLD_BY)]) {
    const theirs = SOLD_BY[id] ?? id;
    const provider = findProvider({ providerId: theirs });
    if (!provider) throw new Error(`@pydantic/genai-prices ${version} has no provider "${theirs}"`);
    const sold = theirs === id ? provider.models : provider.models.filter((m) => m.id.includes('claude'));
    providers[id] = sold.map(toPricedModel);
  }
  return { source: { kind: 'table', name: `@pydantic/genai-prices ${version}`, date }, providers };
}

function toPricedModel({ id, match, prices, context_window: window }: ModelInfo): PricedModel {
  const name = id.toLowerCase();
  const aliases = [...new Set(equalNames(match))].filter((n) => n !== name);
  const all = Array.isArray(prices) ? prices : [{ prices }];
  const periods = all.map((p) => toPeriod(p.prices, 'constraint' in p ? p.constraint : undefined));
  return {
    id: name,
    ...(aliases.length > 0 ? { aliases } : {}),
    ...(window === undefined ? {} : { window }),
    periods: periods.every((p) => p !== undefined) ? periods : [],
  };
}

/** The names that a match spells out; prefixes and patterns are not names. */
function equalNames(match: MatchLogic): string[] {
  if ('equals' in match) return [match.equals.toLowerCase()];
  return 'or' in match ? match.or.flatMap(equalNames) : [];
}

type Constraint = { type: 'start_date'; start_date: string } | { type: 'time_of_date'; start_time: string; end_time: string };

/** Undefined if the price lacks the rates of text, or text alone cannot tell what it comes to. */
function toPeriod(price: ModelPrice, constraint: Constraint | undefined): PricePeriod | undefined {
  if (price.input_mtok === undefined || price.output_mtok === undefined || price.output_citation_mtok !== undefined) return undefined;
  const base: Partial<Record<keyof Rates, number>> = {};
  // Each rate has tiers of its own there; here a tier has all rates that change at it.
  const tiers = new Map<number, Tier>();
  for (const [rate, key] of Object.entries(RATES) as [keyof typeof RATES, string][]) {
    const value = price[key];
    if (value === undefined) continue;
    base[rate] = typeof value === 'number' ? value : value.base;
    for (const tier of typeof value === 'number' ? [] : value.tiers) {
      tiers.set(tier.start, { ...tiers.get(tier.start), above: tier.start, [rate]: tier.price });
    }
  }
  return {
    ...(base as Rates),
    ...(tiers.size > 0 ? { tiers: [...tiers.values()].sort((a, b) => a.above - b.above) } : {}),
    ...(constraint?.type === 'start_date' ? { from: constraint.start_date } : {}),
    ...(constraint?.type === 'time_of_date' ? { daily: [secondOfDay(constraint.start_time), secondOfDay(constraint.end_time)] } : {}),
  };
}

function secondOfDay(time: string): number {
  const [, hours, minutes, seconds] = /^(\d\d):(\d\d):(\d\d)Z$/.exec(time) ?? [];
  if (seconds === undefined) throw new Error(`"${time}" is not a time of the day in UTC`);
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}
