/** What `longview ask` says of a request: its quote, its receipt, why a budget refused it. */
import { formatCount } from '../base/count.js';
import type { Pack } from '../context/pack.js';
import type { Ended } from '../models/provider.js';
import type { Refusal } from '../money/budgets.js';
import type { Receipt } from '../money/ledger/ledger.js';
import { formatUsd } from '../money/micro-usd.js';
import { inputOf, outputOf } from '../money/spending.js';
import type { Prepared } from '../request.js';

export function describeQuote({ quote, input, redacted, asking, price }: Prepared, pack: Pack): string {
  const tokens = input.exact ? formatCount(input.tokens) : `${formatCount(input.low)} to ${formatCount(input.high)}`;
  const cost =
    quote.cost.kind === 'known'
      ? `${formatUsd(quote.cost.warm.low)} to ${formatUsd(quote.cost.cold.high)}, at worst ${formatUsd(quote.cost.worst)}`
      : `of unknown cost (${quote.cost.reason})`;
  const secrets =
    redacted.length === 0 ? '' : `${redacted.length} ${redacted.length === 1 ? 'secret' : 'secrets'} replaced before sending.\n`;
  const shown = pack.files.filter((f) => f.text !== '').length;
  const source = price.kind === 'known' ? `, prices of ${price.source.date ?? price.source.name}` : '';
  return `${asking.model.provider}/${asking.model.id}: ${shown} files, ${tokens} tokens, ${cost}${source}\n${secrets}`;
}

export function describeReceipt({ outcome, usage }: Ended, receipt: Receipt, { quote }: Prepared): string {
  const cost = 'microUsd' in receipt.cost ? formatUsd(receipt.cost.microUsd) : `cost unknown: ${receipt.cost.unknown}`;
  const quoted = quote.cost.kind === 'known' ? ` (quoted ${formatUsd(quote.cost.warm.low)} to ${formatUsd(quote.cost.cold.high)})` : '';
  const used = receipt.usage ?? {};
  const tokens = usage
    ? `${formatCount(inputOf(used))} tokens in, ${formatCount(used.cacheRead ?? 0)} of them cached, ${formatCount(outputOf(used))} out: `
    : '';
  const ending = outcome.kind === 'complete' ? '' : ` [${outcome.kind === 'length' ? 'the answer reached its limit' : outcome.kind}]`;
  return `\n${tokens}${cost}${quoted}${ending}\n`;
}

export function describeRefusal({ scope, reason, limit }: Refusal): string {
  return reason === 'unpriced'
    ? `The price is not known, and the ${scope} budget of ${formatUsd(limit)} cannot be held with it. Nothing was sent. Send it all the same by --allow-unpriced.`
    : `It could pass the ${scope} budget of ${formatUsd(limit)}. Nothing was sent. Lower --budget or --max-output, choose a cheaper model, or raise the budget.`;
}

/** As `--json` prints it; costs in micro-dollars. */
export function asJson({ asking, input, quote, redacted }: Prepared, pack: Pack, answer: string, { outcome }: Ended, receipt: Receipt) {
  const { cost } = quote;
  return {
    model: `${asking.model.provider}/${asking.model.id}`,
    answer,
    outcome: outcome.kind,
    ...('error' in outcome ? { error: outcome.error.message } : {}),
    tokens: { estimate: input.tokens, low: input.low, high: input.high },
    ...(cost.kind === 'known' ? { quote: { low: cost.warm.low, high: cost.cold.high, worst: cost.worst } } : {}),
    ...('microUsd' in receipt.cost ? { cost: receipt.cost.microUsd } : { cost: null, reason: receipt.cost.unknown }),
    redacted,
    files: pack.files.filter((f) => f.text !== '').map((f) => f.path),
  };
}
