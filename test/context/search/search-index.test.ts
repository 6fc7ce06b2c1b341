import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { atOnce } from '../../../src/base/steps.js';
import type { PackRequest, PackResult } from '../../../src/context/pack.js';
import { packContext } from '../../../src/context/pack-context.js';
import { searchOf } from '../../../src/context/search/search-index.js';
import type { Snapshot, SnapshotHome } from '../../../src/index/snapshot.js';
import { Folder } from '../../folders.js';
import { snapshotOf } from '../../workspaces.js';

/** Enough files that their segment is worth a file. */
const MANY: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from({ length: 150 }, (_, i) => [
    `src/part${i % 7}/file${i}.ts`,
    `import { open${(i * 3) % 150} } from '../part${((i * 3) % 150) % 7}/file${(i * 3) % 150}';\n\n/** Keeps the ${i % 5 === 0 ? 'cookie' : 'session'} open. */\nexport function open${i}() {\n  return open${(i * 3) % 150}();\n}\n`,
  ]),
);

const REQUESTS: readonly PackRequest[] = [
  { task: 'Close `open7` when the cookie is gone', budget: 2_000 },
  { task: 'part 3: keep sessions', budget: 2_500, focus: { path: 'src/part0/file0.ts' }, drops: ['src/part1/file1.ts'] },
];

const packs = (snapshot: Snapshot): PackResult[] => REQUESTS.map((request) => packContext(snapshot, request));

/** From records alone: nothing is kept. */
const made = (snapshot: Snapshot): PackResult[] => packs({ ...snapshot, home: { derived: undefined } });

/** As one index after the other gives them: `home` is one process, a new one has the folder alone. */
const withHome = async (files: Readonly<Record<string, string>>, home: SnapshotHome): Promise<Snapshot> => ({
  ...(await snapshotOf(files)),
  home,
});

describe('context/search', () => {
  let folder: Folder;
  let derived: string;
  beforeEach(() => {
    folder = new Folder();
    derived = join(folder.path, 'search-0123456789abcdef');
  });
  afterEach(() => folder.remove());
  const segments = (): string[] => readdirSync(derived).map((name) => join(derived, name));

  it('packs the same from what is kept as from records alone, whatever is edited, removed or renamed', async () => {
    const path = fc.nat(Object.keys(MANY).length - 1);
    const edit = fc.oneof(
      fc.record({
        kind: fc.constant('write' as const),
        path,
        text: fc.constantFrom('', 'cookie', 'export function open7() {\n  return open0();\n}\n'),
      }),
      fc.record({ kind: fc.constant('remove' as const), path }),
      fc.record({ kind: fc.constant('rename' as const), path }),
      fc.record({ kind: fc.constant('copy' as const), path }),
      fc.record({ kind: fc.constant('restart' as const) }),
      fc.record({ kind: fc.constant('remove-most' as const) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 6 }), async (edits) => {
        let home: SnapshotHome = { derived };
        const files: Record<string, string> = { ...MANY };
        for (const e of edits) {
          const old = 'path' in e ? Object.keys(MANY)[e.path]! : '';
          if (e.kind === 'restart') home = { derived };
          else if (e.kind === 'write') files[old] = e.text;
          else if (e.kind === 'remove-most') for (const p of Object.keys(files).slice(20)) delete files[p];
          else if (old in files) {
            if (e.kind !== 'remove') files[`src/${e.kind}.ts`] = files[old]!;
            if (e.kind !== 'copy') delete files[old];
          }
          const snapshot = await withHome(files, home);
          assert.deepEqual(packs(snapshot), made(snapshot));
        }
      }),
      { numRuns: 12 },
    );
  }).timeout(60_000);

  it('begins anew from the folder, without a record', async () => {
    packs(await withHome(MANY, { derived }));
    const snapshot = await withHome(MANY, { derived });
    const view = atOnce(searchOf({ ...snapshot, record: (path) => assert.fail(`${path} is read`) }));
    assert.equal(view.paths.length, 150);
    assert.ok(view.find('stems', 'cooki').length > 0);
  });

  it('makes a damaged segment again', async () => {
    const snapshot = await withHome(MANY, { derived });
    packs(snapshot);
    const bytes = readFileSync(segments()[0]!);
    for (const damaged of [bytes.subarray(0, 40), bytes.map((b, i) => (i === bytes.length >> 1 ? b ^ 1 : b)), Buffer.from('{}')]) {
      writeFileSync(segments()[0]!, damaged);
      const again = await withHome(MANY, { derived });
      assert.deepEqual(packs(again), made(again));
      assert.equal(segments().length, 1);
      assert.deepEqual(readFileSync(segments()[0]!), bytes);
    }
  });

  it('writes nothing to disk of text that is not saved', async () => {
    const snapshot = await withHome(MANY, { derived });
    packs({ ...snapshot, isUnsaved: () => true });
    assert.throws(() => readdirSync(derived), { code: 'ENOENT' });
  });

  it('goes on without a folder that it can write to', async () => {
    folder.write('search-0123456789abcdef', 'a file where the folder should be');
    const snapshot = await withHome(MANY, { derived });
    assert.deepEqual(packs(snapshot), made(snapshot));
  });
});
