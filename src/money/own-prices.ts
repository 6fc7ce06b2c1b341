/** Reads prices that somebody wrote by hand: the user's setting, and our own entries for what the bundled table lacks. */

import { type PriceSource, RATE_NAMES, type Rates, type Tier } from './price.js';
import type { PricedModel, PriceList } from './price-table.js';

export type ReadPrices =
  | { readonly kind: 'read'; readonly prices: PriceList }
  /** One sentence for each mistake, naming the entry. */
  | { readonly kind: 'invalid'; readonly problems: readonly string[] };

/** Dearer than any price asked for tokens; a larger number is a slip of the unit. */
const MAX_RATE = 100_000;

/**
 * `value` is an object of `"provider/model": { input, output, cacheRead?, cacheWrite?,
 * cacheWrite1h?, cacheWrite12h?, reasoning?, webSearch?, request?, tiers?, source?, date? }`:
 * USD per million tokens; `webSearch` and `request` per thousand. `"provider/*"` prices all
 * models of a provider, as for a local server: `"ollama/*": { "input": 0, "output": 0 }`.
 * `tiers` is a list of `{ above, …rates }`: what changes for prompts of more than `above` tokens.
 */
export function readPrices(value: unknown, kind: 'user' | 'longview', name: string): ReadPrices {
  const problems: string[] = [];
  if (!isRecord(value)) return { kind: 'invalid', problems: ['prices must be an object of "provider/model": { … }'] };
  const providers = new Map<string, PricedModel[]>();
  for (const [key, entry] of Object.entries(value)) {
    const slash = key.indexOf('/');
    if (slash < 1 || slash === key.length - 1) {
      problems.push(`"${key}": name it "provider/model", like "anthropic/claude-sonnet-5"`);
      continue;
    }
    if (!isRecord(entry)) {
      problems.push(`"${key}" must be an object with at least "input" and "output"`);
      continue;
    }
    const provider = key.slice(0, slash);
    const models = providers.get(provider) ?? [];
    providers.set(provider, [...models, readModel(key, key.slice(slash + 1), entry, { kind, name }, problems)]);
  }
  return problems.length > 0
    ? { kind: 'invalid', problems }
    : { kind: 'read', prices: { source: { kind, name }, providers: Object.fromEntries(providers) } };
}

function readModel(
  key: string,
  id: string,
  { tiers, source, date, ...rates }: Readonly<Record<string, unknown>>,
  from: PriceSource,
  problems: string[],
): PricedModel {
  const base = readRates(key, rates, problems);
  for (const needed of ['input', 'output'] as const) {
    if (!(needed in rates)) problems.push(`"${key}": "${needed}" is missing; USD per million tokens`);
  }
  if (source !== undefined && typeof source !== 'string') problems.push(`"${key}": "source" must be a text`);
  if (date !== undefined && !(typeof date === 'string' && /^\d{4}-\d\d(?:-\d\d)?$/.test(date))) {
    problems.push(`"${key}": "date" must be written like 2026-11-21`);
  }
  const steps = readTiers(key, tiers, problems);
  return {
    id: id.toLowerCase(),
    periods: [{ ...(base as Rates), ...(steps.length > 0 ? { tiers: steps } : {}) }],
    source: {
      ...from,
      ...(typeof source === 'string' ? { name: `${from.name}: ${source}` } : {}),
      ...(typeof date === 'string' ? { date } : {}),
    },
  };
}

function readRates(key: string, rates: Readonly<Record<string, unknown>>, problems: string[]): Partial<Rates> {
  for (const [name, rate] of Object.entries(rates)) {
    if (!RATE_NAMES.some((n) => n === name)) {
      problems.push(`"${key}": there is no rate "${name}"; there are ${RATE_NAMES.join(', ')}`);
    } else if (typeof rate !== 'number' || !(rate >= 0 && rate <= MAX_RATE)) {
      problems.push(`"${key}": "${name}" must be a number from 0 to ${MAX_RATE}, in USD per million tokens`);
    }
  }
  return rates as Partial<Rates>;
}

function readTiers(key: string, tiers: unknown, problems: string[]): Tier[] {
  if (tiers === undefined) return [];
  if (!Array.isArray(tiers) || !tiers.every(isRecord)) {
    problems.push(`"${key}": "tiers" must be a list of { "above": tokens, … }`);
    return [];
  }
  const read = tiers.map(({ above, ...rates }): Tier => {
    if (typeof above !== 'number' || !Number.isSafeInteger(above) || above < 0) {
      problems.push(`"${key}": a tier needs "above", a whole number of tokens`);
    }
    return { above: Number(above), ...readRates(key, rates, problems) };
  });
  return read.sort((a, b) => a.above - b.above);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
