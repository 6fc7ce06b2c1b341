/** Asks the user on a terminal; one reader for all questions, so that what is typed ahead is not lost between two. */
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import { type CommandContext, CommandError, EXIT } from './command.js';

export class Consent {
  #reader: Interface | undefined;
  #lines: AsyncIterator<string> | undefined;

  constructor(private readonly context: Pick<CommandContext, 'terminal' | 'signal'>) {}

  /** Anything but "y" and "yes" is no, the end of the input too. Rejects when the user interrupts. */
  async to(question: string): Promise<boolean> {
    const { terminal, signal } = this.context;
    signal.throwIfAborted();
    this.#reader ??= createInterface({ input: terminal.input });
    // Keeps the lines that come before they are asked for.
    this.#lines ??= this.#reader[Symbol.asyncIterator]();
    terminal.note(`${question} [y/N] `);
    const answered = new AbortController();
    const interrupted = once(signal, 'abort', { signal: answered.signal }).then(
      () => signal.throwIfAborted(),
      () => undefined,
    );
    const line = await Promise.race([this.#lines.next(), interrupted]).finally(() => answered.abort());
    return line?.done === false && /^\s*y(?:es)?\s*$/i.test(line.value);
  }

  close(): void {
    this.#reader?.close();
  }
}

/** Asks one question. Throws a CommandError where there is no terminal. @param otherwise what to do then: "Send without asking by --yes." */
export async function agreedTo(question: string, otherwise: string, context: CommandContext): Promise<boolean> {
  if (!context.terminal.interactive) throw new CommandError(`There is no terminal to ask on. ${otherwise}`, EXIT.usage);
  const consent = new Consent(context);
  try {
    return await consent.to(question);
  } finally {
    consent.close();
  }
}
