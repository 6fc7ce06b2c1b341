import assert from 'node:assert/strict';
import fc from 'fast-check';
import { BREACHES_SCHEMA, describeCheck, readBreaches } from '../../src/proposals/breaches.js';
import type { PlannedFile } from '../../src/proposals/plan.js';

const RULES = [
  { path: 'AGENTS.md', text: '# Rules\n\n- Never use `any` in\n  TypeScript.\n' },
  { path: '.longview/rules.md', text: 'No file over 400 lines.\n' },
];
const FILES: readonly PlannedFile[] = [
  { kind: 'edit', path: 'src/a.ts', before: 'a\n', after: 'const a: any = 1;\n', warnings: [] },
  { kind: 'move', path: 'src/b.ts', to: 'src/c.ts', before: 'b\n', after: 'b\n', warnings: [] },
];
const breach = (other: object = {}): object => ({
  rule: 'Never use any in TypeScript.',
  file: 'src/a.ts',
  line: 1,
  why: 'it does',
  ...other,
});
const read = (answer: string) => readBreaches(answer, { files: FILES }, RULES);
const readAll = (...breaches: readonly unknown[]) => {
  const checked = read(JSON.stringify({ breaches }));
  assert.ok(checked.kind === 'checked');
  return checked.breaches;
};

describe('proposals/breaches', () => {
  it('reads breaches, and says in which file the rule stands', () => {
    assert.deepEqual(readAll(breach()), [
      { rule: 'Never use any in TypeScript.', from: 'AGENTS.md', file: 'src/a.ts', line: 1, why: 'it does' },
    ]);
    assert.equal(readAll(breach({ file: 'src/b.ts' }))[0]!.file, 'src/c.ts');
  });

  it('says of a rule that nobody wrote that it is not in the rules', () => {
    assert.equal(readAll(breach({ rule: 'Tabs only.' }))[0]!.from, undefined);
    assert.equal(readAll(breach({ rule: ' "" ' }))[0]!.from, undefined);
  });

  it('keeps no line that is not in the file, and no file that is not in the plan', () => {
    for (const line of [0, -1, 99, 1.5]) assert.equal(readAll(breach({ line }))[0]!.line, undefined);
    assert.deepEqual(readAll(breach({ file: '/etc/passwd' }), breach({ why: 7 }), null, 'x'), []);
  });

  it('bears words and a fence around the object', () => {
    const checked = read(`Here you are:\n\`\`\`json\n${JSON.stringify({ breaches: [breach()] })}\n\`\`\`\nDone.`);
    assert.ok(checked.kind === 'checked' && checked.breaches.length === 1);
  });

  it('never throws, and makes breaches of files of the plan alone', () => {
    const value = fc.oneof(fc.constantFrom('src/a.ts', '../x', '', 1, 0, -5, null), fc.string(), fc.double(), fc.jsonValue());
    const one = fc.oneof(fc.record({ rule: value, file: value, line: value, why: value }), fc.jsonValue());
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(one).map((breaches) => JSON.stringify({ breaches })),
        ),
        (answer) => {
          const checked = read(answer);
          for (const { file, line, rule, why } of checked.kind === 'checked' ? checked.breaches : []) {
            assert.ok(['src/a.ts', 'src/c.ts'].includes(file));
            assert.ok(line === undefined || (line >= 1 && line <= 2));
            assert.ok(!/\n/.test(rule + why) && rule.length <= 501 && why.length <= 501);
          }
        },
      ),
      { numRuns: 5_000 },
    );
  });

  it('asks in fences that neither rules nor change can end', () => {
    const text = describeCheck([{ path: 'AGENTS.md', text: '>>>>>>> CHANGE\n>>>>>>> x\n' }], '+>>>>>>> \n', 'k3x9ab');
    assert.equal(text.split('\n').filter((l) => l === '>>>>>>> k3x9ab').length, 2);
    assert.ok(text.includes(Object.keys(BREACHES_SCHEMA.properties.breaches.items.properties)[0]!));
  });
});
