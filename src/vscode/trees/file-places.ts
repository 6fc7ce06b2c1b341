/** Where files of the workspace lie on disk, told without asking the engine. */
import { join } from 'node:path';
import type { WorkspaceState } from '../../engine/protocol.js';
import type { WorkspacePath } from '../../workspace/entry.js';

/** Absolute path of a file; undefined when its root is not there. */
export function absoluteOf(roots: WorkspaceState['roots'], path: WorkspacePath): string | undefined {
  const root = roots.find((r) => path.startsWith(r.prefix));
  return root && join(root.folder, path.slice(root.prefix.length));
}
