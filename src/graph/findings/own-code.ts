/** The part of a workspace that findings are about, read once for all of them. */
import type { Steps } from '../../base/steps.js';
import type { FileRecord } from '../../syntax/record.js';
import type { FileEntry, WorkspacePath } from '../../workspace/entry.js';
import type { Examined } from './finding.js';
import { Hierarchy } from './hierarchy.js';

/** What people of this project write and ship. */
export interface OwnCode {
  /** All of the workspace: others use this code, too. */
  readonly examined: Examined;
  /** Its files, in the order of `entries`. */
  readonly paths: ReadonlySet<WorkspacePath>;
  readonly hierarchy: Hierarchy;
  /** Lines of a file's text; none of one that has changed since. */
  lines(path: WorkspacePath): readonly string[];
}

export function* readOwnCode(examined: Examined): Steps<OwnCode> {
  const paths = new Set<WorkspacePath>();
  for (const entry of examined.entries) {
    if (isOwnSource(entry, examined.record(entry.path))) paths.add(entry.path);
    yield;
  }
  const hierarchy = yield* Hierarchy.of(examined, paths);
  const texts = new Map<WorkspacePath, readonly string[]>();
  const lines = (path: WorkspacePath): readonly string[] => {
    const known = texts.get(path) ?? (examined.text(path) ?? '').split('\n');
    texts.set(path, known);
    return known;
  };
  return { examined, paths, hierarchy, lines };
}

/** Folders of what is shown, not shipped: code there is cut to what it explains. Of what only tests use, too. */
const EXAMPLES =
  /(^|\/)(([\w.]+-)?(docs?|documentation|examples?|samples?|snippets|demos?|fixtures|benchmarks?)|([\w.]+-)?test(ing|s)?-?(support|utils?|kit|helpers?|fixtures|common))\//i;

/** Paths of the files that people of this project write and ship, in the order of `entries`. */
export function ownSources({ entries, record }: Examined): Set<WorkspacePath> {
  return new Set(entries.filter((e) => isOwnSource(e, record(e.path))).map((e) => e.path));
}

/** No test, no example, nothing third-party, nothing that a tool wrote. */
function isOwnSource(entry: FileEntry, record: FileRecord | undefined): boolean {
  const byName = !entry.test && !entry.vendored && !entry.generated && !entry.lock && !entry.binary && !EXAMPLES.test(entry.path);
  return byName && record?.text.generated === false && !record.text.minified;
}
