/** Opens the workspace a command names, with progress on a terminal and warnings on standard error. */
import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openWorkspace } from '../index/open.js';
import type { Snapshot } from '../index/snapshot.js';
import type { WorkspacePath } from '../workspace/entry.js';
import { type CommandContext, CommandError } from './command.js';

export interface WorkspaceOptions {
  readonly repo?: readonly string[] | undefined;
  readonly store?: string | undefined;
  readonly 'no-store'?: boolean | undefined;
  readonly quiet?: boolean | undefined;
}

/** Folder of the .wasm files, beside the bundle this code runs in. */
export const GRAMMARS = join(__dirname, 'grammars');

export async function openSnapshot(options: WorkspaceOptions, { terminal }: CommandContext): Promise<Snapshot> {
  const roots = (options.repo ?? ['.']).map((dir) => resolve(terminal.cwd, dir));
  for (const root of roots) {
    if (!statSync(root, { throwIfNoEntry: false })?.isDirectory()) {
      throw new CommandError(`"${root}" is not a folder. Name an existing one with --repo.`);
    }
  }
  return await openWorkspace(roots[0]!, GRAMMARS);
}

/** The file of the workspace that a user named: relative to the workspace, or to the current folder. */
export function findFile(snapshot: Snapshot, named: string, { terminal }: CommandContext): WorkspacePath {
  const plain = named.replaceAll('\\', '/').replace(/^\.\//, '');
  if (snapshot.has(plain)) return plain;
  const absolute = resolve(terminal.cwd, named);
  const entry = snapshot.entries.find((e) => e.absolute === absolute);
  if (entry) return entry.path;
  const base = plain.slice(plain.lastIndexOf('/') + 1);
  const near = snapshot.entries.filter((e) => e.path === base || e.path.endsWith(`/${base}`)).map((e) => e.path);
  throw new CommandError(
    `"${named}" is not a file of this workspace.${near.length > 0 ? ` Did you mean ${near.slice(0, 3).join(' or ')}?` : ' Ignored files are not part of it; longview index says what was read.'}`,
  );
}
