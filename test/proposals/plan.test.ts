import assert from 'node:assert/strict';
import fc from 'fast-check';
import { foldedPath } from '../../src/base/paths.js';
import { type Plan, type Present, planChanges, type Surroundings } from '../../src/proposals/plan.js';
import type { Basis, ProposedChange } from '../../src/proposals/proposal.js';
import { unsafePath } from '../../src/proposals/safe-path.js';
import { hashOf } from '../../src/workspace/text-hash.js';

type Files = Readonly<Record<string, string>>;

/** A workspace of these files, all of them seen by the model. A line with "!" does not parse. */
function around(files: Files, more: Partial<Surroundings> = {}): Surroundings {
  return {
    look: async (path): Promise<Present> => (Object.hasOwn(files, path) ? { kind: 'text', text: files[path]! } : { kind: 'nothing' }),
    isIgnored: async (path) => path.startsWith('ignored/'),
    syntaxErrors: async (path, text) => (path.endsWith('.ts') ? text.split('!').length - 1 : undefined),
    unknownPlaceholders: (text) => text.match(/<secret:\w+>/g) ?? [],
    secretsIn: (text) => new Map((text.match(/SECRET\d/g) ?? []).map((s, _, all) => [s, all.filter((o) => o === s).length])),
    sameButForCase: async (path) => Object.keys(files).filter((p) => p !== path && foldedPath(p) === foldedPath(path)),
    ...more,
  };
}
const seen = (files: Files): Basis => new Map(Object.entries(files).map(([path, text]) => [path, hashOf(text)]));
const plan = (files: Files, changes: readonly ProposedChange[], more?: Partial<Surroundings>): Promise<Plan> =>
  planChanges(changes, seen(files), around(files, more));
const edit = (path: string, ...pairs: [string, string][]): ProposedChange => ({
  kind: 'edit',
  path,
  replacements: pairs.map(([find, replace]) => ({ find, replace })),
});
const reasons = ({ refused }: Plan): string[] => refused.map((r) => r.reason);

