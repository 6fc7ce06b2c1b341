import assert from 'node:assert/strict';
import { atOnce } from '../../src/base/steps.js';
import type { Pack, PackRequest } from '../../src/context/pack.js';
import { packContext } from '../../src/context/pack-context.js';
import { continueTurn, planTurn, type Turn } from '../../src/context/session/turn.js';
import type { Snapshot } from '../../src/index/snapshot.js';
import { snapshotOf } from '../workspaces.js';

function packed(snapshot: Snapshot, request: PackRequest): Pack {
  const result = packContext(snapshot, request);
  assert.equal(result.kind, 'packed', result.kind === 'refused' ? result.message : '');
  return (result as { pack: Pack }).pack;
}

const CODE = Array.from({ length: 300 }, (_, i) => `export const value${i} = ${i} * factor;`).join('\n');

describe('context/rules', () => {
  let snapshot: Snapshot;
  before(async () => {
    snapshot = await snapshotOf({
      'AGENTS.md': '# Rules\n\nTabs, never spaces.\n',
      'CLAUDE.md': '# Rules\n\nTabs, never spaces.\n',
      '.longview/rules.md': 'Every function has a test.\n',
      'src/ui/AGENTS.md': 'Pages are drawn without a server.\n',
      'src/ui/page.ts': `${CODE}\nexport const page = 1;\n`,
      'src/zebra.ts': CODE,
      'lib/AGENTS.md': 'Nothing of this is published.\n',
    });
  });
  const headers = ({ prompt }: Pack): string[] => prompt.split('\n').filter((line) => line.startsWith('==== '));

  it('puts those of the root in front of all files, marked, and a copy once', () => {
    const pack = packed(snapshot, { task: 'zebra', budget: 4_000 });
    assert.deepEqual(headers(pack).slice(0, 3), [
      '==== .longview/rules.md (rules of the project)',
      '==== AGENTS.md (rules of the project)',
      headers(pack)[2],
    ]);
    assert.ok(!headers(pack).some((h) => h.startsWith('==== CLAUDE.md (rules')));
    assert.match(pack.prompt, /\(rules of the project\)\n# Rules\n\nTabs, never spaces\./);
    assert.ok(pack.tokens <= 4_000);
    assert.deepEqual(pack.files.flatMap((f) => (f.rules ? [[f.path, f.rules, f.reason]] : [])).sort(), [
      ['.longview/rules.md', 'project', 'rules of the project'],
      ['AGENTS.md', 'project', 'rules of the project'],
    ]);
  });

  it("puts those of the focus's folder behind the other files, so that the beginning stays for a cache", () => {
    const pack = packed(snapshot, { task: 'zebra', budget: 4_000, focus: { path: 'src/ui/page.ts' } });
    const order = headers(pack);
    assert.deepEqual(order.slice(-3), ['==== src/ui/AGENTS.md (rules of the project)', '==== src/ui/page.ts', '==== Task']);
    assert.ok(!order.some((h) => h.startsWith('==== lib/AGENTS.md (rules')));
  });

  it('gives them an eighth of the budget at most, from the top, and nothing where a pin needs it', async () => {
    const long = await snapshotOf({
      'AGENTS.md': Array.from({ length: 2_000 }, (_, i) => `Rule ${i}: keep it.`).join('\n'),
      'src/pinned.ts': CODE,
    });
    const rules = packed(long, { task: 'x', budget: 8_000 }).files.find((f) => f.path === 'AGENTS.md');
    assert.ok(rules && rules.tokens <= 1_000 && rules.tokens > 800, `${rules?.tokens}`);
    assert.match(rules.text, /^Rule 0: keep it\.\n[\s\S]*\n…$/);
    const needed = long.tokens('src/pinned.ts') + 60;
    const tight = packed(long, { task: 'x', budget: needed, pins: [{ path: 'src/pinned.ts' }] });
    assert.ok(tight.files.some((f) => f.path === 'src/pinned.ts' && f.level === 'full'));
    assert.ok(!tight.files.some((f) => f.rules));
  });

  it('leaves out rules that are dropped', () => {
    const pack = packed(snapshot, { task: 'zebra', budget: 4_000, drops: ['AGENTS.md', 'CLAUDE.md'] });
    assert.ok(!pack.prompt.includes('Tabs, never spaces'));
  });

  it('are told once in a session, and again where they change', async () => {
    const first = atOnce(planTurn(snapshot, { request: { task: 'zebra', budget: 4_000 } })) as Turn;
    assert.match(first.context, /AGENTS\.md \(rules of the project\)/);
    const second = atOnce(continueTurn(snapshot, { task: 'page', budget: 4_000 }, first.shown, 4_000)) as Turn;
    assert.ok(!second.context.includes('AGENTS.md (rules of the project)'));
    const nested = atOnce(
      continueTurn(snapshot, { task: 'page', budget: 4_000, focus: { path: 'src/ui/page.ts' } }, first.shown, 4_000),
    ) as Turn;
    assert.match(nested.context, /==== src\/ui\/AGENTS\.md \(rules of the project\)\nPages are drawn/);
    const later = await snapshotOf({ 'AGENTS.md': '# Rules\n\nSpaces, never tabs.\n', 'src/zebra.ts': CODE });
    const third = atOnce(continueTurn(later, { task: 'page', budget: 4_000 }, first.shown, 4_000)) as Turn;
    assert.match(third.context, /==== AGENTS\.md \(changed: [^)]*\)\n[\s\S]*Spaces, never tabs\./);
  });
});
