/** Finds the command a user named, runs it, and turns what goes wrong into a message and an exit code. */
import { StoreDamagedError } from '../index/store.js';
import { actionCommand } from './action.js';
import { askCommand } from './ask.js';
import { auditCommand } from './audit.js';
import { type Command, CommandError, EXIT, type Terminal } from './command.js';
import { costCommand } from './cost.js';
import { cyclesCommand } from './cycles.js';
import { economicsCommand } from './economics.js';
import { findingsCommand } from './findings.js';
import { forgetCommand } from './forget.js';
import { graphCommand } from './graph.js';
import { indexCommand } from './indexing.js';
import { modelsCommand } from './models.js';
import { packCommand } from './pack.js';
import { recordCommand } from './record.js';
import { routeCommand } from './route.js';
import { sessionCommand } from './session.js';
import { statsCommand } from './stats.js';
import { undoCommand } from './undo.js';
import { whyCommand } from './why.js';

const COMMANDS: readonly Command[] = [
  indexCommand,
  graphCommand,
  cyclesCommand,
  findingsCommand,
  packCommand,
  askCommand,
  actionCommand,
  undoCommand,
  routeCommand,
  sessionCommand,
  forgetCommand,
  whyCommand,
  statsCommand,
  modelsCommand,
  costCommand,
  economicsCommand,
  auditCommand,
  recordCommand,
];

/** Runs `longview ARGS` and returns its exit code; never throws. */
export async function runCommandLine(args: readonly string[], terminal: Terminal, version: string, signal: AbortSignal): Promise<number> {
  const [name, ...rest] = args;
  if (name === '--version' || name === '-v') {
    terminal.write(`${version}\n`);
    return EXIT.done;
  }
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    const about = COMMANDS.find((c) => c.name === rest[0]);
    (name === undefined ? terminal.note : terminal.write).call(terminal, about?.help ?? overview());
    return name === undefined ? EXIT.usage : EXIT.done;
  }
  const command = COMMANDS.find((c) => c.name === name);
  if (!command) {
    terminal.note(`longview: there is no command "${name}". See longview --help.\n`);
    return EXIT.usage;
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    terminal.write(command.help);
    return EXIT.done;
  }
  try {
    return await command.run({ args: rest, terminal, signal });
  } catch (error) {
    if (signal.aborted) {
      terminal.note('longview: interrupted\n');
      return EXIT.interrupted;
    }
    if (error instanceof CommandError || error instanceof StoreDamagedError) {
      terminal.note(`longview: ${error.message}\n`);
      return error instanceof CommandError ? error.exitCode : EXIT.failed;
    }
    terminal.note(
      `longview: an error that should not happen; please report it with this text:\n${error instanceof Error ? error.stack : String(error)}\n`,
    );
    return EXIT.failed;
  }
}

function overview(): string {
  const width = Math.max(...COMMANDS.map((c) => c.name.length));
  return `longview: a dependency graph of your code, and the part of it that a model needs to see

${COMMANDS.map((c) => `  longview ${c.name.padEnd(width)}  ${c.summary}\n`).join('')}
longview COMMAND --help tells a command's options. Exit codes: 0 done, 1 failed, 2 wrong usage, 3 found (--check), 130 interrupted.
`;
}
