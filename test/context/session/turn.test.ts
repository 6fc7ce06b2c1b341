import assert from 'node:assert/strict';
import fc from 'fast-check';
import { atOnce } from '../../../src/base/steps.js';
import { countTokens } from '../../../src/base/tokens.js';
import type { PackRequest } from '../../../src/context/pack.js';
import { packContext } from '../../../src/context/pack-context.js';
import { type Shown, seenFiles } from '../../../src/context/session/shown.js';
import { beginTurn, continueTurn, type Turn, type TurnResult } from '../../../src/context/session/turn.js';
import type { Snapshot } from '../../../src/index/snapshot.js';
import { snapshotOf } from '../../workspaces.js';

const functions = (name: string, count: number): string =>
  Array.from({ length: count }, (_, i) => `export function ${name}${i}(value: number): number {\n  return value * ${i};\n}\n`).join('\n');

const FILES = {
  'src/upload.ts': `${functions('upload', 40)}\nexport function retryUpload() {\n  return 'retried';\n}\n`,
  'src/render.ts': functions('render', 200),
  'src/colour.ts': functions('colour', 90),
  'src/old.ts': 'export const removedSoon = 1;\n',
};

function turn(result: TurnResult): Turn {
  assert.equal(result.kind, 'turn', result.kind === 'refused' ? result.message : '');
  return result as Turn;
}

const begin = (snapshot: Snapshot, request: PackRequest): Turn => turn(atOnce(beginTurn(snapshot, request)));
const proceed = (snapshot: Snapshot, request: PackRequest, shown: Shown): Turn =>
  turn(atOnce(continueTurn(snapshot, request, shown, request.budget)));

