import assert from 'node:assert/strict';
import fc from 'fast-check';
import { countTokens } from '../../src/base/tokens.js';
import type { Pack, PackRequest } from '../../src/context/pack.js';
import { packContext } from '../../src/context/pack-context.js';
import type { Snapshot } from '../../src/index/snapshot.js';
import { snapshotOf } from '../workspaces.js';

const functions = (name: string, count: number): string =>
  Array.from(
    { length: count },
    (_, i) =>
      `/** Part ${i} of ${name}. */\nexport function ${name}${i}(value: number): number {\n  const scaled = value * ${i};\n  return scaled + ${i};\n}\n`,
  ).join('\n');

function packed(snapshot: Snapshot, request: PackRequest): Pack {
  const result = packContext(snapshot, request);
  assert.equal(result.kind, 'packed', result.kind === 'refused' ? result.message : '');
  return (result as { pack: Pack }).pack;
}

describe('context/pack-context', () => {
  let snapshot: Snapshot;
  before(async () => {
    snapshot = await snapshotOf({
      'src/upload.ts': `import { retryPolicy } from './retry';\n${functions('upload', 60)}\nexport function retryUpload() {\n  return retryPolicy();\n}\n`,
      'src/retry.ts': `${functions('backoff', 60)}\nexport function retryPolicy() {\n  return 'once';\n}\n`,
      'src/render.ts': functions('render', 80),
      'test/retry.test.ts': `import { retryPolicy } from '../src/retry';\n${functions('check', 60)}\n`,
      'docs/notes.md': '# Notes\n\nRetry is described here.\n'.repeat(60),
      'package-lock.json': '{}\n',
    });
  });

  it('packs the whole workspace where it fits, and says so', () => {
    const pack = packed(snapshot, { task: 'anything', budget: 200_000 });
    assert.equal(pack.whole, true);
    assert.deepEqual(pack.files.map((f) => f.path).sort(), [
      'docs/notes.md',
      'src/render.ts',
      'src/retry.ts',
      'src/upload.ts',
      'test/retry.test.ts',
    ]);
    assert.ok(pack.files.every((f) => f.level === 'full'));
    assert.equal(countTokens(pack.prompt), pack.tokens);
  });

  it('puts first what the task names, with a reason in words', () => {
    const pack = packed(snapshot, { task: 'Change `retryPolicy` so that a failed upload is retried twice', budget: 2_000 });
    assert.equal(pack.whole, false);
    const text = pack.files.find((f) => f.path === 'src/retry.ts')?.text ?? '';
    assert.match(text, /export function retryPolicy\(\)/);
    assert.match(pack.files.find((f) => f.path === 'src/retry.ts')?.reason ?? '', /retry/);
    assert.ok(!(pack.files.find((f) => f.path === 'src/render.ts')?.text ?? '').includes('render7('));
  });

  it('shows lines as they stand in the file, and marks what it leaves out', () => {
    const pack = packed(snapshot, { task: 'retryPolicy', budget: 2_000 });
    for (const { path, text } of pack.files) {
      const lines = new Set(snapshot.text(path)?.split('\n'));
      for (const line of text.split('\n')) assert.ok(line === '…' || line === '' || lines.has(line), `${path}: ${line}`);
    }
    assert.ok(pack.files.some((f) => f.level === 'signatures' && f.text.includes('…')));
  });

  it('leaves no room for another file', async () => {
    const many = await snapshotOf(
      Object.fromEntries(
        Array.from({ length: 200 }, (_, i) => [`src/part${i}.ts`, `export const scaled${i} = (value: number) => value * ${i};\n`]),
      ),
    );
    for (const budget of [2_000, 3_000]) {
      const { tokens } = packed(many, { task: 'scaled value', budget });
      assert.ok(budget - tokens < 40, `${budget - tokens} of ${budget} tokens unused`);
    }
  });

  it('keeps pins whole, leaves drops out, and does not repeat an open file that is given', () => {
    const request = {
      task: 'retry',
      budget: 8_000,
      pins: [{ path: 'docs/notes.md' }],
      drops: ['src/upload.ts'],
      focus: { path: 'src/retry.ts', given: true },
    };
    const pack = packed(snapshot, request);
    const level = (path: string): string | undefined => pack.files.find((f) => f.path === path)?.level;
    assert.deepEqual([level('docs/notes.md'), level('src/upload.ts'), level('src/retry.ts')], ['full', undefined, undefined]);
    assert.ok(!pack.prompt.includes('==== src/retry.ts'));
  });

  it('pins at a lower level too', () => {
    const pack = packed(snapshot, { task: '', budget: 8_000, pins: [{ path: 'src/render.ts', level: 'outline' }] });
    const pinned = pack.files.find((f) => f.path === 'src/render.ts');
    assert.match(pinned?.text ?? '', /export function render79\(value: number\): number \{/);
    assert.doesNotMatch(pinned?.text ?? '', /scaled \+ 79/);
    for (const level of ['outline', 'path'] as const) {
      const roomy = packed(snapshot, { task: 'render a value, scaled', budget: 200_000, pins: [{ path: 'src/render.ts', level }] });
      assert.equal(roomy.files.find((f) => f.path === 'src/render.ts')?.level, level);
    }
  });

  it('puts the open file next to the task and selected lines in', () => {
    const lines = snapshot.text('src/render.ts')!.split('\n');
    const at = lines.indexOf('export function render79(value: number): number {');
    const pack = packed(snapshot, { task: 'explain', budget: 2_000, focus: { path: 'src/render.ts', lines: { start: at, end: at + 3 } } });
    assert.ok(pack.prompt.includes(lines.slice(at, at + 4).join('\n')));
    assert.ok(pack.prompt.lastIndexOf('==== ') === pack.prompt.indexOf('==== Task'));
    assert.equal([...pack.prompt.matchAll(/^==== (.*)$/gm)].at(-2)?.[1], 'src/render.ts');
  });

  it('refuses what cannot be, with the reason', () => {
    const message = (request: PackRequest): string => {
      const result = packContext(snapshot, request);
      return result.kind === 'refused' ? result.message : '';
    };
    assert.match(message({ task: '', budget: 1_000 }), /outside 2000 to 2000000/);
    assert.match(
      message({ task: '', budget: 2_000, pins: [{ path: 'src/render.ts' }] }),
      /over the budget of 2000\. Raise the budget or unpin/,
    );
    assert.match(message({ task: '', budget: 8_000, pins: [{ path: 'gone.ts' }] }), /"gone\.ts" is pinned but not there/);
  });

  it('is never over budget, and the same request gives the same bytes', () => {
    const words = fc.array(
      fc.constantFrom('retry', 'upload', 'render', 'value', 'policy', 'scaled', 'unrelated', '`retryPolicy`', '<|endoftext|>'),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(
        words,
        fc.integer({ min: 2_000, max: 30_000 }),
        fc.constantFrom(undefined, 'src/retry.ts', 'test/retry.test.ts'),
        fc.boolean(),
        (task, budget, path, given) => {
          const request: PackRequest = { task: task.join(' '), budget, ...(path === undefined ? {} : { focus: { path, given } }) };
          const pack = packed(snapshot, request);
          assert.ok(pack.tokens <= budget);
          assert.equal(countTokens(pack.prompt), pack.tokens);
          assert.equal(packed(snapshot, request).prompt, pack.prompt);
          for (const f of pack.files) assert.ok(f.text === '' || pack.prompt.includes(f.text));
        },
      ),
      { numRuns: 60 },
    );
  });
});
