/** Which of the files that open a constant defines it, and whether it is the tree's own at all. */
import { folderOf, foldersUp } from '../../../base/paths.js';
import type { WorkspacePath } from '../../../workspace/entry.js';
import type { ResolveInput } from '../../links.js';
import type { Constants, Opening } from './constants.js';
import { isCoreConstant, isStandardConstant, squash } from './libraries.js';
import { isTestFile, type LoadPath } from './load-path.js';

export class Definitions {
  readonly #owned = new Map<string, boolean>();
  /** Squashed names of gems and files that the tree requires and does not hold. */
  readonly #foreign = new Set<string>();
  /** File → squashed names of the constants that convention puts there, one for each root around it. */
  readonly #conventions = new Map<WorkspacePath, ReadonlySet<string>>();

  /** `required`: gems and required paths, in the tree and outside; `autoloads`: full name → the file that an autoload of it names. */
  constructor(
    input: ResolveInput,
    private readonly constants: Constants,
    loadPath: LoadPath,
    required: { readonly own: Iterable<string>; readonly foreign: Iterable<string> },
    private readonly autoloads: ReadonlyMap<string, WorkspacePath>,
    autoloadFolders: readonly string[],
  ) {
    for (const name of required.foreign) for (const part of spelled(name)) this.#foreign.add(part);
    for (const name of required.own) for (const part of spelled(name)) this.#foreign.delete(part);
    const files = input.entries.filter((e) => e.language === 'ruby').map((e) => e.path);
    const roots = new Set(autoloadFolders);
    for (const file of files) {
      for (const { folder } of loadPath.foldersFor(file)) roots.add(folder);
      // What Rails autoloads from: app/* and app/*/concerns.
      const autoloaded = /^(.*\/)?app\/[^/]+\/(concerns\/)?/.exec(file)?.[0];
      if (autoloaded !== undefined) roots.add(autoloaded.slice(0, -1));
    }
    for (const file of files) {
      const around = foldersUp(folderOf(file)).filter((f) => roots.has(f));
      const names = around.map((root) => squash(file.slice(root === '' ? 0 : root.length + 1).replace(/\.rb$/, '')));
      this.#conventions.set(file, new Set(names));
    }
  }

  /** Whether the tree defines a constant, not a library that the tree only adds to. */
  owns(name: string): boolean {
    let known = this.#owned.get(name);
    if (known === undefined) {
      known = this.#judge(name);
      this.#owned.set(name, known);
    }
    return known;
  }

  /**
   * The opening that defines a constant: the one that an autoload names, else the one where convention puts it
   * (app/models/user_post.rb for UserPost), else the one that says more than `class A; end`: Ruby takes a superclass only
   * where a class is opened first. A namespace that is many files' alike has none.
   */
  definitionOf(name: string, visible: readonly Opening[], from: WorkspacePath): Opening | undefined {
    const files = new Set(visible.map((o) => o.file));
    if (files.size <= 1) return visible[0];
    const autoloaded = this.autoloads.get(name);
    const ranked = visible.map((opening) => ({ opening, rank: this.#rank(opening, name, autoloaded) })).filter((r) => r.rank > 0);
    const best = Math.max(0, ...ranked.map((r) => r.rank));
    const first = ranked.filter((r) => r.rank === best).map((r) => r.opening);
    // Where several say something alike, nothing tells which of them defines it.
    if (best === Rank.Members && new Set(first.map((o) => o.file)).size > 1) return undefined;
    return first.find((o) => o.file === from) ?? first[0];
  }

  #rank(opening: Opening, name: string, autoloaded: WorkspacePath | undefined): Rank {
    if (opening.file === autoloaded) return Rank.Autoloaded;
    if (this.#conventional(opening.file, name)) return isTestFile(opening.file) ? Rank.ConventionalTest : Rank.Conventional;
    if (opening.assigned || opening.record.mark === 'derived') return Rank.Derived;
    return opening.members > 0 ? Rank.Members : Rank.None;
  }

  #judge(name: string): boolean {
    if (isCoreConstant(name)) return false;
    const openings = this.constants.openings(name);
    if (openings.some((o) => !isTestFile(o.file) && this.#conventional(o.file, name))) return true;
    if (this.#foreign.has(squash(name))) return false;
    const last = name.lastIndexOf('::');
    if (last < 0) return !isStandardConstant(name);
    // In a library's namespace, `class A; end` may as well reopen; a superclass or a value may not.
    return this.owns(name.slice(0, last)) || openings.some((o) => o.assigned || o.record.mark === 'derived');
  }

  #conventional(file: WorkspacePath, name: string): boolean {
    return this.#conventions.get(file)?.has(squash(name)) ?? false;
  }
}

/** "rack/mock_request" and "rack-mock_request" → "rack", "rack/mockrequest"; nothing for what is too long to name a library. */
function* spelled(name: string): Generator<string> {
  if (name.length > 200) return;
  for (const parts of [name.split('/'), name.split('-')]) for (const [i] of parts.entries()) yield squash(parts.slice(0, i + 1).join('/'));
}

enum Rank {
  None,
  Members,
  Derived,
  ConventionalTest,
  Conventional,
  Autoloaded,
}