describe('proposals/plan', () => {
  it('plans edits, new files, deletions and moves', async () => {
    const made = await plan({ 'a.ts': 'one\r\ntwo\r\nthree\r\n', 'b.ts': 'b\n', 'c.ts': 'c\n' }, [
      edit('a.ts', ['three\n', '3\n'], ['one\n', '1\n']),
      { kind: 'move', path: 'b.ts', to: 'lib/b.ts' },
      { kind: 'delete', path: 'c.ts' },
      { kind: 'create', path: 'd.ts', content: 'd\n' },
    ]);
    assert.deepEqual(made.refused, []);
    assert.deepEqual(
      made.files.map(({ kind, path, to, after }) => [kind, path, to, after]),
      [
        ['edit', 'a.ts', undefined, '1\r\ntwo\r\n3\r\n'],
        ['move', 'b.ts', 'lib/b.ts', 'b\n'],
        ['delete', 'c.ts', undefined, undefined],
        ['create', 'd.ts', undefined, 'd\n'],
      ],
    );
  });

  it('makes the edits of a file that is moved part of its move, by either name', async () => {
    for (const name of ['b.ts', 'lib/b.ts']) {
      const made = await plan({ 'b.ts': "import './a';\n" }, [
        { kind: 'move', path: 'b.ts', to: 'lib/b.ts' },
        edit(name, ["import './a';\n", "import '../a';\n"]),
      ]);
      assert.deepEqual(
        made.files.map(({ path, to, after }) => [path, to, after]),
        [['b.ts', 'lib/b.ts', "import '../a';\n"]],
      );
    }
  });

  it('refuses a file that has changed since the model read it, or that it never saw', async () => {
    const files = { 'a.ts': 'now\n' };
    const stale = await planChanges([edit('a.ts', ['now\n', 'x\n'])], seen({ 'a.ts': 'then\n' }), around(files));
    assert.equal(stale.refused[0]?.stale, true);
    const unseen = await planChanges([edit('a.ts', ['now\n', 'x\n'])], new Map(), around(files));
    assert.match(reasons(unseen)[0]!, /has not seen/);
    const withOtherBreaks = await planChanges([edit('a.ts', ['now\n', 'x\n'])], seen({ 'a.ts': 'now\r\n' }), around(files));
    assert.deepEqual(withOtherBreaks.refused, []);
  });

  it('refuses the whole file where one change of it cannot be made, and names the closest place', async () => {
    const made = await plan({ 'a.ts': 'one\ntwo\n', 'b.ts': 'b\n' }, [
      edit('a.ts', ['one\n', '1\n'], ['two\nthree\n', '2\n']),
      edit('b.ts', ['b\n', 'B\n']),
    ]);
    assert.deepEqual(
      made.files.map((f) => f.path),
      ['b.ts'],
    );
    assert.deepEqual(made.refused[0]?.closest, { line: 1, text: 'two' });
  });

  it('refuses changes of the same lines, and of the same file in several ways', async () => {
    const files = { 'a.ts': 'one\ntwo\nthree\n', 'b.ts': '' };
    assert.match(reasons(await plan(files, [edit('a.ts', ['one\ntwo\n', 'x\n'], ['two\nthree\n', 'y\n'])]))[0]!, /same lines/);
    for (const second of [
      { kind: 'delete', path: 'a.ts' },
      { kind: 'create', path: 'A.ts', content: '' },
      { kind: 'move', path: 'b.ts', to: 'a.ts' },
    ] as const) {
      const made = await plan(files, [edit('a.ts', ['one\n', 'x\n']), second]);
      assert.deepEqual([made.files, made.refused.length >= 1], [[], true], second.kind);
    }
  });

  it('never writes over a file, nor beside one that differs in case alone', async () => {
    const files = { 'a.ts': 'a\n', 'src/B.ts': 'b\n' };
    for (const change of [
      { kind: 'create', path: 'a.ts', content: 'x\n' },
      { kind: 'create', path: 'src/b.ts', content: 'x\n' },
      { kind: 'move', path: 'a.ts', to: 'src/B.ts' },
      { kind: 'move', path: 'a.ts', to: 'src/b.ts' },
    ] as const)
      assert.equal((await plan(files, [change])).refused.length, 1, JSON.stringify(change));
    assert.deepEqual((await plan(files, [{ kind: 'move', path: 'a.ts', to: 'A.ts' }])).refused, []);
  });

  it('refuses lines that stand for others, secrets that are not known, and a syntax worse than before', async () => {
    const files = { 'a.ts': 'one\n// ...\n', 'broken.ts': '!\n' };
    const refused = async (path: string, find: string, replace: string): Promise<string | undefined> =>
      reasons(await plan(files, [edit(path, [find, replace])]))[0];
    assert.match((await refused('a.ts', 'one\n', 'two\n// ... rest of the code\n'))!, /^Line 2 stands for lines/);
    assert.match((await refused('a.ts', 'one\n', '…\n'))!, /stands for lines/);
    assert.equal(await refused('a.ts', 'one\n', 'two(...rest);\n// wait...\n'), undefined);
    assert.match((await refused('a.ts', 'one\n', 'key = "<secret:ab>"\n'))!, /<secret:ab> stands for a secret/);
    assert.match((await refused('a.ts', 'one\n', 'two!\n'))!, /parse worse/);
    assert.equal(await refused('broken.ts', '!\n', 'x!\n'), undefined);
    assert.match((await refused('a.ts', 'one\n', 'one\n'))!, /Nothing would change/);
  });

  it('asks for consent where a file does more than the program, and never lets git be changed', async () => {
    const made = await plan({ 'package.json': '{}\n', 'a.ts': 'a\n' }, [
      edit('package.json', ['{}\n', '{"a":1}\n']),
      { kind: 'create', path: '.github/workflows/x.yml', content: 'on: push\n' },
      { kind: 'move', path: 'a.ts', to: '.husky/pre-commit' },
      { kind: 'create', path: '.VSCode/tasks.json', content: '{}\n' },
      { kind: 'create', path: 'sub/.Git/hooks/pre-commit', content: 'x\n' },
    ]);
    assert.deepEqual(
      made.files.filter((f) => f.consent === undefined),
      [],
    );
    assert.equal(made.files.length, 4);
    assert.match(reasons(made)[0]!, /Nothing may be changed there/);
  });

  it('asks for consent where a secret would stand that did not before', async () => {
    const files = { 'a.ts': "key = 'SECRET1'\nkey2 = 'SECRET2'\n", 'b.ts': 'b\n' };
    const consents = async (...changes: ProposedChange[]): Promise<(string | undefined)[]> =>
      (await plan(files, changes)).files.map((f) => f.consent);
    assert.deepEqual(await consents(edit('a.ts', ["key = 'SECRET1'\n", "const key = 'SECRET1'\n"])), [undefined]);
    assert.deepEqual(await consents(edit('b.ts', ['b\n', 'b(SECRET1)\n'])), [
      'a place where a secret would stand that did not before (SECRET1)',
    ]);
    assert.match((await consents({ kind: 'create', path: 'c.ts', content: 'SECRET2\n' }))[0]!, /SECRET2/);
    assert.match(
      (await consents(edit('a.ts', ["key2 = 'SECRET2'\n", "key2 = 'SECRET2'\nget('https://x.example/SECRET2')\n"])))[0]!,
      /SECRET2/,
    );
    assert.match((await consents({ kind: 'create', path: '.npmrc', content: 'SECRET2\n' }))[0]!, /^a hook or script .*, and a place where/);
  });

  it('warns of characters that cannot be seen, and of names that are not what they look like', async () => {
    const warned = async (path: string, content: string): Promise<readonly string[]> =>
      (await plan({}, [{ kind: 'create', path, content }])).files[0]!.warnings;
    assert.deepEqual(await warned('a', 'if (x) { /*\u202e } */\n'), ['it would have characters that cannot be seen (\\u{202e})']);
    assert.equal((await warned('a', `x\u{e0041}\n`)).length, 1);
    assert.equal((await warned('a', 'a\u001b]0;x\u0007\n')).length, 1);
    assert.deepEqual(await warned('a', '👩‍💻 🏴󠁧󠁢󠁥󠁮󠁧󠁿 नमस्ते\r\n\t'), []);
    assert.match((await warned('src/\u0430pp.ts', 'x\n'))[0]!, /^its name mixes/);
    assert.deepEqual(await warned('src/при.ts', 'x\n'), []);
    assert.deepEqual(await warned('src/привет/app', 'x\n'), []);
  });

  it('leaves ignored paths, and what cannot be touched, alone', async () => {
    assert.match(reasons(await plan({}, [{ kind: 'create', path: 'ignored/x', content: '' }]))[0]!, /ignores/);
    const look = async (): Promise<Present> => ({ kind: 'untouchable', reason: 'lies behind a link' });
    assert.deepEqual(reasons(await plan({ a: '' }, [edit('a', ['x\n', 'y\n'])], { look })), ['It lies behind a link.']);
    const behind = async (path: string): Promise<Present> => (path === 'a' ? { kind: 'text', text: '' } : await look());
    assert.deepEqual(reasons(await plan({ a: '' }, [{ kind: 'move', path: 'a', to: 'b' }], { look: behind })), ['It lies behind a link.']);
  });

  it('warns of a file of which much goes', async () => {
    const long = Array.from({ length: 60 }, (_, i) => `l${i}\n`);
    const made = await plan({ 'a.ts': long.join('') }, [edit('a.ts', [long.slice(0, 50).join(''), ''])]);
    assert.deepEqual(made.files[0]?.warnings, ['50 of 60 lines go']);
  });

  it('refuses every path that does not stay inside, or is not what it looks like', () => {
    for (const path of [
      '',
      '/etc/passwd',
      '../a',
      'a/../../b',
      'a/./b',
      'a//b',
      'C:/a',
      'c:a',
      '~/a',
      'a\\..\\b',
      'a\0b',
      'a\nb',
      'a\u202eb',
      'a\u200bb',
      'a/b ',
      'a./b',
      'a/CON',
      'nul.txt',
      'a:b',
      'a?b',
      'x'.repeat(2000),
    ])
      assert.notEqual(unsafePath(path), undefined, JSON.stringify(path));
    for (const path of ['a', 'src/a.ts', '.eslintrc', 'a b/c', 'ä/日本.ts', 'a/[id]/(x)/@y.ts', 'console.ts', '...rest'])
      assert.equal(unsafePath(path), undefined, path);
  });

  it('gives no plan that leaves the workspace or touches what was not agreed, whatever is proposed', async () => {
    const files = { 'a.ts': 'one\ntwo\ntwo\n', 'src/b.ts': 'b\r\nB\r\n', 'ignored/c': 'c\n', '.git/config': '[core]\n' };
    const path = fc.oneof(
      fc.constantFrom(
        ...Object.keys(files),
        'new.ts',
        'src/new.ts',
        '../out',
        '/abs',
        'A.ts',
        'src/../a.ts',
        '.git/hooks/x',
        'package.json',
        'src',
      ),
      fc.string({ maxLength: 12, unit: 'binary' }),
    );
    const text = fc.oneof(
      fc.constantFrom('one\n', 'two\n', 'b\n', 'b\nB\n', '', '!\n', '…\n', '<secret:x>\n'),
      fc.string({ maxLength: 20 }),
    );
    const change: fc.Arbitrary<ProposedChange> = fc.oneof(
      fc.record({
        kind: fc.constant('edit' as const),
        path,
        replacements: fc.array(fc.record({ find: text, replace: text }), { maxLength: 3 }),
      }),
      fc.record({ kind: fc.constant('create' as const), path, content: text }),
      fc.record({ kind: fc.constant('delete' as const), path }),
      fc.record({ kind: fc.constant('move' as const), path, to: path }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 6 }), async (changes) => {
        const made = await plan(files, changes);
        const one = made.files.flatMap((f) => [...new Set([f.path, f.to ?? f.path].map(foldedPath))]);
        assert.equal(new Set(one).size, one.length);
        for (const file of made.files) {
          const target = file.to ?? file.path;
          assert.equal(unsafePath(file.path) ?? unsafePath(target), undefined);
          assert.ok(!/^(?:ignored|\.git)\//i.test(file.path) && !/^(?:ignored|\.git)\//i.test(target));
          assert.equal(file.before, new Map(Object.entries(files)).get(file.path));
          if (file.kind === 'create' || file.to !== undefined)
            assert.ok(!Object.hasOwn(files, target) || foldedPath(target) === foldedPath(file.path));
          assert.ok(!(file.after ?? '').split('\n').includes('…'));
        }
      }),
      { numRuns: 20_000 },
    );
  }).timeout(60_000);
});
