import { formatCount } from '../base/count.js';
import { EDGE_KINDS, type Edge, type EdgeKind, type Graph } from '../graph/graph.js';
import { fileMetrics } from '../graph/metrics.js';
import { type GraphPlace, type Neighbour, placeOf } from '../graph/place.js';
import type { Snapshot } from '../index/snapshot.js';
import type { WorkspacePath } from '../workspace/entry.js';
import { COMMON_HELP, type Command, CommandError, EXIT, parseCommand } from './command.js';
import { formatPath, formatTable } from './table.js';
import { findFile, openSnapshot } from './workspace.js';

const help = `longview graph [FILE] [options]

With FILE: what it depends on, what depends on it, and the imports that lead
nowhere. Without: the files that most others depend on.

  --edges         print every edge as a JSON line: {"from", "to", "confidence", "kind", "typeOnly"}
  --kind KINDS    edges of these kinds (comma between; default import,use):
                  import     an import, include, mod or use statement leads there
                  use        the language sees it without one (same package or crate)
                  reference  reached through a re-export, a header or a value's type
  --top N         how many files to list (default 20)
${COMMON_HELP}

JSON with FILE: {"path", "fanIn", "fanOut", "instability", "dependencies": [edge], "dependents": [edge], "unresolved": [{"specifier", "line"}]}
JSON without:   {"files": n, "edges": n, "metrics": [{"path", "fanIn", "fanOut", "instability"}]}
Lines count from 1.
`;

export const graphCommand: Command = {
  name: 'graph',
  summary: 'what depends on what, with the confidence of each edge',
  help,
  async run(context) {
    const { values, positionals } = parseCommand(
      'graph',
      context.args,
      { edges: { type: 'boolean' }, kind: { type: 'string' }, top: { type: 'string' } },
      1,
    );
    const kinds = values.kind?.split(',') ?? ['import', 'use'];
    for (const kind of kinds)
      if (!EDGE_KINDS.includes(kind as EdgeKind))
        throw new CommandError(`--kind "${kind}" is none of ${EDGE_KINDS.join(', ')}.`, EXIT.usage);
    const top = values.top === undefined ? 20 : Number(values.top);
    if (!Number.isInteger(top) || top < 1) throw new CommandError(`--top "${values.top}" is not a positive number.`, EXIT.usage);

    const snapshot = await openSnapshot(values, context);
    const keep = (e: Edge): boolean => kinds.includes(e.kind);
    const file = positionals[0];
    if (values.edges === true) {
      const from = file === undefined ? undefined : findFile(snapshot, file, context);
      for (const e of snapshot.graph.edges) {
        if (keep(e) && (from === undefined || e.from === from)) {
          context.terminal.write(
            `${JSON.stringify({ from: e.from, to: e.to, confidence: e.confidence, kind: e.kind, typeOnly: e.typeOnly })}\n`,
          );
        }
      }
    } else if (file !== undefined) {
      const place = shownPlace(snapshot, findFile(snapshot, file, context), keep);
      context.terminal.write(values.json === true ? `${JSON.stringify(place, null, 2)}\n` : describePlace(place));
    } else {
      const metrics = fileMetrics(snapshot.graph);
      const ranked = [...metrics].sort((a, b) => b.fanIn - a.fanIn || (a.path < b.path ? -1 : 1));
      const { files, edges } = snapshot.graph;
      context.terminal.write(
        values.json === true
          ? `${JSON.stringify({ files: files.length, edges: edges.filter(keep).length, metrics }, null, 2)}\n`
          : describeHubs(snapshot.graph, ranked.slice(0, top)),
      );
    }
    return EXIT.done;
  },
};

/** The place as it is printed: lines count from 1. */
function shownPlace(snapshot: Snapshot, path: WorkspacePath, keep: (e: Edge) => boolean): GraphPlace {
  const place = placeOf(snapshot.graph, path, snapshot.record(path), keep)!;
  const next = <T extends { readonly line: number }>(all: readonly T[]): T[] => all.map((one) => ({ ...one, line: one.line + 1 }));
  return { ...place, dependencies: next(place.dependencies), dependents: next(place.dependents), unresolved: next(place.unresolved) };
}

function describePlace(place: GraphPlace): string {
  const mark = (e: Neighbour): string =>
    [
      e.kind === 'use' ? 'no import' : e.kind === 'reference' ? 'indirectly' : '',
      e.typeOnly ? 'types only' : '',
      e.confidence === 'named' ? 'by name' : '',
    ]
      .filter(Boolean)
      .join(', ');
  const list = (title: string, edges: readonly Neighbour[], lineIsHere: boolean): string =>
    `\n${title} (${formatCount(edges.length)})\n${edges
      .map((e) => {
        const place = lineIsHere ? `line ${e.line}` : `its line ${e.line}`;
        const marks = mark(e);
        return `  ${formatPath(e.path)}  ${place}, ×${e.weight}${marks ? ` (${marks})` : ''}\n`;
      })
      .join('')}`;
  const instability = place.instability === undefined ? '–' : place.instability.toFixed(2);
  const open = place.unresolved.map((u) => `  ${formatPath(u.specifier)}  line ${u.line}\n`).join('');
  return `${formatPath(place.path)}: fan-in ${place.fanIn}, fan-out ${place.fanOut}, instability ${instability}
${list('Depends on', place.dependencies, true)}${list('Is used by', place.dependents, false)}${open ? `\nUnresolved (${place.unresolved.length})\n${open}` : ''}`;
}

function describeHubs({ files, edges }: Graph, metrics: ReturnType<typeof fileMetrics>): string {
  const named = edges.filter((e) => e.confidence === 'named').length;
  const table = formatTable(
    [
      { title: 'fan-in', align: 'right' },
      { title: 'fan-out', align: 'right' },
      { title: 'instability', align: 'right' },
      { title: 'file' },
    ],
    metrics.map((m) => [String(m.fanIn), String(m.fanOut), m.instability?.toFixed(2) ?? '–', formatPath(m.path)]),
  );
  return `${formatCount(files.length)} files, ${formatCount(edges.length)} edges (${formatCount(edges.length - named)} resolved, ${formatCount(named)} by name)\n\n${table}`;
}
