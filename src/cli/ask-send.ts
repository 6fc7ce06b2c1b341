/** Sends what a command has prepared, prints the answer, and remembers by which names the ledger has it. */
import { randomUUID } from 'node:crypto';
import { LedgerError } from '../money/ledger/ledger.js';
import type { Redaction } from '../policy/redaction.js';
import { type Prepared, type SendOptions, sendRequest } from '../request.js';
import { type Printed, printAnswer } from './ask-print.js';
import { type CommandContext, CommandError } from './command.js';

/** Who is asked. */
export type Addressee = Pick<SendOptions, 'provider' | 'place' | 'fallbacks'>;

export interface Loudness {
  /** Nothing is told of attempts that failed. */
  readonly quiet: boolean;
  /** The answer itself is not printed either. */
  readonly silent: boolean;
}

export class Sender {
  /** Ids in the ledger of what was sent, in order. */
  readonly requests: string[] = [];

  constructor(
    private readonly options: Omit<SendOptions, keyof Addressee>,
    private readonly redaction: Redaction,
    private readonly loudness: Loudness,
    private readonly context: CommandContext,
  ) {}

  /** Throws a CommandError when nothing can be booked. @param action in the ledger, if it is another. */
  async send(prepared: Prepared, to: Addressee, action = this.options.names.action, { quiet, silent } = this.loudness): Promise<Printed> {
    const { terminal, signal } = this.context;
    const request = randomUUID();
    this.requests.push(request);
    const sending = sendRequest(prepared, { ...this.options, ...to, names: { ...this.options.names, request, action } }, signal);
    return await printAnswer(prepared, sending, this.redaction, {
      show: silent ? () => undefined : (text) => terminal.write(text),
      note: quiet ? () => undefined : (text) => terminal.note(text),
    }).catch((error: unknown) => {
      throw error instanceof LedgerError ? new CommandError(error.message) : error;
    });
  }
}
