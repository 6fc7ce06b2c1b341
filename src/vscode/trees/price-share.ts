/** What a file's part of the prompt costs. */
import { formatUsd, type MicroUsd, microUsd } from '../../money/micro-usd.js';
import type { CostRange } from '../../money/quote.js';

/** Of the whole prompt, without an answer, at the chosen model. */
export type PromptPrice =
  | { readonly kind: 'no-model' }
  | { readonly kind: 'unknown'; readonly model: string; readonly reason: string }
  | {
      readonly kind: 'known';
      readonly model: string;
      /** o200k tokens of the prompt. */
      readonly tokens: number;
      readonly cold: CostRange;
      readonly warm: CostRange;
    };

/** "$0.0040", or "≈$0.0040" where the model's tokens are estimated: with nothing cached. Undefined where there is nothing to say. */
export function shortPrice(price: PromptPrice, tokens: number): string | undefined {
  if (tokens === 0 || price.kind === 'no-model') return undefined;
  if (price.kind === 'unknown') return 'price unknown';
  const { low, high } = shareOf(price.cold, tokens, price.tokens);
  return low === high ? money(low) : `≈${money((low + high) / 2)}`;
}

/** A sentence with the range, cold and warm. */
export function priceInWords(price: PromptPrice, tokens: number): string {
  if (price.kind === 'no-model') return 'No model is chosen, so there is no price.';
  if (price.kind === 'unknown') return `The price at ${price.model} is unknown: ${price.reason}.`;
  const [cold, warm] = [price.cold, price.warm].map((whole) => range(shareOf(whole, tokens, price.tokens)));
  return `${cold} at ${price.model}, ${warm} when the prompt is cached.`;
}

interface Share {
  readonly low: number;
  readonly high: number;
}

function shareOf({ low, high }: CostRange, tokens: number, of: number): Share {
  const share = tokens / Math.max(1, of);
  return { low: low * share, high: high * share };
}

function range({ low, high }: Share): string {
  const [from, to] = [money(low), money(high)];
  return from === to ? from : `${from} to ${to}`;
}

/** @param amount micro-dollars, with fractions. */
function money(amount: number): string {
  return amount > 0 && amount < 0.5 ? '<$0.000001' : formatUsd(microUsd(Math.round(amount)) satisfies MicroUsd);
}