describe('context/session/turn', () => {
  let snapshot: Snapshot;
  before(async () => {
    snapshot = await snapshotOf(FILES);
  });

  it('begins with a pack, as a single request would', () => {
    const request = { task: 'change retryUpload', budget: 2_000 };
    const { context, task, tokens, shown } = begin(snapshot, request);
    const packed = packContext(snapshot, request);
    assert.ok(packed.kind === 'packed');
    assert.equal(context + task, packed.pack.prompt);
    assert.equal(tokens, packed.pack.tokens);
    assert.deepEqual(
      seenFiles(snapshot, shown).map(({ path, level, tokens: n, reason }) => [path, level, n, reason]),
      packed.pack.files
        .filter((f) => f.level !== 'nothing')
        .sort((a, b) => (a.path < b.path ? -1 : 1))
        .map(({ path, level, tokens: n, reason }) => [path, level, n, reason]),
    );
  });

  it('adds nothing but the task where everything needed was seen', () => {
    const first = begin(snapshot, { task: 'change retryUpload', budget: 20_000 });
    const second = proceed(snapshot, { task: 'now test retryUpload', budget: 2_000 }, first.shown);
    assert.deepEqual([second.context, second.task], ['', '==== Task\nnow test retryUpload']);
    assert.deepEqual(second.shown, first.shown);
  });

  it('adds lines that the new task needs and no line twice', () => {
    const first = begin(snapshot, { task: '`render7`', budget: 2_000 });
    const second = proceed(snapshot, { task: '`render80` and `colour3`', budget: 2_000 }, first.shown);
    assert.match(second.context, /^More of the repository follows/);
    assert.match(second.context, /^==== src\/colour\.ts$[\s\S]*colour3\(/m);
    assert.ok(!(first.context + second.context).match(/render7\([\s\S]*render7\(/));
  });

  it('shows what changed of what was seen, with a line or two around it', async () => {
    const first = begin(snapshot, { task: 'change retryUpload', budget: 20_000 });
    const edited = await snapshotOf({ ...FILES, 'src/upload.ts': FILES['src/upload.ts'].replace("'retried'", "'retried twice'") });
    const second = proceed(edited, { task: 'test it', budget: 2_000 }, first.shown);
    assert.equal(
      second.context,
      `More of the repository follows, as it is now: where it differs from the above, this holds.
==== src/upload.ts (changed: each part replaces what is above from its first to its last line)
…

export function retryUpload() {
  return 'retried twice';
}
`,
    );
  });

  it('says that a file is gone, and shows one anew of which most changed', async () => {
    const first = begin(snapshot, { task: 'change retryUpload', budget: 20_000 });
    const { 'src/old.ts': _, ...rest } = FILES;
    const edited = await snapshotOf({ ...rest, 'src/colour.ts': functions('tint', 5) });
    const second = proceed(edited, { task: 'test it', budget: 2_000 }, first.shown);
    assert.match(second.context, /^==== src\/old\.ts \(deleted\)$/m);
    assert.match(second.context, /^==== src\/colour\.ts \(changed: this replaces all of it above\)\nexport function tint0/m);
    assert.ok(!second.shown.has('src/old.ts'));
  });

  it('is silent about changes in what was not seen', async () => {
    const request = { task: '`render7`', budget: 2_000 };
    const first = begin(snapshot, request);
    const unseen = [...Array(200).keys()].find((i) => [i - 1, i, i + 1].every((n) => !first.context.includes(`render${n}(`)));
    const edited = await snapshotOf({ ...FILES, 'src/render.ts': FILES['src/render.ts'].replace(`value * ${unseen}`, 'value + 1') });
    const second = proceed(edited, request, first.shown);
    assert.ok(!second.context.includes('src/render.ts (changed'));
    assert.notEqual(second.shown.get('src/render.ts')?.version, first.shown.get('src/render.ts')?.version);
  });

  it('refuses where the changes alone are over the budget', async () => {
    const first = begin(snapshot, { task: 'change retryUpload', budget: 20_000 });
    const edited = await snapshotOf({ ...FILES, 'src/colour.ts': functions('tint', 300) });
    const result = atOnce(continueTurn(edited, { task: 'test it', budget: 2_000 }, first.shown, 2_000));
    assert.match(result.kind === 'refused' ? result.message : '', /over the 2000 for which there is room/);
  });

  it('stays under its budget, and claims to have shown no line that was not sent', async () => {
    const line = fc.constantFrom('a', 'b', '}', '', 'return x', 'let y = 1', 'call(y)');
    const edit = fc.record({ at: fc.nat(40), remove: fc.nat(5), add: fc.array(line, { maxLength: 5 }) });
    const step = fc.record({ edits: fc.array(edit, { maxLength: 3 }), lines: fc.tuple(fc.nat(40), fc.nat(20)) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { minLength: 1, maxLength: 40 }),
        fc.array(step, { minLength: 1, maxLength: 5 }),
        async (start, steps) => {
          let lines: readonly string[] = start;
          let shown: Shown = new Map();
          let sent = '';
          for (const {
            edits,
            lines: [from, more],
          } of steps) {
            lines = edits.reduce((now, { at, remove, add }) => now.toSpliced(at, remove, ...add), lines);
            // Another file, which is never shown whole, keeps the pack from being everything.
            const state = await snapshotOf({ 'a.ts': `${lines.join('\n')}\n`, 'other.ts': FILES['src/render.ts'] });
            const last = Math.max(0, lines.length - 1);
            const focus = { path: 'a.ts', lines: { start: Math.min(from, last), end: Math.min(from + more, last) } };
            const { context, task, tokens, shown: now } = proceed(state, { task: 'x', budget: 2_000, focus }, shown);
            assert.equal(countTokens(context + task), tokens);
            assert.ok(tokens <= 2_000);
            shown = now;
            sent += context;
            const sentLines = new Set(sent.split('\n'));
            for (const { path, ranges } of shown.values()) {
              const text = state.text(path)!.split('\n');
              for (const { start: first, end } of ranges) assert.ok(text.slice(first, end + 1).every((l) => sentLines.has(l)));
            }
            const open = shown.get('a.ts');
            assert.ok(open?.ranges.some((r) => r.start <= focus.lines.start && r.end >= focus.lines.end));
          }
        },
      ),
      { numRuns: 40 },
    );
  }).timeout(60_000);
});
