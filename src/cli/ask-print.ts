/** Prints an answer as it comes, and what happens on the way to it. */
import type { Redaction } from '../policy/redaction.js';
import type { SendEvent, SettledEvent } from '../request.js';
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

export async function printAnswer(sending: AsyncIterable<SendEvent>, redaction: Redaction, { show, note }: Printer): Promise<Printed> {
  const restore = redaction.restorer();
  let [came, answer] = ['', ''];
  const put = (text: string): void => {
    answer += text;
    show(text);
  };
  for await (const event of sending) {
    if (event.kind === 'text') {
      came += event.text;
      put(restore(event.text));
    } else if (event.kind === 'receipt' || event.kind === 'over-budget') {
      put(restore(undefined));
      return { end: event, came, answer };
    } else {
      const step = describeStep(event);
      if (step !== undefined) note(`longview: ${step}`);
    }
  }
  throw new Error('a request ended without saying how');
}
