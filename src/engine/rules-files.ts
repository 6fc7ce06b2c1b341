/** The rules files of a workspace, read off the disk: they count where git ignores them too. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { joinRules, RULES_FILE, type Rules, readRules } from '../graph/findings/rules.js';
import type { Scan, WorkspacePath } from '../workspace/entry.js';

export interface WrongRules {
  readonly path: WorkspacePath;
  readonly absolute: string;
  /** Each says where it is, what is wrong and what to do. */
  readonly problems: readonly string[];
}

export interface RulesOfRoots {
  /** Those of the files that are right. */
  readonly rules: Rules;
  readonly wrong: readonly WrongRules[];
}

/** @param unsaved texts by absolute path that count in place of what is on disk. */
export function readRulesFiles(roots: Scan['roots'], unsaved: ReadonlyMap<string, string> = new Map()): RulesOfRoots {
  const right: Rules[] = [];
  const wrong: WrongRules[] = [];
  for (const { folder, prefix } of roots) {
    const absolute = join(folder, RULES_FILE);
    const found = unsaved.get(absolute) ?? textOf(absolute);
    if (found === undefined) continue;
    const read =
      typeof found === 'string'
        ? readRules(found, prefix)
        : { kind: 'wrong' as const, problems: [`could not be read (${found.code}). Check its permissions.`] };
    if (read.kind === 'rules') right.push(read.rules);
    else wrong.push({ path: prefix + RULES_FILE, absolute, problems: read.problems });
  }
  return { rules: joinRules(right), wrong };
}

/** Undefined where there is no such file. */
function textOf(file: string): string | { readonly code: string } | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR' ? undefined : { code };
  }
}
