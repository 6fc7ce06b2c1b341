import { AcceptanceLog, acceptanceFolder } from '../money/acceptance/log.js';
import { planUndo } from '../proposals/undo.js';
import { workspaceId } from '../workspace/id.js';
import { HalfWrittenError } from '../workspace/write-files.js';
import { COMMON_HELP, type Command, CommandError, EXIT, parseCommand } from './command.js';
import { FilesOnDisk } from './files-on-disk.js';
import { openJournal } from './propose.js';
import { ASSETS, openSnapshot } from './workspace.js';

const help = `longview undo [ID] [options]

Takes back what longview ask --propose wrote: the last one, or the one named. Files that
have changed since are left alone, and named; then nothing is taken back.

  --list          what can be taken back, the newest first
${COMMON_HELP}

JSON (with --list): [{"id", "at", "title", "files": [path]}]
`;

export const undoCommand: Command = {
  name: 'undo',
  summary: 'takes back changes that a proposal made',
  help,
  async run(context) {
    const { terminal } = context;
    const { values, positionals } = parseCommand('undo', context.args, { list: { type: 'boolean', default: false } }, 1);
    const snapshot = await openSnapshot(values, context);
    const journal = openJournal(terminal, workspaceId(snapshot.roots));
    const records = await journal.list();
    if (values.list) {
      const listed = records.map(({ id, at, title, files }) => ({ id, at, title, files: files.map((f) => f.to ?? f.path) }));
      const lines = listed.map(
        ({ id, at, title, files }) => `${id}  ${at}  ${files.length} ${files.length === 1 ? 'file' : 'files'}  ${title}\n`,
      );
      terminal.write(values.json ? `${JSON.stringify(listed, null, 2)}\n` : lines.join(''));
      return EXIT.done;
    }
    const [named] = positionals;
    const record = named === undefined ? records[0] : records.find((r) => r.id === named);
    if (!record)
      throw new CommandError(
        named === undefined ? 'Nothing was applied here.' : `Nothing with the id "${named}" was applied here. See longview undo --list.`,
      );
    const files = new FilesOnDisk(
      snapshot,
      { unknownPlaceholders: () => [], countIn: () => new Map() },
      { assets: ASSETS, ignore: values.ignore ?? [] },
    );
    const plan = await planUndo(record, files.look);
    if (plan.changedSince.length > 0)
      throw new CommandError(
        `Changed since it was written: ${plan.changedSince.join(', ')}. Nothing was taken back. Put these files back first.`,
      );
    try {
      await files.write(plan.files);
    } catch (error) {
      if (error instanceof HalfWrittenError)
        throw new CommandError(`${error.message} Run it again: it takes back what has not changed since.`);
      throw error;
    }
    await journal.remove(record);
    await files.removeUnfinished(record.files.flatMap(({ path, to }) => [path, to ?? path]));
    // A record that cannot be written keeps nobody from their files.
    await new AcceptanceLog(acceptanceFolder(terminal.env))
      .append({ kind: 'undone', proposal: record.id, at: new Date().toISOString() })
      .catch((error: unknown) => terminal.note(`longview: the record of proposals cannot be written (${(error as Error).message})\n`));
    terminal.note(`Took back: ${record.title}\n`);
    return EXIT.done;
  },
};
