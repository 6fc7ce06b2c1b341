/** Prints an answer as it comes, and what happens on the way to it. */
import { printable } from '../base/invisible.js';
import { goneOnFrom } from '../follow-up.js';
import type { Redaction } from '../policy/redaction.js';
import { ReadableAnswer } from '../proposals/readable-answer.js';
import type { Prepared, SendEvent, SettledEvent } from '../request.js';
import { describeStep } from './ask-plan.js';

export interface Printed {
  /** How it ended; nothing was sent where a budget has no room. */
  readonly end: SettledEvent | Extract<SendEvent, { kind: 'over-budget' }>;
  /** As it came, with placeholders for secrets; and with the secrets. */
  readonly came: string;
  readonly answer: string;
}

export interface Printer {
  /** The answer's text, piece by piece. */
  readonly show: (text: string) => void;
  /** Which model is asked again or instead, and why. */
  readonly note: (text: string) => void;
}

/** @param first what is asked; with a fallback something else may be. */
export async function printAnswer(
  first: Prepared,
  sending: AsyncIterable<SendEvent>,
  redaction: Redaction,
  { show, note }: Printer,
): Promise<Printed> {
  const restore = redaction.restorer();
  const restoreShown = redaction.restorer({ shown: true });
  // An address in the line that it goes on with is seen too.
  restoreShown(goneOnFrom(first.cleared));
  restoreShown(undefined);
  let readable = readerFor(first);
  let [came, answer] = ['', ''];
  const put = (piece: string | undefined): void => {
    came += piece ?? '';
    answer += restore(piece);
    const told = readable ? readable.push(piece) : (piece ?? '');
    show(printable(restoreShown(told)));
    if (piece === undefined) show(printable(restoreShown(undefined)));
  };
  for await (const event of sending) {
    if (event.kind === 'text') put(event.text);
    else if (event.kind === 'receipt' || event.kind === 'over-budget') {
      put(undefined);
      return { end: event, came, answer };
    } else {
      // Nothing of an answer was shown so far.
      if (event.kind === 'fallback' || event.kind === 'without-schema') readable = readerFor(event.to);
      const step = describeStep(event);
      if (step !== undefined) note(`longview: ${step}`);
    }
  }
  throw new Error('a request ended without saying how');
}

function readerFor({ cleared }: Prepared): ReadableAnswer | undefined {
  return cleared.answerSchema && new ReadableAnswer();
}
