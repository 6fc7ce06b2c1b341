import assert from 'node:assert/strict';
import fc from 'fast-check';
import { atOnce } from '../../src/base/steps.js';
import { PreparedFamilies } from '../../src/graph/prepared.js';
import { NOTHING_RESOLVED, Resolution, type ResolvedState } from '../../src/graph/resolution.js';
import { RESOLVERS } from '../../src/graph/resolvers.js';
import { interfaceKey } from '../../src/syntax/interface.js';
import type { FileRecord } from '../../src/syntax/record.js';
import { PROGRAMS } from '../programs.js';
import { entriesOf, recordOf } from '../workspaces.js';

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

const records = new Map<string, FileRecord>();

/** Links of these files, with what `old` knows taken over, by resolvers that were prepared before. */
async function resolved(files: ReadonlyMap<string, string>, old: ResolvedState, prepared?: PreparedFamilies): Promise<Resolution> {
  const key = (path: string): string | undefined => (files.has(path) ? `${path}\0${files.get(path)}` : undefined);
  for (const [path, text] of files) {
    const k = key(path)!;
    if (!records.has(k)) records.set(k, await recordOf(path, text));
  }
  const record = (path: string): FileRecord | undefined => records.get(key(path) ?? '');
  const input = {
    entries: entriesOf([...files.keys()]),
    has: (path: string) => files.has(path),
    record,
    manifest: (path: string) => files.get(path),
    contentKey: key,
    interfaceKey: (path: string) => {
      const found = record(path);
      return found && interfaceKey(found);
    },
  };
  return atOnce(new Resolution(input, prepared).resolve(RESOLVERS, '', old));
}

const shown = (files: ReadonlyMap<string, string>, r: Resolution): unknown =>
  [...files.keys()].sort().map((path) => [path, r.edges(path), r.links(path)]);

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
          const fresh = shown(files, await resolved(files, NOTHING_RESOLVED));
          assert.deepEqual(shown(files, next), fresh);
          assert.deepEqual(shown(files, nextKept), fresh);
          last = next;
          kept = nextKept;
        }
      }),
      { numRuns: 400 },
    );
  });
});
