import assert from 'node:assert/strict';
import fc from 'fast-check';
import { PreparedFamilies } from '../../src/graph/prepared.js';
import { NOTHING_RESOLVED, type ResolvedState } from '../../src/graph/resolution.js';
import { RESOLVERS } from '../../src/graph/resolvers.js';
import { PROGRAMS } from '../programs.js';
import { resolved, shownLinks } from '../resolutions.js';
import { entriesOf } from '../workspaces.js';

/** What one edit does to a line. */
const REWRITES: readonly ((line: string) => string | undefined)[] = [
  () => undefined,
  (line) => `${line}\n`,
  () => '',
  (line) => `${line}\n${line}`,
  (line) => line.replace(/\b1\b/, '2'),
  (line) => line.replace(/\b(found|first|n|user|shop|s)\b/, 'other'),
  (line) => line.replace(/\b(get|name|Run|go|sell|load|log|open)\b/, 'renamed'),
  (line) => line.replace(/\b(User|Store|Shop|Server|B)\b/, 'A'),
];

/** The files of each language family that stand in the programs, with every manifest. */
const FAMILIES = RESOLVERS.map(({ languages }) => {
  const isOther = (id: string | undefined): boolean => RESOLVERS.some((r) => id !== undefined && r.languages.includes(id));
  const own = entriesOf(Object.keys(PROGRAMS)).filter(({ language: id }) => (id !== undefined && languages.includes(id)) || !isOther(id));
  return own.map(({ path }) => [path, PROGRAMS[path]!] as const);
}).filter((files) => files.some(([path]) => !/\.(json|toml|mod)$/.test(path)));

describe('graph/resolution', () => {
  const edit = fc.record({ file: fc.nat(), line: fc.nat(), rewrite: fc.nat(), remove: fc.nat(11).map((n) => n === 0) });
  const rounds = fc.array(fc.array(edit, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 8 });

  it('gives after any series of edits what a fresh start gives', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...FAMILIES), rounds, async (family, series) => {
        const files = new Map(family);
        const names = [...files.keys()];
        let last: ResolvedState = await resolved(files, NOTHING_RESOLVED);
        const prepared = new PreparedFamilies();
        let kept: ResolvedState = await resolved(files, NOTHING_RESOLVED, prepared);
        for (const edits of series) {
          for (const { file, line, rewrite, remove } of edits) {
            const name = names[file % names.length]!;
            if (remove) {
              files.delete(name);
              continue;
            }
            const lines = (files.get(name) ?? PROGRAMS[name]!).split('\n');
            const at = line % lines.length;
            const rewritten = REWRITES[rewrite % REWRITES.length]!(lines[at]!);
            lines.splice(at, 1, ...(rewritten === undefined ? [] : [rewritten]));
            files.set(name, lines.join('\n'));
          }
          const next = await resolved(files, last);
          const nextKept = await resolved(files, kept, prepared);
          const fresh = shownLinks(files, await resolved(files, NOTHING_RESOLVED));
          assert.deepEqual(shownLinks(files, next), fresh);
          assert.deepEqual(shownLinks(files, nextKept), fresh);
          last = next;
          kept = nextKept;
        }
      }),
      { numRuns: 400 },
    );
  });
});
