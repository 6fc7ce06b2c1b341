import { createInterface } from 'node:readline';
import { formatCount } from '../base/count.js';
import type { Focus, Pack, PackRequest } from '../context/pack.js';
import { packContext } from '../context/pack-context.js';
import { Index } from '../index/index.js';
import type { Snapshot } from '../index/snapshot.js';
import {
  COMMON_HELP,
  type Command,
  type CommandContext,
  CommandError,
  EXIT,
  parseCommand,
  parseCount,
  readOption,
  writeOption,
} from './command.js';
import { formatPath, formatTable } from './table.js';
import { findFile, indexOptions, openSnapshot, type WorkspaceOptions } from './workspace.js';

const help = `longview pack [options]

Packs what a task needs of the workspace into one prompt, never over the budget.
Where the whole workspace fits, the pack is the whole workspace.

  --query TEXT        what is to be done, in your words
  --query-file FILE   the same from a file ("-" for standard input)
  --budget N          o200k tokens the prompt may have: 2k to 2m (default 32k)
  --focus FILE        the file you have open. Its text is taken as given, so that the
                      budget goes to what belongs around it
  --lines A-B         selected lines of the focus
  --symbol NAME       the symbol of the focus that it is about
  --with-focus        pack the focus too
  --pin FILE          must be in, whole (repeatable)
  --drop FILE         must stay out (repeatable)
  --format FORMAT     prompt (default) or json
  --out FILE          write there instead of standard output
  --serve             stay up: one JSON request a line on standard input
                      {"repo", "query", "focus"?, "budget", "out"}, one JSON line back
${COMMON_HELP}

JSON: {"tokens", "budget", "whole", "files": [{"path", "level", "score", "reason", "tokens", "text"}], "prompt"}
Without --out a summary goes to standard error; -q leaves it out.
`;

export const packCommand: Command = {
  name: 'pack',
  summary: 'the part of the workspace that a task needs, under a token budget',
  help,
  async run(context) {
    const { values } = parseCommand(
      'pack',
      context.args,
      {
        query: { type: 'string' },
        'query-file': { type: 'string' },
        budget: { type: 'string', default: '32k' },
        focus: { type: 'string' },
        lines: { type: 'string' },
        symbol: { type: 'string' },
        'with-focus': { type: 'boolean', default: false },
        pin: { type: 'string', multiple: true, default: [] },
        drop: { type: 'string', multiple: true, default: [] },
        format: { type: 'string' },
        out: { type: 'string' },
        serve: { type: 'boolean', default: false },
      },
      0,
    );
    if (values.serve) return await serve(context, values);
    const { terminal } = context;
    const format = values.format ?? (values.json || values.out?.endsWith('.json') ? 'json' : 'prompt');
    if (format !== 'prompt' && format !== 'json') throw new CommandError(`--format "${format}" is neither prompt nor json.`, EXIT.usage);
    const budget = parseCount('budget', values.budget);
    const task = values.query ?? (values['query-file'] === undefined ? '' : readOption('query-file', values['query-file'], context));
    const snapshot = await openSnapshot(values, context);
    const named = (paths: readonly string[]): string[] => paths.map((p) => findFile(snapshot, p, context));
    const pack = packed(snapshot, {
      task,
      budget,
      focus: values.focus === undefined ? undefined : focusOf(findFile(snapshot, values.focus, context), values),
      pins: named(values.pin).map((path) => ({ path })),
      drops: named(values.drop),
    });
    const text = format === 'json' ? `${JSON.stringify(asJson(pack))}\n` : pack.prompt;
    if (values.out === undefined) terminal.write(text);
    else writeOption('out', values.out, text, context);
    if (!values.quiet && (terminal.interactive || values.out !== undefined)) terminal.note(summary(pack));
    return EXIT.done;
  },
};

function focusOf(
  path: string,
  { lines, symbol, 'with-focus': withFocus }: { lines?: string | undefined; symbol?: string | undefined; 'with-focus': boolean },
): Focus {
  const range = lines === undefined ? undefined : /^(\d+)(?:-(\d+))?$/.exec(lines);
  if (range === null || range?.[1] === '0') throw new CommandError(`--lines "${lines}" is not a range. Write it like 10-25.`, EXIT.usage);
  const start = Number(range?.[1]) - 1;
  return {
    path,
    given: !withFocus,
    ...(range ? { lines: { start, end: range[2] === undefined ? start : Number(range[2]) - 1 } } : {}),
    ...(symbol === undefined ? {} : { symbol }),
  };
}

function packed(snapshot: Snapshot, request: PackRequest): Pack {
  const result = packContext(snapshot, request);
  if (result.kind === 'refused') throw new CommandError(result.message);
  return result.pack;
}

const asJson = ({ tokens, budget, whole, files, prompt }: Pack) => ({
  tokens,
  budget,
  whole,
  files: files.map(({ path, level, score, reason, tokens: n, text }) => ({ path, level, score, reason, tokens: n, text })),
  prompt,
});

function summary({ files, tokens, budget, whole }: Pack): string {
  const shown = files.filter((f) => f.text !== '');
  const table = formatTable(
    [{ title: 'tokens', align: 'right' }, { title: 'level' }, { title: 'file' }, { title: 'why' }],
    shown.slice(0, 20).map((f) => [formatCount(f.tokens), f.level, formatPath(f.path), f.reason]),
  );
  const rest = shown.length > 20 ? `… and ${formatCount(shown.length - 20)} more\n` : '';
  return `${table}${rest}\n${formatCount(shown.length)} files, ${formatCount(tokens)} of ${formatCount(budget)} tokens${whole ? ': the whole workspace' : ''}\n`;
}

interface ServedRequest {
  readonly repo: string;
  readonly query: string;
  readonly focus?: string;
  readonly budget: number;
  readonly out: string;
}

/** Answers requests until standard input ends; a request that fails is answered with its error and ends nothing. */
async function serve(context: CommandContext, options: WorkspaceOptions): Promise<number> {
  const { terminal, signal } = context;
  const held = new HeldIndex(options, context);
  try {
    for await (const line of createInterface({ input: terminal.input, signal })) {
      let answer: object;
      try {
        const { repo, query, focus, budget, out } = JSON.parse(line) as ServedRequest;
        const snapshot = await held.of(repo).update(signal);
        const pack = packed(snapshot, {
          task: query,
          budget,
          focus: focus === undefined ? undefined : { path: findFile(snapshot, focus, context), given: true },
        });
        writeOption('out', out, JSON.stringify(asJson(pack)), context);
        answer = { ok: true, tokens: pack.tokens };
      } catch (error) {
        // A store that turns out to be damaged is opened anew; what the request itself got wrong says nothing of it.
        if (!(error instanceof CommandError)) held.drop();
        answer = { ok: false, error: error instanceof Error ? error.message : String(error) };
      }
      terminal.write(`${JSON.stringify(answer)}\n`);
    }
  } finally {
    held.drop();
  }
  return EXIT.done;
}

/** The index of the repository that was asked for last: the next request most often is for the same one. */
class HeldIndex {
  #held: { readonly repo: string; readonly index: Index } | undefined;

  constructor(
    private readonly options: WorkspaceOptions,
    private readonly context: CommandContext,
  ) {}

  of(repo: string): Index {
    if (this.#held?.repo !== repo) {
      this.drop();
      this.#held = { repo, index: new Index(indexOptions({ ...this.options, repo: [repo] }, this.context)) };
    }
    return this.#held.index;
  }

  drop(): void {
    this.#held?.index.close();
    this.#held = undefined;
  }
}
