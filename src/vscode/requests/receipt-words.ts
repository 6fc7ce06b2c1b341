/** A receipt beside its quote, in words: for the sidebar, the answer's document and the list of requests. */
import { formatCount } from '../../base/count.js';
import type { Why } from '../../fallback.js';
import { describeRefusal } from '../../money/budgets.js';
import type { Forecast } from '../../money/cache/forecast.js';
import type { Receipt } from '../../money/ledger/ledger.js';
import { formatUsd, type MicroUsd } from '../../money/micro-usd.js';
import type { Quote } from '../../money/quote.js';
import { inputOf, outputOf } from '../../money/spending.js';
import type { Bucket } from '../../money/usage.js';
import type { SendEvent } from '../../request.js';
import type { Estimated } from './answer.js';

/** What a request was expected to cost, in micro-dollars; undefined where no price is known. */
export interface Quoted {
  readonly low?: MicroUsd | undefined;
  readonly high?: MicroUsd | undefined;
  /** Tokens of the prompt that were expected to be read from the provider's cache, and all of it; absent where nothing is known of that. */
  readonly cached?: { readonly read: number; readonly of: number } | undefined;
}

/** By what is known of the cache; else with it warm to cold. */
export function quotedOf({ cost }: Quote, forecast?: Forecast): Quoted {
  const cached = forecast?.cache && { cached: { read: forecast.cache.read, of: forecast.input.tokens } };
  return cost.kind === 'known' ? { ...(cost.expected ?? { low: cost.warm.low, high: cost.cold.high }), ...cached } : { ...cached };
}

/** "18,204 of 19,940 tokens are expected from the provider’s cache"; undefined where nothing is known of that. */
export function cachedWords({ cached }: Quoted): string | undefined {
  return cached && `${formatCount(cached.read)} of ${formatCount(cached.of)} tokens are expected from the provider’s cache`;
}

/** "$0.03–$0.11"; undefined where no price is known. */
export function quoteWords({ low, high }: Quoted): string | undefined {
  if (low === undefined || high === undefined) return undefined;
  const [from, to] = [formatUsd(low), formatUsd(high)];
  return from === to ? to : `${from}–${to}`;
}

/** What is owed: the provider's own figure where it gave one, else by the price table. */
export function costWords({ cost, reported }: Receipt): string {
  if (reported !== undefined) return `${formatUsd(reported)}, as the provider says`;
  return 'microUsd' in cost ? formatUsd(cost.microUsd) : `unknown: ${cost.unknown}`;
}

const BUCKETS: Readonly<Record<Bucket, string>> = {
  input: 'Prompt, not cached',
  cacheRead: 'Read from the cache',
  cacheWrite5m: 'Written to the cache, 5 min',
  cacheWrite1h: 'Written to the cache, 1 h',
  cacheWrite12h: 'Written to the cache, 12 h',
  cacheWriteOther: 'Written to the cache',
  output: 'Answer',
  reasoning: 'Reasoning',
  webSearches: 'Web searches',
};

/** The tokens that were billed, each in one bucket; if nothing was reported, the estimate. */
export function bucketRows({ usage }: Receipt, estimated?: Estimated): readonly { readonly name: string; readonly tokens: number }[] {
  if (!usage) {
    return estimated
      ? [
          { name: 'Prompt, estimated', tokens: estimated.input },
          { name: 'Answer, estimated', tokens: estimated.output },
        ]
      : [];
  }
  return (Object.keys(BUCKETS) as Bucket[]).flatMap((bucket) => {
    const tokens = usage[bucket];
    return tokens ? [{ name: BUCKETS[bucket], tokens }] : [];
  });
}

export const whyWords = (why: Why): string => (why.kind === 'refused' ? describeRefusal(why) : why.message);

/** "Acme: the key was not accepted. Other Small was asked instead, for $0.001–$0.004." */
export function fallbackWords({ why, to, skipped }: Pick<Extract<SendEvent, { kind: 'fallback' }>, 'why' | 'to' | 'skipped'>): string {
  const price = quoteWords(quotedOf(to.quote, to));
  const asked = `${to.asking.model.name} was asked instead${price === undefined ? '' : `, for ${price}`}.`;
  return [whyWords(why), ...skipped.map((s) => `${s.replace(/\.$/, '')}.`), asked].join(' ');
}

export function withoutSchemaWords({ to }: Pick<Extract<SendEvent, { kind: 'without-schema' }>, 'to'>): string {
  return `${to.asking.model.name} does not take a schema for its answer: its changes were asked for in text.`;
}

/** "300 tokens in, 0 of them cached (0 expected), 40 out: $0.002, quoted $0.001–$0.004". */
export function describeReceipt(receipt: Receipt, quoted: Quoted, estimated?: Estimated): string {
  const { usage } = receipt;
  const words = quoteWords(quoted);
  const expected = quoted.cached ? ` (${formatCount(quoted.cached.read)} expected)` : '';
  const tokens = usage
    ? `${formatCount(inputOf(usage))} tokens in, ${formatCount(usage.cacheRead ?? 0)} of them cached${expected}, ${formatCount(outputOf(usage))} out: `
    : estimated
      ? `About ${formatCount(estimated.input)} tokens in and ${formatCount(estimated.output)} out, estimated. Cost `
      : 'Cost ';
  return `${tokens}${costWords(receipt)}${words === undefined ? '' : `, quoted ${words}`}`;
}
