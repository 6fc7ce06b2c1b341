/** Asks before something is sent that costs much, that has no known price, or whose price nobody has seen. */
import * as vscode from 'vscode';
import { formatCount } from '../../base/count.js';
import { formatUsd } from '../../money/micro-usd.js';
import type { Prepared } from '../../request.js';
import { quotedOf, quoteWords } from './receipt-words.js';

/** @param above USD; @param seen whether the user has the price before their eyes; @param again what is billed again. */
export async function confirmed(
  { quote, input, cache, redacted, asking }: Prepared,
  above: number,
  seen: boolean,
  again = '',
): Promise<boolean> {
  const { cost } = quote;
  if (cost.kind === 'known' && seen && (cost.expected ?? cost.cold).high <= above * 1e6) return true;
  const tokens = input.exact ? formatCount(input.tokens) : `${formatCount(input.low)} to ${formatCount(input.high)}`;
  const price =
    cost.kind === 'known'
      ? `It is expected to cost ${quoteWords(quotedOf(quote, { input, cache }))}, at worst ${formatUsd(cost.worst)}.`
      : `What it costs is not known: ${cost.reason}.`;
  const secrets =
    redacted.length === 0 ? '' : ` ${redacted.length} ${redacted.length === 1 ? 'secret is' : 'secrets are'} replaced before.`;
  const send = 'Send';
  const chosen = await vscode.window.showWarningMessage(
    `Send ${tokens} tokens to ${asking.model.name} (${asking.destination.provider})?`,
    { modal: true, detail: [`${price}${secrets}`, again].filter((line) => line !== '').join('\n\n') },
    send,
  );
  return chosen === send;
}
