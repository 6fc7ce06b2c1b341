/** Asks the user on a terminal; one reader for all questions, so that what is typed ahead is not lost between two. */
import { createInterface, type Interface } from 'node:readline/promises';
import { type CommandContext, CommandError, EXIT } from './command.js';

export class Consent {
  #lines: Interface | undefined;

  constructor(private readonly context: Pick<CommandContext, 'terminal' | 'signal'>) {}

  /** Anything but "y" and "yes" is no. */
  async to(question: string): Promise<boolean> {
    const { terminal, signal } = this.context;
    this.#lines ??= createInterface({ input: terminal.input });
    terminal.note(`${question} [y/N] `);
    return /^\s*y(?:es)?\s*$/i.test(await this.#lines.question('', { signal }));
  }

  close(): void {
    this.#lines?.close();
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
