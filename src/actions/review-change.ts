/** Review the current change: the diff, who uses what it touches, and the tests that reach it. */
import { counted } from '../base/count.js';
import type { Action, ChangeTarget, Scene } from './action.js';
import { changedSymbols, testsReaching } from './changed-code.js';
import { readDiff, tellDiffs } from './diff.js';

/** Of the room for evidence, what the diff may have. */
const DIFF_SHARE = 0.7;
const SYMBOLS = 30;
const USES = 5;
const TESTS = 12;

export const reviewChange: Action = {
  id: 'review-change',
  title: 'Review Current Change',
  summary: 'reviews what is not committed, with everything that uses what it touches',
  takes: ['change'],
  answers: 'text',
  demands: 'change',
  wish: { required: false, prompt: 'What should the review look at? (may be empty)' },
  plan(scene) {
    const target = scene.target as ChangeTarget;
    const { snapshot, evidence } = scene;
    const diffs = readDiff(target.diff).filter((d) => evidence.shows(d.path));
    if (diffs.length === 0) return 'Nothing has changed since the last commit.';
    const paths = diffs.filter((d) => !d.gone).map((d) => d.path);
    tellDiffs(evidence, diffs, evidence.room * DIFF_SHARE);
    tellReach(scene, diffs);
    const tests = testsReaching(snapshot, paths);
    evidence.say(
      tests.length === 0 ? 'No test reaches the changed files, as far as the graph knows.' : 'Tests that reach the changed files:',
    );
    for (const { path, steps } of tests.slice(0, TESTS))
      evidence.say(`  ${path} (${steps === 1 ? 'uses one itself' : `over ${steps - 1} files`})`);
    if (tests.length > TESTS) evidence.say(`  and ${counted(tests.length - TESTS, 'more file')}`);
    return {
      title: `Review the current change of ${counted(diffs.length, 'file')}`,
      task: `Review the change of ${listOf(paths)}`,
      needs: paths,
      instructions: `Review this change as a maintainer who has to live with it. The evidence has the diff (files in the context are as they are after it), who uses the changed symbols from files that the change does not touch, and the tests that reach it.

- Look for what is wrong first: behaviour that changes by accident, users of changed symbols that break, cases that are missed (empty, absent, errors, concurrency, other platforms), secrets, data loss. Then what is unclear or untested.
- For each problem: file and line, what goes wrong and when, and the smallest fix. Most severe first; say how sure you are.
- Say only what the evidence or the files show. If nothing is wrong, say so in one sentence; do not praise, and do not retell the change.
- Say at the end which behaviour of the change no test covers.`,
    };
  },
};

function tellReach({ snapshot, evidence }: Scene, diffs: ReturnType<typeof readDiff>): void {
  const symbols = changedSymbols(snapshot, diffs);
  const used = symbols.filter((s) => s.uses.length > 0).sort((a, b) => b.uses.length - a.uses.length);
  evidence.say(
    used.length === 0
      ? 'No file outside of the change uses a changed symbol, as far as the graph knows.'
      : `Changed symbols that files outside of the change use:`,
  );
  for (const { path, name, kind, uses } of used.slice(0, SYMBOLS)) {
    evidence.say(`${kind} ${name} of ${path}, ${counted(uses.length, 'place')}:`);
    for (const use of uses.slice(0, USES))
      evidence.quote(use.path, use.line, [use.within, use.resolved ? '' : 'by name'].filter(Boolean).join(', '));
  }
}

/** "a.ts, b.ts and 3 more". */
function listOf(paths: readonly string[]): string {
  const shown = paths.slice(0, 4).join(', ');
  return paths.length > 4 ? `${shown} and ${paths.length - 4} more` : shown;
}
