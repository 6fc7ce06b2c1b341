/** Explain a symbol, a file, a selection, a cycle or a finding: what it is for, and how the rest of the code uses it. */
import { edgeBetween } from '../graph/neighbours.js';
import type { WorkspacePath } from '../workspace/entry.js';
import type { Action, Draft, Scene, TargetKind } from './action.js';
import { tellCrossing } from './crossings.js';
import { tellPlace } from './tell-place.js';

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
    if (target.kind === 'cycle') return explainCycle(scene, target.files);
    const place = tellPlace(scene, target);
    if (typeof place === 'string') return place;
    const what = target.kind === 'finding' ? `the ${target.finding.kind} finding in ${place.words}` : place.words;
    return { title: `Explain ${what}`, focus: place.focus, needs: place.needs, instructions: `${WHAT[target.kind]}\n${HOW}` };
  },
};

const HOW =
  'Explain it to a developer who is new to this code. Name files, symbols and line numbers for what you say. Say what you do not see or cannot be sure of. Use no more words than that takes.';

const WHAT: Readonly<Partial<Record<TargetKind, string>>> = {
  symbol:
    'Explain the symbol: what it is for, what it takes and gives, what it relies on, what those who use it count on, and what would surprise a reader.',
  lines:
    'Explain the selected lines: what they do step by step, why they are needed where they stand, what they rely on, and what would surprise a reader.',
  file: 'Explain the file: its one purpose, the parts of it that matter and how they work together, its place between what it depends on and what depends on it, and what would surprise a reader.',
  finding:
    'Explain the design problem: what the evidence shows, why it came about as far as the code tells, what it costs here in particular, and the smallest change that would solve it. If it is no problem here, say so and why.',
};

function explainCycle(scene: Scene, files: readonly WorkspacePath[]): Draft | string {
  for (const [i, from] of files.entries()) {
    const edge = edgeBetween(scene.snapshot.graph, from, files[(i + 1) % files.length]!);
    if (!edge) return 'These files are in no such cycle any more.';
    tellCrossing(scene, edge);
  }
  return {
    title: `Explain the cycle ${files.join(' → ')}`,
    needs: files,
    instructions: `Explain why these files depend on each other in a loop: what each needs of the next, which of these dependencies go in the natural direction and which goes against it, what the loop makes hard here, and where it is best cut.\n${HOW}`,
  };
}
