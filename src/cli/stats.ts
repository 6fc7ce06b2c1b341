import { formatCount } from '../base/count.js';
import { findCycles } from '../graph/cycles.js';
import type { Snapshot } from '../index/snapshot.js';
import { languageById } from '../syntax/languages.js';
import { COMMON_HELP, type Command, EXIT, parseCommand } from './command.js';
import { formatTable } from './table.js';
import { openSnapshot } from './workspace.js';

const help = `longview stats [options]

The workspace in figures: files, lines, tokens and symbols by language, edges
by confidence, imports that lead nowhere, cycles.

${COMMON_HELP}

JSON: {"files", "tokens", "languages": [{"language", "files", "lines", "tokens", "symbols", "withErrors"}], "edges": {"resolved", "named"},
       "imports": {"inside", "external", "unresolved"}, "cycles", "problems",
       "memory": {"heap", "buffers", "process"}}
Tokens are o200k tokens, memory is in bytes and of this command.
`;

export const statsCommand: Command = {
  name: 'stats',
  summary: 'the workspace in figures',
  help,
  async run(context) {
    const { values } = parseCommand('stats', context.args, {}, 0);
    const figures = countWorkspace(await openSnapshot(values, context));
    const { heapUsed, external, rss } = process.memoryUsage();
    const memory = { heap: heapUsed, buffers: external, process: rss };
    context.terminal.write(values.json === true ? `${JSON.stringify({ ...figures, memory }, null, 2)}\n` : describe(figures, memory));
    return EXIT.done;
  },
};

interface LanguageFigures {
  readonly language: string;
  files: number;
  lines: number;
  tokens: number;
  symbols: number;
  withErrors: number;
}

/** Figures of one snapshot; languages with most tokens first. */
function countWorkspace(snapshot: Snapshot) {
  const languages = new Map<string, LanguageFigures>();
  for (const { path } of snapshot.entries) {
    const record = snapshot.record(path);
    const language = record === undefined || record.text.encoding === 'binary' ? 'binary or unread' : (record.language ?? 'other text');
    const figures = languages.get(language) ?? { language, files: 0, lines: 0, tokens: 0, symbols: 0, withErrors: 0 };
    languages.set(language, figures);
    figures.files++;
    figures.lines += record?.lineCount ?? 0;
    figures.tokens += record?.tokens ?? 0;
    figures.symbols += record?.symbols.length ?? 0;
    if (
      record &&
      (record.parse.kind === 'parsed' ? record.parse.errors > 0 : record.parse.kind === 'failed' || record.parse.kind === 'timeout')
    )
      figures.withErrors++;
  }
  const imports = { inside: 0, external: 0, unresolved: 0 };
  for (const { path } of snapshot.entries) {
    for (const l of snapshot.graph.links(path).imports)
      imports[l.external ? 'external' : l.confidence === 'unresolved' ? 'unresolved' : 'inside']++;
  }
  const named = snapshot.graph.edges.filter((e) => e.confidence === 'named').length;
  const sorted = [...languages.values()].sort((a, b) => b.tokens - a.tokens || (a.language < b.language ? -1 : 1));
  return {
    files: snapshot.entries.length,
    tokens: sorted.reduce((n, l) => n + l.tokens, 0),
    languages: sorted,
    edges: { resolved: snapshot.graph.edges.length - named, named },
    imports,
    cycles: findCycles(snapshot.graph, { record: (path) => snapshot.record(path) }).length,
    problems: snapshot.problems.length,
  };
}

function describe(
  f: ReturnType<typeof countWorkspace>,
  memory: { readonly heap: number; readonly buffers: number; readonly process: number },
): string {
  const megabytes = (bytes: number): string => `${formatCount(Math.round(bytes / 1e6))} MB`;
  const table = formatTable(
    [{ title: 'language' }, ...['files', 'lines', 'tokens', 'symbols', 'with errors'].map((title) => ({ title, align: 'right' }) as const)],
    f.languages.map((l) => [
      languageById(l.language)?.name ?? l.language,
      ...[l.files, l.lines, l.tokens, l.symbols, l.withErrors].map(formatCount),
    ]),
  );
  return `${table}
${formatCount(f.files)} files, ${formatCount(f.tokens)} tokens
${formatCount(f.edges.resolved)} resolved edges, ${formatCount(f.edges.named)} by name
${formatCount(f.imports.inside)} imports inside the workspace, ${formatCount(f.imports.external)} to the outside, ${formatCount(f.imports.unresolved)} unresolved
${formatCount(f.cycles)} dependency cycles
${megabytes(memory.process)} of memory taken by this command: ${megabytes(memory.heap)} of heap, ${megabytes(memory.buffers)} of buffers
${f.problems > 0 ? `${formatCount(f.problems)} files could not be read: longview index lists them\n` : ''}`;
}
