import { readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { Grammars } from '../syntax/grammars.js';
import { languageOfName } from '../syntax/languages.js';
import { readRecord } from '../syntax/parse.js';
import { type Command, CommandError, EXIT, parseCommand } from './command.js';
import { ASSETS } from './workspace.js';

const help = `longview record FILE

Prints the record of one file as JSON: its symbols, references, imports and
bindings, as extraction sees them. The file need not be in a workspace. Made for
working on a language in grammars/. Lines count from 0; of the word index only
the number of words is shown.
`;

export const recordCommand: Command = {
  name: 'record',
  summary: 'what extraction sees in one file (JSON)',
  help,
  async run(context) {
    const { positionals } = parseCommand('record', context.args, {}, 1);
    const file = positionals[0];
    if (file === undefined) throw new CommandError('Which file? longview record FILE', EXIT.usage);
    let bytes: Buffer;
    try {
      bytes = readFileSync(resolve(context.terminal.cwd, file));
    } catch (error) {
      throw new CommandError(`"${file}" could not be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'}). Check the path.`);
    }
    const record = await readRecord(bytes, languageOfName(basename(file))?.id, new Grammars(join(ASSETS, 'grammars')));
    context.terminal.write(`${JSON.stringify({ ...record, words: record.words.words.length }, null, 2)}\n`);
    return EXIT.done;
  },
};
