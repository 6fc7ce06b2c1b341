/**
 * Exports that no file asks for. Exact for JavaScript and TypeScript modules, by their
 * imports; for Go's main and internal packages and for C's functions by spelling: no other
 * file has the name (in C not even its own: few projects write `static` wherever they could). Other languages are left out, as are tests and what a package gives
 * to others.
 */
import { mapSteps, type Steps } from '../../base/steps.js';
import type { FileRecord, SymbolRecord } from '../../syntax/record.js';
import type { WorkspacePath } from '../../workspace/entry.js';
import type { Examined, Finding } from './finding.js';
import { filesThatMention } from './mentions.js';
import { moduleDemand, SCRIPTS } from './module-demand.js';
import type { OwnCode } from './own-code.js';
import { packageEntries } from './package-entries.js';

interface Candidate {
  readonly path: WorkspacePath;
  readonly symbol: SymbolRecord;
  /** References to it in its own file, outside of itself. */
  readonly usesHere: number;
}

export function* findDeadExports({ examined, paths }: OwnCode): Steps<Finding[]> {
  const inModules = yield* deadInModules(examined, paths);
  return [...inModules, ...(yield* unmentioned(examined, paths))].map(describe);
}

function describe({ path, symbol, usesHere }: Candidate): Finding {
  const what = `${symbol.kind} ${symbol.name}`;
  return {
    kind: 'dead-export',
    principle: 'no dead code',
    severity: usesHere > 0 ? 'low' : 'medium',
    files: [path],
    evidence: [{ path, line: symbol.nameLine, words: `defines and exports the ${what}` }],
    message:
      usesHere > 0
        ? `No other file uses the ${what}: it need not be visible outside of its file.`
        : `Nothing uses the ${what}, not even its own file.`,
    key: `dead-export:${path}#${symbol.name}`,
  };
}

/** Definitions at the top of JavaScript modules that are exported and asked for by nobody. */
function* deadInModules(examined: Examined, own: ReadonlySet<WorkspacePath>): Steps<Candidate[]> {
  const scripts = [...own].filter((path) => SCRIPTS.has(examined.record(path)?.language) && !/\.d\.[cm]?ts$/.test(path));
  if (scripts.length === 0) return [];
  const entries = yield* packageEntries(examined);
  const demand = yield* moduleDemand(examined, entries.files);
  const dead: Candidate[] = [];
  for (const path of scripts) {
    yield;
    const asked = demand.get(path) ?? new Set();
    if (asked.has('*') || entries.isUnclear(path)) continue;
    const record = examined.record(path)!;
    for (const [name, index] of exportedHere(record)) {
      const symbol = record.symbols[index]!;
      const usesHere = usesOf(record, index);
      if (asked.has(name) || isFrameworks(record, index)) continue;
      dead.push({ path, symbol, usesHere });
    }
  }
  const unmentionedElsewhere = yield* withoutMentions(examined, dead, ({ language }) => !SCRIPTS.has(language));
  // Types are exported beside the functions that take them, for whoever wants to name them.
  return (yield* mapSteps(unmentionedElsewhere, (c) => asSpelled(examined, c))).filter(
    (c) => c.usesHere === 0 || !TYPES.has(c.symbol.kind),
  );
}

const TYPES: ReadonlySet<string> = new Set(['interface', 'type', 'enum']);

/** Exported name → its definition, for definitions that are exported under one name. */
function exportedHere({ symbols, exports }: FileRecord): Map<string, number> {
  const found = new Map<string, number>();
  for (const [i, s] of symbols.entries()) {
    if (s.container < 0 && s.exported) found.set(s.mark === 'default' ? 'default' : s.name, i);
  }
  const isWhole = exports.some((e) => e.as === '=');
  if (isWhole) return new Map();
  for (const { name, as } of exports) {
    const index = symbols.findIndex((s) => s.container < 0 && s.name === name);
    if (index >= 0 && !found.has(as)) found.set(as, index);
  }
  const times = new Map<number, number>();
  for (const index of found.values()) times.set(index, (times.get(index) ?? 0) + 1);
  return new Map([...found].filter(([, index]) => times.get(index) === 1));
}

/** Decorated: a framework finds it by what the decorator registers. */
const isFrameworks = ({ references }: FileRecord, index: number): boolean =>
  references.some((r) => r.within === index && r.kind === 'annotation');

/** References to a definition at the top of its file, from outside of itself. */
function usesOf({ references, symbols }: FileRecord, index: number): number {
  const { name, start, end } = symbols[index]!;
  return references
    .filter((r) => (r.name === name && (r.line < start || r.line > end)) || r.qualifier === name || r.qualifier.startsWith(`${name}.`))
    .reduce((sum, r) => sum + r.count, 0);
}

/** Functions that a loader or a tool calls. */
const C_ENTRIES = /^(main|wmain|WinMain|wWinMain|DllMain|LLVMFuzzer\w+)$/;

/** Go: exported at the top of a package that no other module may import. C: functions that are not static. */
function* unmentioned(examined: Examined, own: ReadonlySet<WorkspacePath>): Steps<Candidate[]> {
  const found: Candidate[] = [];
  for (const path of own) {
    yield;
    const record = examined.record(path);
    if (record?.parse.kind !== 'parsed' || record.parse.errors > 0) continue;
    // Mage runs the functions of its files by their names.
    const isPrivateGo =
      record.language === 'go' && (record.package === 'main' || /(^|\/)internal\//.test(path)) && !/(^|\/)magefiles?[./]/.test(path);
    const isC = record.language === 'c' && path.endsWith('.c');
    if (!isPrivateGo && !isC) continue;
    for (const [i, symbol] of record.symbols.entries()) {
      if (symbol.container >= 0 || !symbol.exported || symbol.kind === 'method') continue;
      const usesHere = usesOf(record, i);
      if (isC && (symbol.kind !== 'function' || C_ENTRIES.test(symbol.name) || usesHere > 0)) continue;
      found.push({ path, symbol, usesHere });
    }
  }
  const unspelled = yield* withoutMentions(examined, found, () => true);
  const told = yield* mapSteps(unspelled, (c) => asSpelled(examined, c));
  // In Go types are exported beside the functions that give them, and constants beside the others of their list.
  return told.filter(
    ({ path, symbol, usesHere }) =>
      usesHere === 0 || (examined.record(path)?.language === 'go' && (symbol.kind === 'function' || symbol.kind === 'variable')),
  );
}

/** Not every place where a value stands is read as a reference: what the text spells again is taken to be used there. */
const asSpelled = (examined: Examined, c: Candidate): Candidate =>
  c.usesHere > 0 || isSpelledOnce(examined.text(c.path), c.symbol.name) ? c : { ...c, usesHere: 1 };

/** Bodies of macros are not parsed, and use what they name. */
function isSpelledOnce(text: string | undefined, name: string): boolean {
  return text?.split(new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`)).length === 2;
}

/** Those whose name no other file spells, of the files whose record `counts`. */
function* withoutMentions(examined: Examined, found: readonly Candidate[], counts: (record: FileRecord) => boolean): Steps<Candidate[]> {
  const names = new Set(found.map((c) => c.symbol.name));
  if (names.size === 0) return [];
  const mentions = yield* filesThatMention(examined, names, (path) => {
    const record = examined.record(path);
    return record !== undefined && counts(record);
  });
  return found.filter(({ path, symbol }) => [...(mentions.get(symbol.name) ?? [])].every((file) => file === path));
}
