/** Rules that a project has written down for those who change it, people and assistants alike: where they stand, and those for a change. */
import type { WorkspacePath } from '../workspace/entry.js';
import type { Snapshot } from './snapshot.js';

export interface ProjectRules {
  readonly files: readonly { readonly path: WorkspacePath; readonly text: string }[];
  /** Files of rules that are left out because all together would be too long. */
  readonly leftOut: readonly WorkspacePath[];
}

/** Read in the root of each folder of the workspace. */
export const RULES_OF_ROOTS = ['.longview/rules.md', 'AGENTS.md', 'CLAUDE.md', '.github/copilot-instructions.md'];
/** Read in the folders above a file that they are for. */
export const RULES_OF_FOLDERS = ['AGENTS.md', 'CLAUDE.md'];

/** Characters of all rules together: some 15,000 tokens. */
const MOST = 60_000;

/** The rules for some files, the most general first. */
export function rulesFor(
  snapshot: Pick<Snapshot, 'text' | 'roots'>,
  paths: readonly WorkspacePath[],
  drops: ReadonlySet<WorkspacePath> = new Set(),
): ProjectRules {
  const tops = snapshot.roots.map(({ prefix }) => prefix.replace(/\/$/, ''));
  const folders = [...new Set([...tops, ...paths.flatMap((path) => foldersAbove(path, tops))])].sort(
    (a, b) => depthOf(a) - depthOf(b) || (a < b ? -1 : 1),
  );
  const files: { path: WorkspacePath; text: string }[] = [];
  const leftOut: WorkspacePath[] = [];
  let length = 0;
  for (const folder of folders) {
    for (const name of tops.includes(folder) ? RULES_OF_ROOTS : RULES_OF_FOLDERS) {
      const path = folder === '' ? name : `${folder}/${name}`;
      const text = drops.has(path) ? undefined : snapshot.text(path);
      // One that is a copy of another is told once.
      if (text === undefined || text.trim() === '' || files.some((file) => file.text === text)) continue;
      if (length + text.length > MOST) leftOut.push(path);
      else {
        files.push({ path, text });
        length += text.length;
      }
    }
  }
  return { files, leftOut };
}

/** "a", "a/b" for "a/b/c.ts", from the top of its root on. */
function foldersAbove(path: WorkspacePath, tops: readonly string[]): string[] {
  const names = path.split('/').slice(0, -1);
  const folders = ['', ...names.map((_, i) => names.slice(0, i + 1).join('/'))];
  return folders.filter((folder) => tops.some((top) => top === '' || folder === top || folder.startsWith(`${top}/`)));
}

const depthOf = (folder: string): number => (folder === '' ? 0 : folder.split('/').length);
