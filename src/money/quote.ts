/** What a request will cost, before it is sent: with the provider's prompt cache cold and warm, and at worst. */
import type { TokenEstimate } from '../models/token-counter.js';
import type { CacheForecast } from './cache/forecast.js';
import { costOf } from './cost.js';
import { type MicroUsd, microUsd } from './micro-usd.js';
import type { KnownPrice, PriceSource, Unknown } from './price.js';
import { NO_USAGE, type Usage } from './usage.js';

export interface QuoteRequest {
  readonly input: TokenEstimate;
  /** Share of the prompt, from its beginning, that a repeat finds in the provider's cache: 0 to 1. */
  readonly cacheable: number;
  /** How long the provider is asked to keep it. */
  readonly keep?: 'short' | '1h';
  /** What the cache is known to hold, and will be given to hold. */
  readonly cache?: CacheForecast | undefined;
  /** Tokens of the answer, reasoning among them. */
  readonly expectedOutput: number;
  /** Tokens that the answer is allowed to have. */
  readonly maxOutput: number;
}

/** Of {@link file://../models/catalogue.ts}; what is not known is undefined. */
export interface ModelLimits {
  readonly window?: number | undefined;
  readonly maxInput?: number | undefined;
  readonly maxOutput?: number | undefined;
  readonly cacheMinimum?: number | undefined;
}

export interface CostRange {
  readonly low: MicroUsd;
  readonly high: MicroUsd;
}

export interface KnownQuote {
  readonly kind: 'known';
  /** Nothing is cached yet: the cacheable part is written to the cache where the provider charges for that. */
  readonly cold: CostRange;
  /** The cacheable part is read from the cache. */
  readonly warm: CostRange;
  /** By what is known of the cache; absent if that is nothing. */
  readonly expected?: CostRange | undefined;
  /** The longest prompt of the estimate at the dearest rate, and the longest answer allowed. Nothing the request does costs more, tools apart. */
  readonly worst: MicroUsd;
  readonly source: PriceSource;
}

/** `perhaps`: it depends on how good the token estimate is. */
export type Fit = 'yes' | 'perhaps' | 'no' | 'unknown';

export interface Quote {
  readonly cost: KnownQuote | Unknown;
  readonly fits: Fit;
}

export function quoteRequest(request: QuoteRequest, price: KnownPrice | Unknown, limits: ModelLimits): Quote {
  const maxOutput = Math.min(request.maxOutput, limits.maxOutput ?? request.maxOutput);
  return {
    cost: price.kind === 'known' ? quoteCost(request, maxOutput, price, limits) : price,
    fits: fitOf(request.input, maxOutput, limits),
  };
}

function quoteCost(request: QuoteRequest, maxOutput: number, price: KnownPrice, limits: ModelLimits): KnownQuote | Unknown {
  const { input, cache, keep = cache?.keep ?? 'short' } = request;
  const cacheable = Math.min(1, Math.max(0, request.cacheable));
  const outputTotal = Math.min(request.expectedOutput, maxOutput);
  const written = keep === '1h' ? 'cacheWrite1h' : 'cacheWriteOther';
  const prefixOf = (inputTotal: number): number => {
    const prefix = Math.floor(inputTotal * cacheable);
    return prefix < (limits.cacheMinimum ?? 0) ? 0 : prefix;
  };
  // Between two lengths of the prompt the cost can turn only where a tier or the least prefix that is cached begins.
  const turns = (price.rates.tiers ?? []).map(({ above }) => above);
  if (cacheable > 0) turns.push(Math.floor((limits.cacheMinimum ?? 0) / cacheable));
  const between = turns.flatMap((n) => [n - 1, n, n + 1]).filter((n) => n > input.low && n < input.high);
  const range = (usageOf: (inputTotal: number) => Partial<Usage>): CostRange | Unknown => {
    const amounts: number[] = [];
    for (const inputTotal of [input.low, ...between, input.high]) {
      const cost = costOf({ ...NO_USAGE, inputTotal, outputTotal, ...usageOf(inputTotal) }, price);
      if (cost.kind === 'unknown') return cost;
      amounts.push(cost.microUsd);
    }
    return { low: microUsd(Math.min(...amounts)), high: microUsd(Math.max(...amounts)) };
  };
  const cold = range((n) => ({ [written]: prefixOf(n) }));
  const warm = range((n) => ({ cacheRead: prefixOf(n) }));
  if ('kind' in cold) return cold;
  if ('kind' in warm) return warm;
  const expected =
    cache &&
    range((n) => ({
      cacheRead: Math.min(n, cache.read),
      ...(cache.writes ? { [written]: Math.max(0, n - cache.read - cache.plain) } : {}),
    }));
  if (expected && 'kind' in expected) return expected;
  let worst = Math.max(cold.high, warm.high, expected?.high ?? 0);
  for (const whole of ['none', written, 'cacheRead'] as const) {
    for (const reasoning of [0, maxOutput]) {
      const way = range((n) => ({ outputTotal: maxOutput, reasoning, ...(whole === 'none' ? {} : { [whole]: n }) }));
      if ('kind' in way) return way;
      worst = Math.max(worst, way.high);
    }
  }
  return { kind: 'known', cold, warm, ...(expected ? { expected } : {}), worst: microUsd(worst), source: price.source };
}

function fitOf({ low, high }: TokenEstimate, maxOutput: number, limits: ModelLimits): Fit {
  const room = promptRoom(maxOutput, limits);
  if (room === undefined) return 'unknown';
  return high <= room ? 'yes' : low > room ? 'no' : 'perhaps';
}

/** Tokens that a prompt may have beside an answer of `maxOutput`; undefined if the window is not known. */
export function promptRoom(maxOutput: number, { window, maxInput, maxOutput: most }: ModelLimits): number | undefined {
  return window === undefined ? undefined : Math.min(window - Math.min(maxOutput, most ?? maxOutput), maxInput ?? window);
}
