/** The folders of a workspace as a tree. A folder that holds one folder and nothing else is one with it: `src/main/java` is a single place. */
import type { WorkspacePath } from '../../workspace/entry.js';

export interface FolderTree {
  /** Path of each folder without a slash at its end; parents stand before their children, the first is the outermost. */
  readonly paths: readonly string[];
  /** Number of the folder around each; -1 for the outermost. */
  readonly parents: Int32Array;
  /** Number of each file's folder, in the order of the files. */
  readonly folderOf: Uint32Array;
}

interface Growing {
  readonly path: string;
  readonly folders: Map<string, Growing>;
  readonly files: number[];
}

export function folderTree(files: readonly WorkspacePath[]): FolderTree {
  const root: Growing = { path: '', folders: new Map(), files: [] };
  for (const [n, file] of files.entries()) {
    let at = root;
    for (let from = 0, to = file.indexOf('/'); to !== -1; from = to + 1, to = file.indexOf('/', from)) {
      const name = file.slice(from, to);
      let next = at.folders.get(name);
      if (!next) {
        next = { path: file.slice(0, to), folders: new Map(), files: [] };
        at.folders.set(name, next);
      }
      at = next;
    }
    at.files.push(n);
  }
  const paths: string[] = [];
  const parents: number[] = [];
  const folderOf = new Uint32Array(files.length);
  const waiting: [Growing, number][] = [[root, -1]];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [above, parent] = next;
    const folder = endOfChain(above);
    const number = paths.push(folder.path) - 1;
    parents.push(parent);
    for (const file of folder.files) folderOf[file] = number;
    for (const inner of [...folder.folders.values()].reverse()) waiting.push([inner, number]);
  }
  return { paths, parents: Int32Array.from(parents), folderOf };
}

function endOfChain(folder: Growing): Growing {
  let at = folder;
  while (at.files.length === 0 && at.folders.size === 1) at = at.folders.values().next().value!;
  return at;
}
