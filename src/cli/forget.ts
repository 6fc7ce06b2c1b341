import { basename } from 'node:path';
import { dataOf, describeKept, forgetKept, type Kept, measureKept, STAYS } from '../kept.js';
import { workspaceId } from '../workspace/id.js';
import { placeRoots } from '../workspace/roots.js';
import { COMMON_HELP, type Command, type CommandContext, CommandError, EXIT, parseCommand } from './command.js';
import { agreedTo } from './consent.js';
import { indexOptions, usualStore } from './workspace.js';

const help = `longview forget [options]

Deletes what is kept of the workspace outside of it: the stored index, sessions, answers that
broke off, and what longview undo puts back. It says what goes, and asks. Nothing brings it back.
The ledger, the audit log and the record of proposals are of all workspaces, and stay. What VS Code
keeps beside that is forgotten there: Longview: Forget This Workspace.

  --yes           delete without asking; needed where there is no terminal
${COMMON_HELP}

JSON: {"forgotten": [{"what", "paths": [path], "files", "bytes"}]}
`;

export const forgetCommand: Command = {
  name: 'forget',
  summary: 'deletes what is kept of a workspace outside of it',
  help,
  async run(context) {
    const { terminal } = context;
    const { values } = parseCommand('forget', context.args, { yes: { type: 'boolean', default: false } }, 0);
    if (values.store !== undefined)
      throw new CommandError('An index that --store has elsewhere is a folder of your own. Delete it yourself.', EXIT.usage);
    const { roots } = indexOptions(values, context);
    const workspace = workspaceId(placeRoots(roots, { report: () => undefined }));
    const index = { what: 'the stored index', paths: [usualStore(roots, terminal)] };
    const kept = await measureKept([index, ...dataOf(workspace, terminal.env)]);
    const named = roots.map((root) => basename(root) || root).join(', ');
    if (kept.length > 0 && !values.yes && !(await agreed(kept, named, context))) {
      terminal.note('Nothing was deleted.\n');
      return EXIT.interrupted;
    }
    try {
      await forgetKept(kept);
    } catch (error) {
      throw new CommandError(`Not all of it could be deleted (${(error as Error).message}). Check the permissions, and run it again.`);
    }
    const forgotten = kept.map(({ what, paths, files, bytes }) => ({ what, paths, files, bytes }));
    if (values.json) terminal.write(`${JSON.stringify({ forgotten }, null, 2)}\n`);
    else if (!values.quiet) terminal.note(kept.length === 0 ? `Nothing is kept of ${named}.\n` : `Forgotten. ${STAYS}\n`);
    return EXIT.done;
  },
};

async function agreed(kept: readonly Kept[], named: string, context: CommandContext): Promise<boolean> {
  const { terminal } = context;
  terminal.note(
    `Of ${named} would be deleted, and nothing brings it back:\n${kept.map((k) => `  ${describeKept(k)}\n`).join('')}${STAYS}\n`,
  );
  return await agreedTo('Delete it?', 'Delete without asking by --yes.', context);
}
