import { formatCount } from '../base/count.js';
import { type Cycle, findCycles } from '../graph/cycles.js';
import { COMMON_HELP, type Command, EXIT, parseCommand } from './command.js';
import { formatPath } from './table.js';
import { openSnapshot } from './workspace.js';

const help = `longview cycles [options]

Lists the dependency cycles: groups of files that reach each other, each with
its shortest loop and the lines that close it.

  --type-only     count imports that vanish at run time too
  --uses          count uses without an import too (files of one package);
                  those between packages or namespaces always count
  --check         exit with 3 when there is a cycle
${COMMON_HELP}

JSON: {"cycles": [{"files": [path], "edgeCount": n, "shortest": [{"from", "to", "line", "confidence", "typeOnly"}]}]}
Lines count from 1.
`;

export const cyclesCommand: Command = {
  name: 'cycles',
  summary: 'dependency cycles with their shortest loop',
  help,
  async run(context) {
    const { values } = parseCommand(
      'cycles',
      context.args,
      { 'type-only': { type: 'boolean' }, uses: { type: 'boolean' }, check: { type: 'boolean' } },
      0,
    );
    const snapshot = await openSnapshot(values, context);
    const cycles = findCycles(snapshot.graph, {
      typeOnly: values['type-only'] === true,
      uses: values.uses === true,
      record: (path) => snapshot.record(path),
    });
    context.terminal.write(values.json === true ? `${JSON.stringify({ cycles: cycles.map(asJson) }, null, 2)}\n` : describe(cycles));
    return values.check === true && cycles.length > 0 ? EXIT.found : EXIT.done;
  },
};

const asJson = ({ files, edgeCount, shortest }: Cycle) => ({
  files,
  edgeCount,
  shortest: shortest.map(({ from, to, line, confidence, typeOnly }) => ({ from, to, line: line + 1, confidence, typeOnly })),
});

function describe(cycles: readonly Cycle[]): string {
  if (cycles.length === 0) return 'No dependency cycles.\n';
  const files = cycles.reduce((n, c) => n + c.files.length, 0);
  const blocks = cycles.map(({ files: members, edgeCount, shortest }, i) => {
    const loop = shortest.map(
      (e) => `  ${formatPath(e.from)}:${e.line + 1} → ${formatPath(e.to)}${e.confidence === 'named' ? ' (by name)' : ''}`,
    );
    return `${i + 1}. ${formatCount(members.length)} files, ${formatCount(edgeCount)} edges among them; shortest loop ${shortest.length}:\n${loop.join('\n')}\n`;
  });
  return `${blocks.join('\n')}\n${cycles.length === 1 ? '1 cycle' : `${formatCount(cycles.length)} cycles`} over ${formatCount(files)} files.\n`;
}
