import assert from 'node:assert/strict';
import fc from 'fast-check';
import { joinRules, readRules } from '../../../src/graph/findings/rules.js';

const problemsOf = (value: unknown): readonly string[] => {
  const read = readRules(JSON.stringify(value));
  return read.kind === 'wrong' ? read.problems : [];
};

describe('graph/findings/rules', () => {
  it('reads layers, what they may not import, and what is accepted', () => {
    const read = readRules(
      JSON.stringify({
        layers: { ui: ['src/ui/**', '*.view.ts'], db: 'db/' },
        forbid: [{ from: 'ui', to: ['db'], except: 'types', reason: 'no server' }],
        suppress: [{ kind: 'cycle', path: 'old/**', reason: 'goes next year' }],
      }),
    );
    assert.equal(read.kind, 'rules');
    if (read.kind !== 'rules') return;
    const { layers, forbid, suppress } = read.rules;
    assert.deepEqual(
      ['src/ui/a/b.ts', 'c.view.ts', 'src/c.view.ts', 'src/uid.ts'].map((p) => layers.get('ui')?.(p)),
      [true, true, false, false],
    );
    assert.deepEqual([layers.get('db')?.('db/a/b.ts'), layers.get('db')?.('src/db/a.ts')], [true, false]);
    assert.deepEqual(forbid, [{ from: ['ui'], to: ['db'], except: 'types', reason: 'no server' }]);
    assert.equal(suppress[0]?.path('old/a.ts'), true);
  });

  it('says of each mistake where it is and what to write', () => {
    assert.deepEqual(problemsOf({ layer: {} }), ['The file: "layer" is unknown. Known are layers, forbid, suppress.']);
    assert.deepEqual(problemsOf({ layers: { ui: [] } }), ['Layer "ui" is missing or no text. Write ["src/ui/**"].']);
    assert.deepEqual(problemsOf({ layers: { ui: 'u/' }, forbid: [{ from: 'ui', to: 'db' }] }), [
      '"forbid" 1, "to": there is no layer "db". Define it in "layers".',
    ]);
    assert.deepEqual(problemsOf({ suppress: [{ kind: 'cycle', path: 'a/**' }] }), [
      '"suppress" 1: "reason" is missing. Say why this is accepted.',
    ]);
    assert.match(problemsOf({ suppress: [{ kind: 'cycles', path: 'a', reason: 'b' }] })[0]!, /"kind" is none of layering, .*, \*\.$/);
    const read = readRules('{"layers": }');
    assert.match(read.kind === 'wrong' ? read.problems[0]! : '', /^is not JSON \(.*\)\. Mend its syntax\.$/);
  });

  it('keeps the layers of several folders apart', () => {
    const of = (prefix: string) => {
      const read = readRules('{"layers": {"ui": "ui/"}, "forbid": [{"from": "ui", "to": "ui"}]}', prefix);
      assert.equal(read.kind, 'rules');
      return read.kind === 'rules' ? [read.rules] : [];
    };
    const { layers, forbid } = joinRules([...of('web/'), ...of('app/')]);
    assert.deepEqual([...layers.keys()], ['web/ui', 'app/ui']);
    assert.deepEqual(
      forbid.map((f) => f.from),
      [['web/ui'], ['app/ui']],
    );
    assert.deepEqual([layers.get('web/ui')?.('web/ui/a.ts'), layers.get('web/ui')?.('app/ui/a.ts')], [true, false]);
  });

  it('takes any text without an exception', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.jsonValue().map((v) => JSON.stringify({ layers: v, forbid: v, suppress: v })),
        ),
        (text) => {
          const read = readRules(text);
          if (read.kind === 'wrong') assert.ok(read.problems.length > 0);
        },
      ),
    );
  });
});
