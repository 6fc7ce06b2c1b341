/**
 * Rules of the project: what its owners wrote down for those who change it. They go in front of
 * every pack, where no task changes them, so that a provider's cache keeps them; those of a folder
 * go behind the other files, for they change with the focus.
 */

import { folderOf, foldersUp } from '../base/paths.js';
import { countTokens } from '../base/tokens.js';
import { RULES_OF_FOLDERS, RULES_OF_ROOTS } from '../index/project-rules.js';
import type { Snapshot } from '../index/snapshot.js';
import type { WorkspacePath } from '../workspace/entry.js';
import type { Focus, LineRange } from './pack.js';

/** Stands behind their paths in the prompt, and is their reason in the pack. */
export const RULES_NOTE = 'rules of the project';

/** The most o200k tokens of all rules together, and the share of the budget: the code is what a pack is for. */
const MOST = 4_000;
const SHARE = 1 / 8;

export interface RulesFile {
  readonly path: WorkspacePath;
  /** Lines that are shown: all of them, or as many from the top as there is room for. */
  readonly ranges: readonly LineRange[];
  /** Of the folder of the focus, not of all code. */
  readonly nested: boolean;
}

/** @param budget o200k tokens of the whole pack. @param drops files that stay out. */
export function projectRules(
  snapshot: Snapshot,
  focus: Pick<Focus, 'path'> | undefined,
  budget: number,
  drops: ReadonlySet<WorkspacePath>,
): RulesFile[] {
  const roots = snapshot.roots.flatMap(({ prefix }) => RULES_OF_ROOTS.map((name) => prefix + name));
  const nearest = focus && nearestFolder(snapshot, focus.path, new Set(roots));
  const nested = nearest === undefined ? [] : RULES_OF_FOLDERS.map((name) => `${nearest}/${name}`);
  // One that is a copy of another is told once.
  const told = new Set<string>();
  let room = Math.min(MOST, Math.floor(budget * SHARE));
  return [...roots, ...nested].flatMap((path): RulesFile[] => {
    const text = snapshot.has(path) && !drops.has(path) ? snapshot.text(path) : undefined;
    if (text === undefined || told.has(text)) return [];
    told.add(text);
    const lines = linesWithin(snapshot, path, text, room);
    if (lines === 0) return [];
    room -= Math.min(room, snapshot.tokens(path));
    return [{ path, ranges: [{ start: 0, end: lines - 1 }], nested: !roots.includes(path) }];
  });
}

function nearestFolder(snapshot: Snapshot, path: WorkspacePath, roots: ReadonlySet<string>): string | undefined {
  return foldersUp(folderOf(path)).find((folder) =>
    RULES_OF_FOLDERS.some((name) => folder !== '' && !roots.has(`${folder}/${name}`) && snapshot.has(`${folder}/${name}`)),
  );
}

/** Lines from the top that have at most so many tokens. */
function linesWithin(snapshot: Snapshot, path: WorkspacePath, text: string, room: number): number {
  const all = snapshot.record(path)?.lineCount ?? 0;
  if (snapshot.tokens(path) <= room) return all;
  let tokens = 0;
  const lines = text.split('\n').slice(0, all);
  const over = lines.findIndex((line) => {
    tokens += countTokens(line) + 1;
    return tokens > room;
  });
  return over < 0 ? lines.length : over;
}
