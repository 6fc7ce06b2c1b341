import { formatCount } from '../base/count.js';
import { seenFiles } from '../context/session/shown.js';
import { inputOf } from '../money/spending.js';
import { shownIn } from '../session/conversation.js';
import { expected, openStore } from './ask-session.js';
import { COMMON_HELP, type Command, CommandError, EXIT, parseCommand } from './command.js';
import { formatPath, formatTable } from './table.js';
import { openSnapshot } from './workspace.js';

const help = `longview session [NAME] [options]

Lists the sessions of the workspace; of one, its questions and what its model sees of the
workspace. A session is begun, and gone on with, by longview ask --session NAME.

  --forget            delete the session with all that it holds
${COMMON_HELP}

JSON: {"sessions": [name]}, or {"turns": [{"at", "model", "task", "tokens"?, "cacheRead": {"expected"?, "reported"?}}],
       "files": [{"path", "level", "tokens", "reason"}]}
`;

export const sessionCommand: Command = {
  name: 'session',
  summary: 'lists sessions of longview ask, what their models see, and forgets them',
  help,
  async run(context) {
    const { terminal } = context;
    const { values, positionals } = parseCommand('session', context.args, { forget: { type: 'boolean', default: false } }, 1);
    const [name] = positionals;
    const snapshot = await openSnapshot(values, context);
    const store = openStore(snapshot, terminal.env);
    const print = (value: object): void => terminal.write(`${JSON.stringify(value, null, 2)}\n`);
    if (name === undefined) {
      if (values.forget) throw new CommandError('Which session? Name the one to forget.', EXIT.usage);
      const sessions = await expected(store.names());
      if (values.json) print({ sessions });
      else terminal.write(sessions.map((s) => `${s}\n`).join(''));
      return EXIT.done;
    }
    if (values.forget) {
      if (!(await expected(store.forget(name)))) throw new CommandError(`There is no session "${name}" of this workspace.`);
      return EXIT.done;
    }
    const conversation = await expected(store.open(name));
    if (conversation.turns.length === 0) throw new CommandError(`There is no session "${name}" of this workspace.`);
    const turns = conversation.turns.map(({ at, provider, model, task, usage, expectedCacheRead }) => ({
      at,
      model: `${provider}/${model}`,
      task: task.replace(/^====\d* Task\n/, ''),
      ...(usage ? { tokens: inputOf(usage) } : {}),
      cacheRead: {
        ...(expectedCacheRead === undefined ? {} : { expected: expectedCacheRead }),
        ...(usage ? { reported: usage.cacheRead ?? 0 } : {}),
      },
    }));
    const files = seenFiles(snapshot, shownIn(conversation));
    if (values.json) {
      print({ turns, files });
      return EXIT.done;
    }
    const cell = (n: number | undefined): string => (n === undefined ? '?' : formatCount(n));
    terminal.write(
      formatTable(
        [
          { title: 'at' },
          { title: 'tokens', align: 'right' },
          { title: 'cached', align: 'right' },
          { title: 'expected', align: 'right' },
          { title: 'question' },
        ],
        turns.map((t) => [
          t.at.slice(0, 16).replace('T', ' '),
          cell(t.tokens),
          cell(t.cacheRead.reported),
          cell(t.cacheRead.expected),
          t.task.split('\n')[0]!,
        ]),
      ),
    );
    terminal.write(
      `\n${formatTable(
        [{ title: 'tokens', align: 'right' }, { title: 'level' }, { title: 'file' }, { title: 'why' }],
        files.map((f) => [formatCount(f.tokens), f.level, formatPath(f.path), f.reason]),
      )}`,
    );
    return EXIT.done;
  },
};
