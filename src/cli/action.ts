import type { ActionList, ActionPlan, ListedAction } from '../actions/action.js';
import { listActions } from '../actions/actions.js';
import { formatCount } from '../base/count.js';
import { planWithFlow } from '../engine/plan-with-flow.js';
import type { Snapshot } from '../index/snapshot.js';
import { formsOf, readTarget } from './action-target.js';
import { askModel, type Circumstances, type Wanted } from './ask-model.js';
import { ASK_HELP, ASK_OPTIONS, KEYS_HELP, PROPOSING_HELP, SENDING_HELP } from './ask-options.js';
import { COMMON_HELP, type Command, CommandError, EXIT, parseCommand, parseCount } from './command.js';
import { ROUTING_HELP } from './routing.js';
import { formatPath } from './table.js';
import { ASSETS, openSnapshot } from './workspace.js';

const help = `longview action [ID [TARGET]] [options]

Asks a model to do something about a place in the workspace: what it needs of the graph is
computed and shown to it as evidence. An answer that changes files is shown as a diff and
written if you agree; longview undo takes it back. Without ID it lists the actions
(docs/actions.md tells what each does).

TARGET is FILE, FILE:FIRST-LAST, FILE#SYMBOL, FILE,FILE… (a loop of files), the key of a finding
(longview findings --json), or nothing: the workspace.

${KEYS_HELP}

${ROUTING_HELP}
  --wish TEXT         what you want, in your words, where the action takes any
${ASK_HELP}; prints what the model would
                      be told
  --apply             write proposed changes without asking
${PROPOSING_HELP}
${SENDING_HELP}
${COMMON_HELP}

JSON (without ID): {"actions": [{"id", "title", "summary", "takes", "answers", "from"?}], "problems": [text]}
`;

export const actionCommand: Command = {
  name: 'action',
  summary: 'explains, refactors, breaks cycles, writes tests, …: from evidence of the graph',
  help,
  async run(context) {
    const { terminal } = context;
    const { values, positionals } = parseCommand('action', context.args, { ...ASK_OPTIONS, wish: { type: 'string' } }, 2);
    const [id, named] = positionals;
    if (id === undefined) {
      const list = listActions(await openSnapshot(values, context));
      terminal.write(values.json ? `${JSON.stringify(list, null, 2)}\n` : describeActions(list));
      return EXIT.done;
    }
    const wanted = async ({ snapshot, drops, withheld, ...more }: Circumstances): Promise<Wanted> => {
      const action = findAction(id, snapshot);
      const { answers, demands, title } = action;
      if (answers === 'proposal' && values.json) throw new CommandError(`${title} shows a diff; it does not go with --json.`, EXIT.usage);
      if (answers === 'text' && values.apply) throw new CommandError(`${title} changes no file. Leave out --apply.`, EXIT.usage);
      const target = await readTarget(named, action, snapshot, context);
      // Of a change, files too that are in the workspace no more.
      const unseen = target.kind === 'change' ? [...drops, ...target.files.filter(withheld)] : drops;
      const request = { action: id, target, wish: values.wish, drops: unseen, ...more };
      const result = await planWithFlow(snapshot, request, ASSETS, context.signal);
      if (result.kind === 'refused') throw new CommandError(result.message);
      if (values['dry-run']) terminal.write(describePlan(result.plan));
      return { ...result.plan, action: id, demands };
    };
    // What would be asked can be seen before anybody is chosen to be asked.
    if (values['dry-run'] && values.model === undefined && terminal.env.LONGVIEW_MODEL === undefined) {
      const snapshot = await openSnapshot(values, context);
      await wanted({ snapshot, drops: [], withheld: () => false, budget: parseCount('budget', values.budget), inputPrice: undefined });
      return EXIT.done;
    }
    return await askModel(wanted, values, context);
  },
};

function findAction(id: string, snapshot: Snapshot): ListedAction {
  const { actions, problems } = listActions(snapshot);
  const action = actions.find((a) => a.id === id);
  if (action) return action;
  throw new CommandError([`There is no action "${id}". longview action lists them.`, ...problems].join('\n'), EXIT.usage);
}

function describeActions({ actions, problems }: ActionList): string {
  const width = Math.max(...actions.map((a) => a.id.length));
  const lines = actions.map(
    ({ id, summary, takes, from }) =>
      `  ${id.padEnd(width)}  ${summary}${from === undefined ? '' : ` (${formatPath(from)})`}\n${' '.repeat(width + 4)}${formsOf(takes).join(', ')}\n`,
  );
  return `${lines.join('')}${problems.map((p) => `${p}\n`).join('')}`;
}

/** The task and what is said behind it, as the model reads it. */
function describePlan({ title, pack, instructions, tokens }: ActionPlan): string {
  const { task, focus, pins = [] } = pack;
  const seen = [
    ...(focus ? [`starts from ${formatPath(focus.path)}`] : []),
    ...pins.map((p) => `${formatPath(p.path)} (${p.level ?? 'full'})`),
  ];
  return `${title}\n${seen.map((s) => `  ${s}\n`).join('')}\n${task}\n\n${instructions}\n\n(${formatCount(tokens)} tokens behind the task)\n`;
}
