/** What a model costs: rates, the tiers and periods they depend on, and where they are from. */

/**
 * USD per million tokens, which is micro-dollars per token; `webSearch` and `request`
 * are USD per thousand. {@link file://./cost.ts} says how that is billed which has no
 * rate of its own.
 */
export interface Rates {
  readonly input: number;
  readonly output: number;
  readonly cacheRead?: number | undefined;
  /** Kept for the provider's shortest time: 5 minutes at Anthropic, 30 at OpenAI. */
  readonly cacheWrite?: number | undefined;
  readonly cacheWrite1h?: number | undefined;
  readonly cacheWrite12h?: number | undefined;
  readonly reasoning?: number | undefined;
  readonly webSearch?: number | undefined;
  readonly request?: number | undefined;
}

export const RATE_NAMES = [
  'input',
  'output',
  'cacheRead',
  'cacheWrite',
  'cacheWrite1h',
  'cacheWrite12h',
  'reasoning',
  'webSearch',
  'request',
] as const satisfies readonly (keyof Rates)[];

/** Rates that replace the others for the whole request when its prompt has more than `above` tokens: a cliff, not a margin. */
export interface Tier extends Partial<Rates> {
  readonly above: number;
}

export interface TieredRates extends Rates {
  /** Ascending by `above`. */
  readonly tiers?: readonly Tier[] | undefined;
}

/** Rates and the time they hold: from a date on, or for some hours of every day (UTC). Without either they hold where no other does. */
export interface PricePeriod extends TieredRates {
  /** ISO date or time. */
  readonly from?: string | undefined;
  /** Seconds of the day: start, and end (not included); over midnight if the end is before the start. */
  readonly daily?: readonly [start: number, end: number] | undefined;
}

export interface PriceSource {
  /** `provider`: it said so itself, for this request. `user`: a setting. `longview`: our own entry. `table`: the bundled price table. */
  readonly kind: 'provider' | 'user' | 'longview' | 'table';
  /** Name and version, or page. */
  readonly name: string;
  /** When it was published or read (ISO date); a user's need not say. */
  readonly date?: string | undefined;
}

/** A model's price at one time. */
export interface KnownPrice {
  readonly kind: 'known';
  /** "provider/model" of the entry that was found. */
  readonly model: string;
  /** `dated`: the entry is the asked name without its date or "-latest". */
  readonly match: 'exact' | 'dated' | 'provider';
  readonly rates: TieredRates;
  readonly source: PriceSource;
}

export interface Unknown {
  readonly kind: 'unknown';
  /** One sentence without a full stop, ready to be shown. */
  readonly reason: string;
}

/** The last period that holds at `at`; the first one if none says that it does. */
export function periodAt(periods: readonly PricePeriod[], at: Date): PricePeriod | undefined {
  const second = (at.getTime() / 1000) % 86_400;
  const holds = ({ from, daily }: PricePeriod): boolean => {
    if (from !== undefined && at.getTime() < Date.parse(from)) return false;
    if (daily === undefined) return true;
    const [start, end] = daily;
    return end < start ? second >= start || second < end : second >= start && second < end;
  };
  return periods.findLast(holds) ?? periods[0];
}

/** The rates of a request whose prompt has `inputTotal` tokens: those of every tier below it, the highest last. */
export function ratesFor(price: TieredRates, inputTotal: number): Rates {
  return Object.assign({}, price, ...(price.tiers ?? []).filter((t) => inputTotal > t.above));
}
