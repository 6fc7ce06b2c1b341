/** Opens the workspace a command names, with progress on a terminal and warnings on standard error. */

import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { cacheFolder } from '../base/user-folders.js';
import { type IndexOptions, openWorkspace, type Progress } from '../index/index.js';
import type { Snapshot } from '../index/snapshot.js';
import type { WorkspacePath } from '../workspace/entry.js';
import { type CommandContext, CommandError, parseCount, type Terminal } from './command.js';

export interface WorkspaceOptions {
  readonly repo?: readonly string[] | undefined;
  readonly ignore?: readonly string[] | undefined;
  readonly huge?: string | undefined;
  readonly store?: string | undefined;
  readonly 'no-store'?: boolean | undefined;
  readonly quiet?: boolean | undefined;
}

/** The worker and its grammars, beside the bundle this code runs in. */
export const ASSETS = __dirname;

/** The present state of the workspace; its problems are left to `longview index` to list. */
export async function openSnapshot(options: WorkspaceOptions, context: CommandContext): Promise<Snapshot> {
  const progress = options.quiet === true || !context.terminal.interactive ? undefined : new ProgressLine(context.terminal);
  try {
    return await openWorkspace({ ...indexOptions(options, context), onProgress: progress?.show }, context.signal);
  } finally {
    progress?.clear();
  }
}

/** What an index of the workspace is opened with. Throws {@link CommandError} where a root is no folder. */
export function indexOptions(options: WorkspaceOptions, { terminal }: CommandContext): IndexOptions {
  const roots = (options.repo ?? ['.']).map((dir) => resolve(terminal.cwd, dir));
  for (const root of roots) {
    if (!isFolder(root)) throw new CommandError(`"${root}" is not a folder. Name an existing one with --repo.`);
  }
  return {
    roots,
    assets: ASSETS,
    store: storeFolder(options, roots, terminal),
    ignore: options.ignore,
    hugeBytes: options.huge === undefined ? undefined : parseCount('huge', options.huge),
  };
}

/** False too for one that cannot be looked at. */
function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** `--store`, or a folder of this workspace in the user's cache. */
function storeFolder(options: WorkspaceOptions, roots: readonly string[], { env, cwd }: Terminal): string | undefined {
  if (options['no-store'] === true) return undefined;
  return options.store === undefined ? usualStore(roots, { env }) : resolve(cwd, options.store);
}

/** The folder of a workspace's index in the user's cache. @param roots absolute paths. */
export function usualStore(roots: readonly string[], { env }: Pick<Terminal, 'env'>): string {
  const name = createHash('sha1').update(roots.join('\0')).digest('hex').slice(0, 20);
  return join(cacheFolder(env), name);
}

/** One line of progress, drawn over itself at most ten times a second. */
class ProgressLine {
  #drawn = 0;

  constructor(private readonly terminal: Terminal) {}

  readonly show = ({ done, total }: Progress): void => {
    if (total === 0 || performance.now() - this.#drawn < 100) return;
    this.#drawn = performance.now();
    this.terminal.note(`\r\x1b[KReading files: ${done} of ${total}`.slice(0, this.terminal.columns + 4));
  };

  clear(): void {
    if (this.#drawn > 0) this.terminal.note('\r\x1b[K');
  }
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
