/** What every command of the command line has in common: its arguments, its exit codes, its two output channels. */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';

/** Exit codes a script can rely on. */
export const EXIT = {
  done: 0,
  /** It could not be done; the message on standard error names the cause and one fix. */
  failed: 1,
  /** The command line itself is wrong. */
  usage: 2,
  /** `--check` of `cycles` or `findings` found some. */
  found: 3,
  /** Interrupted (Ctrl+C): 128 + SIGINT. */
  interrupted: 130,
} as const;

/** An expected failure: printed as it is, without a stack. */
export class CommandError extends Error {
  constructor(
    message: string,
    readonly exitCode: number = EXIT.failed,
  ) {
    super(message);
  }
}

/** The outside world, passed in so that tests need no process. */
export interface Terminal {
  /** Standard output: results only. */
  write(text: string): void;
  /** Standard error: progress, warnings, errors. */
  note(text: string): void;
  /** Standard error is a terminal: progress may be drawn over itself. */
  readonly interactive: boolean;
  readonly columns: number;
  readonly input: NodeJS.ReadableStream;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface CommandContext {
  readonly args: readonly string[];
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
}

export interface Command {
  readonly name: string;
  /** One line for `longview --help`. */
  readonly summary: string;
  /** Whole text of `longview NAME --help`. */
  readonly help: string;
  /** Returns an exit code. Throws {@link CommandError} for what a user can put right. */
  run(context: CommandContext): Promise<number>;
}

/** Options that every command takes. */
export const COMMON_OPTIONS = {
  repo: { type: 'string', multiple: true },
  ignore: { type: 'string', multiple: true },
  huge: { type: 'string' },
  json: { type: 'boolean', default: false },
  quiet: { type: 'boolean', short: 'q', default: false },
  store: { type: 'string' },
  'no-store': { type: 'boolean', default: false },
} as const satisfies ParseArgsOptionsConfig;

export const COMMON_HELP = `  --repo DIR      folder to read; repeat it for several roots (default: the current folder)
  --ignore GLOB   leave out what it names too, like a line of .gitignore; repeatable
  --huge BYTES    files over this size keep an outline only (default: 1m)
  --json          print JSON
  --store DIR     where the index is kept (default: the user's cache folder)
  --no-store      keep nothing: read everything afresh
  -q, --quiet     no progress, no warnings`;

/** Parses the arguments of one command; a wrong one becomes a usage error that says how to ask for help. */
export function parseCommand<O extends ParseArgsOptionsConfig>(name: string, args: readonly string[], options: O, positionals: number) {
  let parsed: ReturnType<typeof parseArgs<{ args: string[]; options: O & typeof COMMON_OPTIONS; allowPositionals: true; strict: true }>>;
  try {
    parsed = parseArgs({ args: [...args], options: { ...options, ...COMMON_OPTIONS }, allowPositionals: true, strict: true });
  } catch (error) {
    throw new CommandError(`${error instanceof Error ? error.message : String(error)}\nSee longview ${name} --help.`, EXIT.usage);
  }
  if (parsed.positionals.length > positionals) {
    throw new CommandError(`Unexpected argument "${parsed.positionals[positionals]}".\nSee longview ${name} --help.`, EXIT.usage);
  }
  return parsed;
}

/** A whole number from an option, with "k" and "m" for thousands and millions ("32k"). */
export function parseCount(option: string, text: string): number {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)([km]?)$/i.exec(text.replace(/[_,]/g, '')) ?? [];
  const value = Number(digits) * (unit === undefined || unit === '' ? 1 : unit.toLowerCase() === 'k' ? 1_000 : 1_000_000);
  if (!Number.isSafeInteger(value))
    throw new CommandError(`--${option} "${text}" is not a number. Write it like 32000 or 32k.`, EXIT.usage);
  return value;
}

/** The text of a file that an option names, or of standard input if it is "-". */
export function readOption(option: string, file: string, { terminal }: CommandContext): string {
  try {
    return readFileSync(file === '-' ? 0 : resolve(terminal.cwd, file), 'utf8');
  } catch (error) {
    throw new CommandError(`--${option} "${file}" could not be read (${(error as NodeJS.ErrnoException).code}). Check the path.`);
  }
}

/** Writes the file that an option names. */
export function writeOption(option: string, file: string, text: string, { terminal }: Pick<CommandContext, 'terminal'>): void {
  try {
    writeFileSync(resolve(terminal.cwd, file), text);
  } catch (error) {
    throw new CommandError(`--${option} "${file}" could not be written (${(error as NodeJS.ErrnoException).code}). Check its folder.`);
  }
}

/** The JSON in a file that an option names. */
export function readJson(option: string, file: string, context: CommandContext): unknown {
  const text = readOption(option, file, context);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CommandError(`--${option} "${file}" is not JSON: ${(error as Error).message}`);
  }
}

/** What `read` makes of the JSON in a file that an option names; what is wrong with it is said, problem by problem. */
export function readJsonOption<R extends { readonly kind: 'read' }>(
  option: string,
  file: string,
  context: CommandContext,
  read: (value: unknown) => R | { readonly kind: 'invalid'; readonly problems: readonly string[] },
): R {
  const made = read(readJson(option, file, context));
  if (made.kind === 'read') return made;
  throw new CommandError(`--${option} "${file}":\n${made.problems.map((p) => `  ${p}`).join('\n')}`);
}
