/** What `longview ask` says of a request: its quote, its receipt, why a budget refused it. */
import { formatCount } from '../base/count.js';
import type { Refusal } from '../money/budgets.js';
import type { Receipt } from '../money/ledger/ledger.js';
import { formatUsd, microUsd } from '../money/micro-usd.js';
import type { KnownQuote } from '../money/quote.js';
import { inputOf, outputOf } from '../money/spending.js';
import type { Prepared, SettledEvent } from '../request.js';
import type { Rebilled } from '../session/forecast.js';
import { describeRebilled } from '../session/rebilled-words.js';

/** @param files of which the model sees text. */
export function describeQuote(
  { quote, input, cache, redacted, asking, price }: Prepared,
  files: readonly string[],
  rebilled?: Rebilled,
): string {
  const tokens = input.exact ? formatCount(input.tokens) : `${formatCount(input.low)} to ${formatCount(input.high)}`;
  const cached = cache && cache.read > 0 ? ` (${formatCount(cache.read)} of them cached)` : '';
  const secrets =
    redacted.length === 0 ? '' : `${redacted.length} ${redacted.length === 1 ? 'secret' : 'secrets'} replaced before sending.\n`;
  const source = price.kind === 'known' ? `, prices of ${price.source.date ?? price.source.name}` : '';
  const again = rebilled ? `${describeRebilled(rebilled)}\n` : '';
  return `${asking.model.provider}/${asking.model.id}: ${files.length} files, ${tokens} tokens${cached}, ${describeCost({ quote })}${source}\n${again}${secrets}`;
}

/** "$0.01 to $0.02, at worst $0.10". */
export function describeCost({ quote: { cost } }: Pick<Prepared, 'quote'>): string {
  return cost.kind === 'known' ? `${quotedRange(cost)}, at worst ${formatUsd(cost.worst)}` : `of unknown cost (${cost.reason})`;
}

/** By what is known of the provider's cache; else from warm to cold. */
function quotedRange({ expected, warm, cold }: KnownQuote): string {
  const [low, high] = expected ? [expected.low, expected.high] : [warm.low, cold.high];
  return formatUsd(low) === formatUsd(high) ? formatUsd(low) : `${formatUsd(low)} to ${formatUsd(high)}`;
}

export function describeReceipt({ ended, receipt, prepared: { quote, cache }, earlier, refusal, skipped = [] }: SettledEvent): string {
  const { outcome, usage } = ended;
  const cost = 'microUsd' in receipt.cost ? formatUsd(receipt.cost.microUsd) : `cost unknown: ${receipt.cost.unknown}`;
  const quoted = quote.cost.kind === 'known' ? ` (quoted ${quotedRange(quote.cost)})` : '';
  const used = receipt.usage ?? {};
  const foreseen = cache ? ` (${formatCount(cache.read)} expected)` : '';
  const tokens = usage
    ? `${formatCount(inputOf(used))} tokens in, ${formatCount(used.cacheRead ?? 0)} of them cached${foreseen}, ${formatCount(outputOf(used))} out: `
    : '';
  const ending = outcome.kind === 'complete' ? '' : ` [${outcome.kind === 'length' ? 'the answer reached its limit' : outcome.kind}]`;
  const failed = earlier.length === 0 ? '' : `${describeEarlier(earlier)}\n`;
  const over = refusal ? `Not tried again: the ${refusal.scope} budget of ${formatUsd(refusal.limit)} has no room for it.\n` : '';
  return `\n${tokens}${cost}${quoted}${ending}\n${failed}${over}${skipped.map((s) => `Not asked: ${s}.\n`).join('')}`;
}

/** Attempts before the last one, which may have cost something too. */
function describeEarlier(earlier: readonly Receipt[]): string {
  const known = earlier.reduce((sum, { cost }) => sum + ('microUsd' in cost ? cost.microUsd : 0), 0);
  const unknown = earlier.filter(({ cost }) => 'unknown' in cost).length;
  const cost = unknown === 0 ? formatUsd(microUsd(known)) : `≥ ${formatUsd(microUsd(known))}, ${unknown} of unknown cost`;
  return `${earlier.length === 1 ? 'One attempt' : `${earlier.length} attempts`} before it: ${cost}.`;
}

export function describeRefusal({ scope, reason, limit }: Refusal): string {
  return reason === 'unpriced'
    ? `The price is not known, and the ${scope} budget of ${formatUsd(limit)} cannot be held with it. Nothing was sent. Send it all the same by --allow-unpriced.`
    : `It could pass the ${scope} budget of ${formatUsd(limit)}. Nothing was sent. Lower --budget or --max-output, choose a cheaper model, or raise the budget.`;
}

/** As `--json` prints it; costs in micro-dollars. */
export function asJson({ ended: { outcome }, receipt, prepared, earlier }: SettledEvent, files: readonly string[], answer: string) {
  const { asking, input, cache, quote, redacted } = prepared;
  const { cost } = quote;
  return {
    model: `${asking.model.provider}/${asking.model.id}`,
    answer,
    outcome: outcome.kind,
    ...('error' in outcome ? { error: outcome.error.message } : {}),
    tokens: { estimate: input.tokens, low: input.low, high: input.high },
    ...(cost.kind === 'known' ? { quote: { ...(cost.expected ?? { low: cost.warm.low, high: cost.cold.high }), worst: cost.worst } } : {}),
    cacheRead: { ...(cache ? { expected: cache.read } : {}), ...(receipt.usage ? { reported: receipt.usage.cacheRead ?? 0 } : {}) },
    ...('microUsd' in receipt.cost ? { cost: receipt.cost.microUsd } : { cost: null, reason: receipt.cost.unknown }),
    ...(earlier.length > 0 ? { earlier: earlier.map((r) => ('microUsd' in r.cost ? r.cost.microUsd : null)) } : {}),
    redacted,
    files,
  };
}
