import { formatCount } from '../base/count.js';
import { atOnce } from '../base/steps.js';
import { explainFile, type FilePlace } from '../context/why.js';
import { COMMON_HELP, type Command, CommandError, EXIT, parseCommand } from './command.js';
import { formatPath } from './table.js';
import { findFile, openSnapshot } from './workspace.js';

const help = `longview why FILE --query TEXT [options]

Explains a file's place among all files for a task: its rank, the terms of its
score, and the blocks of it that match best.

  --query TEXT    what is to be done
  --focus FILE    the file you have open
${COMMON_HELP}

JSON: {"path", "rank", "of", "score", "terms": [{"signal", "value", "words"}], "blocks": [{"start", "end", "symbol", "score"}]}
Lines count from 1.
`;

export const whyCommand: Command = {
  name: 'why',
  summary: "a file's place for a task, term by term",
  help,
  async run(context) {
    const { values, positionals } = parseCommand(
      'why',
      context.args,
      { query: { type: 'string', default: '' }, focus: { type: 'string' } },
      1,
    );
    const named = positionals[0];
    if (named === undefined) throw new CommandError('Which file? longview why FILE --query TEXT', EXIT.usage);
    const snapshot = await openSnapshot(values, context);
    const focus = values.focus === undefined ? undefined : { path: findFile(snapshot, values.focus, context) };
    const place = atOnce(explainFile(snapshot, findFile(snapshot, named, context), values.query, focus));
    if (!place) throw new CommandError(`"${named}" is never packed: it is binary, minified or a lock file.`);
    context.terminal.write(values.json ? `${JSON.stringify(place, null, 2)}\n` : describe(place));
    return EXIT.done;
  },
};

function describe({ path, rank, of, score, terms, blocks }: FilePlace): string {
  const lines = [
    ...terms.map((t) => `  ${t.value.toFixed(3)}  ${t.signal}: ${t.words}`),
    ...(terms.length === 0 ? ['  nothing of the task is in it, and nothing that is leads to it'] : []),
    '',
    'Best blocks',
    ...blocks.map((b) => `  ${b.score.toFixed(3)}  lines ${b.start}–${b.end}${b.symbol === '' ? '' : `  ${b.symbol}`}`),
  ];
  return `${formatPath(path)}: number ${formatCount(rank)} of ${formatCount(of)} files, score ${score.toFixed(3)}\n${lines.join('\n')}\n`;
}
