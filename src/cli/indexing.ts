import { formatCount } from '../base/count.js';
import type { Snapshot } from '../index/snapshot.js';
import { COMMON_HELP, type Command, EXIT, parseCommand } from './command.js';
import { formatPath } from './table.js';
import { openSnapshot } from './workspace.js';

const help = `longview index [options]

Reads the workspace and brings its stored index up to date. Every other command
does the same first; this one says what could not be read.

${COMMON_HELP}

JSON: {"files", "problems": [{"path", "kind", "detail"}], "unparsed": [{"path", "state", "detail"}]}
`;

export const indexCommand: Command = {
  name: 'index',
  summary: 'read the workspace, say what could not be read',
  help,
  async run(context) {
    const { values } = parseCommand('index', context.args, {}, 0);
    const snapshot = await openSnapshot(values, context);
    const report = { files: snapshot.entries.length, problems: snapshot.problems, unparsed: unparsed(snapshot) };
    context.terminal.write(values.json === true ? `${JSON.stringify(report, null, 2)}\n` : describe(report));
    return EXIT.done;
  },
};

/** Files whose language has a grammar, yet without a clean tree. */
function unparsed(snapshot: Snapshot): { path: string; state: string; detail: string }[] {
  return snapshot.entries.flatMap(({ path }) => {
    const parse = snapshot.unparsed(path);
    if (parse?.kind === 'failed') return [{ path, state: 'failed', detail: parse.reason }];
    if (parse?.kind === 'timeout') return [{ path, state: 'timeout', detail: 'more work than one file may take: an outline only' }];
    if (parse?.kind === 'huge') return [{ path, state: 'huge', detail: 'over the size limit: an outline only' }];
    return [];
  });
}

function describe({
  files,
  problems,
  unparsed: left,
}: {
  files: number;
  problems: Snapshot['problems'];
  unparsed: ReturnType<typeof unparsed>;
}): string {
  const lines = [
    ...problems.map((p) => `  ${formatPath(p.path)}: ${p.kind} (${p.detail})`),
    ...left.map((u) => `  ${formatPath(u.path)}: ${u.state} (${u.detail})`),
  ];
  return `${formatCount(files)} files${lines.length === 0 ? ', all read' : `; not read in full:\n${lines.join('\n')}`}\n`;
}
