/** Whether a scan would leave a file out, were it there: asked before one is made. */
import { join } from 'node:path';
import { runGit } from './git.js';
import { IgnoreRules } from './ignore-rules.js';
import { IGNORE_CASE, readRules } from './walk.js';

/**
 * By the same rules as `scanWorkspace`: git's own where the root is in a repository, else
 * its `.gitignore` files, and `.longviewignore`.
 * @param path below the root, safe to be joined to it. @param ignore further patterns, seen from the root.
 */
export async function wouldIgnore(root: string, path: string, ignore: readonly string[] = []): Promise<boolean> {
  if (new IgnoreRules(IGNORE_CASE).with('', ignore.join('\n')).ignores(path, false)) return true;
  const inRepository = (await runGit(root, ['rev-parse', '--is-inside-work-tree'])).kind === 'done';
  const asked = inRepository ? await runGit(root, ['config', '--type=bool', 'core.ignoreCase']) : undefined;
  const ignoreCase = asked?.kind === 'done' ? asked.output.toString().trim() === 'true' : IGNORE_CASE;
  if (inRepository) {
    if ((await runGit(root, ['check-ignore', '-q', '--', path])).kind === 'done') return true;
  } else if (rulesAlong(root, path, '.gitignore', ignoreCase).ignores(path, false)) return true;
  return rulesAlong(root, path, '.longviewignore', ignoreCase).ignores(path, false);
}

/** Rules of the files of this name in the folders around a path, the outermost first. */
function rulesAlong(root: string, path: string, name: string, ignoreCase: boolean): IgnoreRules {
  let rules = new IgnoreRules(ignoreCase);
  const names = path.split('/');
  for (let depth = 0; depth < names.length; depth++) {
    const folder = names.slice(0, depth).join('/');
    const text = readRules(join(root, folder, name));
    if (text !== '') rules = rules.with(folder, text);
  }
  return rules;
}
