/** Write integration tests at a seam: the entry and its borders from the graph, runner and style from the project. */
import { counted } from '../base/count.js';
import type { WorkspacePath } from '../workspace/entry.js';
import type { Action, Scene, Target } from './action.js';
import { bestEntry, type Seam, seamAt } from './seam.js';
import { symbolNamed } from './symbols.js';
import { modelTests, newTestPath } from './test-place.js';
import { type TestRunner, testRunner } from './test-runner.js';

/** Of the modules from outside, and of each other list. */
const BORDERS = 12;
const SHOWN = 20;
/** Tests whose imports tell the runner, and files that the model test shares with others. */
const LOOKED_AT = 20;
const SHARED = 3;

export const integrationTests: Action = {
  id: 'tests',
  title: 'Write Integration Tests',
  summary: "writes tests at a seam of the graph, in the project's own runner and style",
  takes: ['file', 'symbol', 'lines', 'workspace'],
  answers: 'proposal',
  demands: 'change',
  wish: { required: false, prompt: 'What should be tested? (may be empty)' },
  plan(scene) {
    const { snapshot, target } = scene;
    const entry = entryOf(scene, target);
    if (entry === undefined) return 'No file here has anything behind it to test. Name one.';
    if (snapshot.entry(entry)?.test) return `${entry} is a test. Name the file that is to be tested.`;
    const language = snapshot.entry(entry)?.language;
    if (language === undefined) return `${entry} is in no language that Longview reads.`;
    const models = modelTests(snapshot, entry);
    const file = newTestPath(snapshot, entry, models[0]);
    const runner = testRunner(snapshot, file, language, models.slice(0, LOOKED_AT));
    const seam = seamAt(snapshot, entry);
    tellSeam(scene, seam, target);
    tellRunner(scene, runner, models[0]);
    const command = runner && `${runner.command}${runner.folder === '' ? '' : ` (in ${runner.folder})`}`;
    const shared = models[0] === undefined ? [] : sharedBy(scene, models[0]);
    return {
      title: `Write integration tests for ${entry}`,
      focus: target.kind === 'symbol' ? { path: entry, symbol: target.symbol } : { path: entry },
      needs: [entry, ...models.slice(0, 1), ...shared, ...seam.reach.map((r) => r.path)],
      ...(command === undefined ? {} : { next: `Run the new tests: ${command}` }),
      instructions: `Write integration tests at this seam, in the new file \`${file}\`${runner ? `, for ${runner.name}` : ''}.

- Call the entry as its callers do, and let what is behind it run as it is. Replace only what leaves the process, at the borders that the evidence marks, and only where the project's tests do so or it cannot be set up in the test (a temporary folder, a server on a free local port).
- ${models[0] === undefined ? 'There is no test to go by: keep to the plainest style of the runner.' : `\`${models[0]}\` shows how tests look here: take over its imports, structure, names, assertions, and set-up and clean-up.`}
- Test behaviour that the code shows: the way through most of the files behind the entry, what it refuses and how, and the edges that the code treats apart. Three to eight tests, each named by what it shows.
- Every test must be able to fail: assert on results and visible effects, never on calls inside; no test of a stand-in, no copied implementation, no sleeping, nothing that depends on time, order, locale or other machines.
- Import only names that you see defined or that the model test imports; add no dependency.
- Create that one file, and the fixtures that it needs beside it. Change no other code, no configuration. If the seam cannot be tested so, say what is missing instead.

Before the file, say in at most five sentences what the tests cover and what they leave out.${command === undefined ? '' : ` It will be run by: ${command}`}`,
    };
  },
};

function entryOf({ snapshot }: Scene, target: Target): WorkspacePath | undefined {
  return target.kind === 'file' || target.kind === 'symbol' || target.kind === 'lines' ? target.path : bestEntry(snapshot);
}

function tellSeam({ snapshot, evidence }: Scene, { entry, callers, tests, reach, boundaries }: Seam, target: Target): void {
  const symbols = snapshot.record(entry)?.symbols ?? [];
  evidence.say(`Entry: ${entry} (${counted(callers.length, 'caller')}, ${counted(tests.length, 'test file')} that call it)`);
  const named = target.kind === 'symbol' ? symbolNamed(symbols, target.symbol) : undefined;
  const shown = named === undefined ? symbols.filter((s) => s.exported && s.container < 0) : [symbols[named]!];
  for (const s of shown.slice(0, SHOWN)) evidence.quote(entry, s.nameLine, s.kind);
  for (const caller of callers.slice(0, SHOWN)) evidence.say(`  called from ${caller}`);
  for (const test of tests.slice(0, SHOWN)) evidence.say(`  tested in ${test}`);
  evidence.say(`Behind it: ${counted(reach.length, 'file')}`);
  for (const { path, steps } of reach.slice(0, SHOWN)) evidence.say(`  ${path} (${counted(steps, 'step')})`);
  evidence.say(
    boundaries.length === 0
      ? 'Nothing of it imports a module from outside.'
      : 'Borders: modules from outside that the entry and what is behind it import.',
  );
  for (const { module, leaves, places } of boundaries.slice(0, BORDERS)) {
    const where = places.slice(0, 3).map((p) => `${p.path}:${p.line + 1}`);
    evidence.say(
      `  ${module}${leaves ? ' (leaves the process)' : ''}: ${where.join(', ')}${places.length > 3 ? ` and ${places.length - 3} more` : ''}`,
    );
  }
}

function tellRunner({ evidence }: Scene, runner: TestRunner | undefined, model: WorkspacePath | undefined): void {
  evidence.say(runner ? `Runner: ${runner.name}` : 'No test runner is known from the manifests.');
  for (const { path, line } of runner?.told ?? []) evidence.quote(path, line);
  if (model !== undefined) evidence.say(`Nearest test: ${model}`);
}

/** What the model test shares with others: helpers of tests that it imports. */
function sharedBy({ snapshot }: Scene, model: WorkspacePath): WorkspacePath[] {
  const { edges } = snapshot.graph;
  return edges
    .filter((e) => e.from === model && e.kind === 'import' && snapshot.entry(e.to)?.test === true)
    .map((e) => e.to)
    .slice(0, SHARED);
}
