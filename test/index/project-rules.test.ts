import assert from 'node:assert/strict';
import { rulesFor } from '../../src/index/project-rules.js';

function snapshotOf(texts: Readonly<Record<string, string>>, prefixes: readonly string[] = ['']) {
  return { text: (path: string) => texts[path], roots: prefixes.map((prefix) => ({ folder: `/${prefix}`, prefix })) };
}
const pathsOf = (...of: Parameters<typeof rulesFor>): string[] => rulesFor(...of).files.map(({ path }) => path);

describe('index/project-rules', () => {
  const texts = {
    'AGENTS.md': 'all',
    'CLAUDE.md': ' \n',
    '.github/copilot-instructions.md': 'copilot',
    '.longview/rules.md': 'ours',
    'src/AGENTS.md': 'src',
    'src/deep/CLAUDE.md': 'deep',
    'src/.longview/rules.md': 'not at the top',
    'test/AGENTS.md': 'tests',
  };

  it('finds those at the top, then those of the folders above each file; empty ones say nothing', () => {
    const top = ['.longview/rules.md', 'AGENTS.md', '.github/copilot-instructions.md'];
    assert.deepEqual(pathsOf(snapshotOf(texts), ['src/deep/a.ts']), [...top, 'src/AGENTS.md', 'src/deep/CLAUDE.md']);
    assert.deepEqual(pathsOf(snapshotOf(texts), ['a.ts']), top);
    assert.deepEqual(pathsOf(snapshotOf(texts), ['a.ts'], new Set(['.longview/rules.md'])), top.slice(1));
  });

  it('reads every root of several, and nothing above them', () => {
    const several = { 'app/AGENTS.md': 'app', 'lib/.longview/rules.md': 'lib', 'AGENTS.md': 'of no root' };
    assert.deepEqual(pathsOf(snapshotOf(several, ['app/', 'lib/']), ['app/src/a.ts']), ['app/AGENTS.md', 'lib/.longview/rules.md']);
  });

  it('names what would be too long all together', () => {
    const { files, leftOut } = rulesFor(
      snapshotOf({ 'AGENTS.md': 'x'.repeat(59_000), 'CLAUDE.md': 'y'.repeat(2_000), '.longview/rules.md': 'z' }),
      [],
    );
    assert.deepEqual([files.map(({ path }) => path), leftOut], [['.longview/rules.md', 'AGENTS.md'], ['CLAUDE.md']]);
  });
});
