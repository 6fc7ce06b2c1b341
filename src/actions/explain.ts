/** Explain a symbol, a file, a selection, a cycle or a finding: what it is for, and how the rest of the code uses it. */
import { counted } from '../base/count.js';
import { placeOf } from '../graph/place.js';
import type { WorkspacePath } from '../workspace/entry.js';
import type { Action, Draft, Scene } from './action.js';
import { tellCrossing } from './crossings.js';
import { fullName, symbolAround, symbolNamed, usesOf } from './symbols.js';
import { tellFinding } from './tell-finding.js';

/** Neighbours and uses that are shown. */
const SHOWN = 15;

export const explain: Action = {
  id: 'explain',
  title: 'Explain',
  summary: 'says what a symbol, file, selection, cycle or finding is, and how the rest uses it',
  takes: ['symbol', 'lines', 'file', 'cycle', 'finding'],
  answers: 'text',
  demands: 'question',
  wish: { required: false, prompt: 'What do you want to know about it? (may be empty)' },
  plan(scene) {
    const { target } = scene;
    switch (target.kind) {
      case 'symbol':
        return explainSymbol(scene, target.path, target.symbol);
      case 'lines':
        return explainLines(scene, target.path, target.lines);
      case 'file':
        return explainFile(scene, target.path);
      case 'cycle':
        return explainCycle(scene, target.files);
      case 'finding':
        tellFinding(scene, target.finding);
        return {
          title: `Explain the ${target.finding.kind} finding in ${target.finding.evidence[0]!.path}`,
          focus: { path: target.finding.evidence[0]!.path },
          needs: target.finding.files,
          instructions: `Explain this design problem to a developer of this code: what the evidence shows, why it came about as far as the code tells, what it costs here in particular, and which change would be the smallest that solves it. If you think that it is no problem here, say so and why.\n${HOW}`,
        };
      default:
        return 'There is nothing to explain.';
    }
  },
};

const HOW =
  'Name files, symbols and line numbers as evidence for what you say. Say what you do not see or cannot be sure of. No more words than that takes.';

function explainSymbol(scene: Scene, path: WorkspacePath, name: string): Draft | string {
  const symbols = scene.snapshot.record(path)?.symbols ?? [];
  const index = symbolNamed(symbols, name);
  if (index === undefined) return `There is no symbol "${name}" in ${path}.`;
  const { start } = symbols[index]!;
  scene.evidence.quote(path, start, 'it begins here');
  tellUses(scene, path, index);
  const full = fullName(symbols, index);
  return {
    title: `Explain ${full} in ${path}`,
    task: `Explain \`${full}\` in ${path}`,
    focus: { path, symbol: name },
    instructions: `Explain this ${symbols[index]!.kind} to a developer who is new to this code: what it is for, what it takes and gives, what it relies on, how those who use it depend on its behaviour, and what would surprise a reader.\n${HOW}`,
  };
}

function explainLines(scene: Scene, path: WorkspacePath, lines: { readonly start: number; readonly end: number }): Draft {
  const symbols = scene.snapshot.record(path)?.symbols ?? [];
  const around = symbolAround(symbols, lines);
  scene.evidence.say(`Selected: ${path}:${lines.start + 1}-${lines.end + 1}`);
  scene.evidence.lines(path, lines);
  if (around !== undefined) {
    scene.evidence.say(`They stand in ${symbols[around]!.kind} ${fullName(symbols, around)}.`);
    tellUses(scene, path, around);
  }
  const where = around === undefined ? path : `\`${fullName(symbols, around)}\` in ${path}`;
  return {
    title: `Explain lines ${lines.start + 1} to ${lines.end + 1} of ${path}`,
    task: `Explain lines ${lines.start + 1} to ${lines.end + 1} of ${where}`,
    focus: { path, lines },
    instructions: `Explain the selected lines to a developer who is new to this code: what they do step by step, why they are needed where they stand, what they rely on, and what would surprise a reader.\n${HOW}`,
  };
}

function explainFile(scene: Scene, path: WorkspacePath): Draft {
  const { snapshot, evidence } = scene;
  const place = placeOf(snapshot.graph, path, snapshot.record(path));
  for (const [words, neighbours] of [
    ['depend on it', place?.dependents ?? []],
    ['are what it depends on', place?.dependencies ?? []],
  ] as const) {
    evidence.say(`${counted(neighbours.length, 'file')} ${words}${neighbours.length > SHOWN ? `; the first ${SHOWN} by references` : ''}:`);
    for (const n of [...neighbours].sort((a, b) => b.weight - a.weight).slice(0, SHOWN))
      evidence.say(`  ${n.path} (${counted(n.weight, 'reference')}${n.confidence === 'named' ? ', by name' : ''})`);
  }
  return {
    title: `Explain ${path}`,
    focus: { path },
    needs: [path],
    instructions: `Explain this file to a developer who is new to this code: its one purpose, the parts of it that matter and how they work together, its place between what it depends on and what depends on it, and what would surprise a reader.\n${HOW}`,
  };
}

function explainCycle(scene: Scene, files: readonly WorkspacePath[]): Draft | string {
  const { edges } = scene.snapshot.graph;
  const loop = files.map((from, i) => edges.find((e) => e.from === from && e.to === files[(i + 1) % files.length]));
  if (loop.some((e) => e === undefined)) return 'These files are in no such cycle any more.';
  for (const edge of loop) tellCrossing(scene, edge!);
  return {
    title: `Explain the cycle ${files.join(' → ')}`,
    needs: files,
    instructions: `Explain why these files depend on each other in a loop: what each needs of the next, which of these dependencies is the natural direction and which one is the mistake, what the loop makes hard here, and where it is best cut.\n${HOW}`,
  };
}

function tellUses({ snapshot, evidence }: Scene, path: WorkspacePath, symbol: number): void {
  const uses = usesOf(snapshot, path, symbol);
  const files = new Set(uses.map((u) => u.path)).size;
  evidence.say(uses.length === 0 ? 'No other file uses it, as far as the graph knows.' : `Used from ${counted(files, 'other file')}:`);
  for (const { path: from, line, within, resolved } of uses.slice(0, SHOWN))
    evidence.quote(from, line, [within === '' ? '' : `in ${within}`, resolved ? '' : 'by name'].filter((w) => w !== '').join(', '));
  if (uses.length > SHOWN) evidence.say(`and ${counted(uses.length - SHOWN, 'more place')}`);
}
