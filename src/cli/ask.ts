import { continueAnswer } from './ask-continue.js';
import { askModel } from './ask-model.js';
import { ASK_HELP, ASK_OPTIONS, KEYS_HELP, PROPOSING_HELP, SENDING_HELP } from './ask-options.js';
import { COMMON_HELP, type Command, CommandError, EXIT, parseCommand, readOption } from './command.js';
import { ROUTING_HELP } from './routing.js';
import { findFile } from './workspace.js';

const help = `longview ask [options]
longview ask --continue [ID] [options]

Packs what a question needs of the workspace, says what it will cost, asks a model and
prints its answer as it comes. What it cost goes into the ledger (longview cost).

An answer that broke off, reached its limit or was stopped is kept until it is finished, and
told with the command that goes on from it: --continue sends what was asked and answered so
far to the same model and prints the rest alone, so that >> appends it to a file.

${KEYS_HELP}

${ROUTING_HELP}
  --query TEXT        the question or the task
  --query-file FILE   the same from a file ("-" for standard input)
  --focus FILE        the file that you start from
  --continue          go on from the newest answer of the workspace that broke off, or from ID
${ASK_HELP}
  --propose           have changes of files proposed: they are shown as a diff and written if you
                      agree (docs/proposals.md); longview undo takes them back
  --apply             with --propose: write them without asking
${PROPOSING_HELP}
${SENDING_HELP}
${COMMON_HELP}

JSON: {"model", "answer", "outcome", "error"?, "tokens", "quote"?: {"low", "high", "worst"}, "cacheRead": {"expected"?, "reported"?}, "cost": micro-dollars or null, "reason"?,
       "earlier"?: [cost of each attempt before], "continue"?: ID,
       "redacted": [{"kind", "placeholder"}], "files": [path]}
`;

/** What an answer that is gone on with has settled. */
const SETTLED = ['query', 'query-file', 'focus', 'propose', 'session', 'budget', 'model', 'fallback', 'also', 'kind', 'answer-form'];

export const askCommand: Command = {
  name: 'ask',
  summary: 'asks a model about the workspace, at a price known before',
  help,
  async run(context) {
    const { values, positionals } = parseCommand(
      'ask',
      context.args,
      {
        ...ASK_OPTIONS,
        query: { type: 'string' },
        'query-file': { type: 'string' },
        focus: { type: 'string' },
        propose: { type: 'boolean', default: false },
        continue: { type: 'boolean', default: false },
      },
      1,
    );
    if (values.continue) {
      const settled = SETTLED.filter((name) => context.args.some((a) => a === `--${name}` || a.startsWith(`--${name}=`)));
      if (settled.length > 0)
        throw new CommandError(`--continue goes on with what was asked, of the same model. Leave out --${settled[0]}.`, EXIT.usage);
      return await continueAnswer(positionals[0], values, context);
    }
    if (positionals.length > 0)
      throw new CommandError(`Unexpected argument "${positionals[0]}". A question goes behind --query.`, EXIT.usage);
    const task = values.query ?? (values['query-file'] === undefined ? '' : readOption('query-file', values['query-file'], context));
    if (task.trim() === '') throw new CommandError('There is no question. Give one with --query.', EXIT.usage);
    if (values.propose && values.json) throw new CommandError('--propose shows a diff; it does not go with --json.', EXIT.usage);
    if (!values.propose && values.apply) throw new CommandError('--apply writes what --propose asks for. Add --propose.', EXIT.usage);
    if (!values.propose && (values.fix || values['check-rules'] !== undefined))
      throw new CommandError('--fix and --check-rules are for proposals. Add --propose.', EXIT.usage);
    return await askModel(
      ({ snapshot, drops, budget }) => {
        const focus = values.focus === undefined ? undefined : { path: findFile(snapshot, values.focus, context) };
        const title = task.trim().split('\n', 1)[0]!;
        return {
          action: 'ask',
          demands: 'question',
          title,
          pack: { task, budget, focus, drops },
          answers: values.propose ? 'proposal' : 'text',
        };
      },
      values,
      context,
    );
  },
};
