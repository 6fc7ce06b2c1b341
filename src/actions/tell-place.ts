/** The place that an action is about, as evidence: what is there, and who uses it. */
import { counted } from '../base/count.js';
import type { Focus, LineRange } from '../context/pack.js';
import { placeOf } from '../graph/place.js';
import type { WorkspacePath } from '../workspace/entry.js';
import type { Scene, Target } from './action.js';
import { fullName, symbolAround, symbolNamed, usesOf } from './symbols.js';
import { tellFinding } from './tell-finding.js';

/** Neighbours and uses that are shown. */
const SHOWN = 15;

/** A file, or a part of it. */
export interface Place {
  readonly focus: Focus;
  /** "`Router.handle` in src/router.ts", "lines 3 to 9 of src/router.ts", "src/router.ts". */
  readonly words: string;
  /** The symbol that is meant, or that is around the lines. */
  readonly symbol?: number | undefined;
  /** Files that the model should see. */
  readonly needs: readonly WorkspacePath[];
}

/** Tells the place of a target. A text is the reason why there is none. */
export function tellPlace(scene: Scene, target: Target): Place | string {
  switch (target.kind) {
    case 'file':
      tellNeighbours(scene, target.path);
      return { focus: { path: target.path }, words: target.path, needs: [target.path] };
    case 'symbol':
      return tellSymbol(scene, target.path, target.symbol);
    case 'lines':
      return tellLines(scene, target.path, target.lines);
    case 'finding': {
      const { path, line } = target.finding.evidence[0]!;
      tellFinding(scene, target.finding);
      const symbol = symbolAround(scene.snapshot.record(path)?.symbols ?? [], { start: line, end: line });
      return { focus: { path, lines: { start: line, end: line } }, words: path, symbol, needs: target.finding.files };
    }
    default:
      return 'Name a file, lines or a symbol.';
  }
}

function tellSymbol(scene: Scene, path: WorkspacePath, name: string): Place | string {
  const symbols = scene.snapshot.record(path)?.symbols ?? [];
  const index = symbolNamed(symbols, name);
  if (index === undefined) return `There is no symbol "${name}" in ${path}.`;
  const { kind, start, end } = symbols[index]!;
  scene.evidence.quote(path, start, `${kind} ${fullName(symbols, index)}, to line ${end + 1}`);
  tellUses(scene, path, index);
  return { focus: { path, symbol: name }, words: `\`${fullName(symbols, index)}\` in ${path}`, symbol: index, needs: [path] };
}

function tellLines(scene: Scene, path: WorkspacePath, lines: LineRange): Place {
  const { snapshot, evidence } = scene;
  const symbols = snapshot.record(path)?.symbols ?? [];
  const around = symbolAround(symbols, lines);
  evidence.say(`Selected, ${path}:${lines.start + 1}-${lines.end + 1}:`);
  evidence.lines(path, lines);
  if (around !== undefined) {
    evidence.say(`The selection stands in the ${symbols[around]!.kind} ${fullName(symbols, around)}.`);
    tellUses(scene, path, around);
  }
  const where = around === undefined ? path : `\`${fullName(symbols, around)}\` in ${path}`;
  return { focus: { path, lines }, words: `${linesWords(lines)} of ${where}`, symbol: around, needs: [path] };
}

const linesWords = ({ start, end }: LineRange): string => (start === end ? `line ${start + 1}` : `lines ${start + 1} to ${end + 1}`);

/** Tells which files depend on this one, and on which it depends. */
function tellNeighbours({ snapshot, evidence }: Scene, path: WorkspacePath): void {
  const place = placeOf(snapshot.graph, path, snapshot.record(path));
  for (const [words, neighbours] of [
    [`depend on ${path}`, place?.dependents ?? []],
    [`are what ${path} depends on`, place?.dependencies ?? []],
  ] as const) {
    evidence.say(`${counted(neighbours.length, 'file')} ${words}${neighbours.length > SHOWN ? `, of them ${SHOWN} by references` : ''}:`);
    for (const n of [...neighbours].sort((a, b) => b.weight - a.weight).slice(0, SHOWN))
      evidence.say(`  ${n.path} (${counted(n.weight, 'reference')}${n.confidence === 'named' ? ', by name' : ''})`);
  }
}

/** Tells where other files use a symbol. */
function tellUses({ snapshot, evidence }: Scene, path: WorkspacePath, symbol: number): void {
  const uses = usesOf(snapshot, path, symbol);
  const files = new Set(uses.map((u) => u.path)).size;
  evidence.say(uses.length === 0 ? 'No other file uses it, as far as the graph knows.' : `Used from ${counted(files, 'other file')}:`);
  for (const { path: from, line, within, resolved } of uses.slice(0, SHOWN))
    evidence.quote(from, line, [within === '' ? '' : `in ${within}`, resolved ? '' : 'by name'].filter((w) => w !== '').join(', '));
  if (uses.length > SHOWN) evidence.say(`and ${counted(uses.length - SHOWN, 'more place')}`);
}
