import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Finding } from '../../../src/graph/findings/finding.js';
import { readRules } from '../../../src/graph/findings/rules.js';
import { acceptByRule, canAcceptByRule } from '../../../src/vscode/findings/accept-rule.js';

function finding(...files: string[]): Finding {
  const evidence = [{ path: files[0]!, line: 0, words: 'depends on it' }];
  return { kind: 'cycle', principle: 'acyclic dependencies', severity: 'high', files, evidence, message: 'A ring.', key: 'cycle:1' };
}

describe('vscode/findings/accept-rule', () => {
  it('begins a rules file', () => {
    assert.deepEqual(JSON.parse(acceptByRule('', finding('src/a.ts'), 'replaced in spring', '')!), {
      suppress: [{ kind: 'cycle', path: 'src/a.ts', reason: 'replaced in spring' }],
    });
  });

  it('adds an entry and leaves the rest in its form', () => {
    const before = `{
    "layers": { "ui": ["src/ui/**"] },
    "suppress": [
        { "kind": "*", "path": "old/", "reason": "old" }
    ]
}
`;
    const text = acceptByRule(before, finding('src/a.ts', 'src/b.ts'), 'known', '')!;
    assert.ok(text.startsWith(before.slice(0, before.indexOf('\n    ]'))));
    assert.match(text, /\n {4}\]\n\}\n$/);
    assert.deepEqual(JSON.parse(text).suppress[1], { kind: 'cycle', path: ['src/a.ts', 'src/b.ts'], reason: 'known' });
  });

  it('finds room beside other rules, in an empty list and in an empty file', () => {
    for (const text of ['{ "layers": {} }', '{\r\n\t"suppress": []\r\n}\r\n', '{}', '{"forbid": [],\n"suppress": [ ]}']) {
      const read = JSON.parse(acceptByRule(text, finding('src/a.ts'), 'known', '')!);
      assert.deepEqual(read, { ...JSON.parse(text), suppress: [{ kind: 'cycle', path: 'src/a.ts', reason: 'known' }] });
    }
  });

  it('touches no file that is wrong: an entry would not count', () => {
    assert.equal(acceptByRule('{"suppres": []}', finding('a.ts'), 'known', ''), undefined);
    assert.equal(acceptByRule('{', finding('a.ts'), 'known', ''), undefined);
  });

  it('means all files of the finding and no other one, whatever their names', () => {
    const name = fc.stringMatching(/^[\w[\]*?\\!#.()-]{1,8}$/).filter((n) => n !== '.' && n !== '..');
    const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join('/'));
    fc.assert(
      fc.property(path, path, fc.constantFrom('', 'app/'), (one, other, prefix) => {
        const read = readRules(acceptByRule('', finding(prefix + one), 'known', prefix)!, prefix);
        assert.ok(read.kind === 'rules');
        const rule = read.rules.suppress[0]!;
        assert.equal(rule.path(prefix + one), true);
        assert.equal(rule.path(prefix + other), one === other);
      }),
    );
  });

  it('is not offered for files of other folders, or for a crowd', () => {
    assert.equal(canAcceptByRule(finding('app/a.ts', 'lib/b.ts'), 'app/'), false);
    assert.equal(canAcceptByRule(finding(...Array.from({ length: 21 }, (_, i) => `${i}.ts`)), ''), false);
    assert.equal(canAcceptByRule(finding('app/a.ts'), 'app/'), true);
  });
});
