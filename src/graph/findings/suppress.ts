/** Findings that somebody has accepted: by a comment at the place, or in the rules of the project. */
import type { Steps } from '../../base/steps.js';
import type { WorkspacePath } from '../../workspace/entry.js';
import type { Evidence, Examined, Finding } from './finding.js';
import type { Suppression } from './rules.js';

export interface Sorted {
  readonly shown: readonly Finding[];
  readonly suppressed: readonly Finding[];
}

/** Parts accepted findings from the others. A comment counts on or above any line of evidence, a rule when it means all of the finding's files. */
export function* suppress(findings: readonly Finding[], examined: Examined, rules: readonly Suppression[]): Steps<Sorted> {
  const comments = new Comments(examined);
  const shown: Finding[] = [];
  const suppressed: Finding[] = [];
  for (const finding of findings) {
    yield;
    const { kind, files, evidence } = finding;
    const isAccepted =
      rules.some((r) => (r.kind === '*' || r.kind === kind) && files.every(r.path)) || evidence.some((e) => comments.accept(kind, e));
    (isAccepted ? suppressed : shown).push(finding);
  }
  return { shown, suppressed };
}

const COMMENT = /longview-ignore[ \t]+([\w-]+(?:[ \t]*,[ \t]*[\w-]+)*)/;

class Comments {
  /** Line → kinds that its comment accepts. */
  readonly #files = new Map<WorkspacePath, ReadonlyMap<number, readonly string[]>>();

  constructor(private readonly examined: Examined) {}

  accept(kind: string, { path, line }: Evidence): boolean {
    const file = this.#files.get(path) ?? this.#read(path);
    this.#files.set(path, file);
    return [line, line - 1].some((l) => file.get(l)?.includes(kind) === true);
  }

  #read(path: WorkspacePath): ReadonlyMap<number, readonly string[]> {
    const found = new Map<number, readonly string[]>();
    // The words of the record spare reading nearly every text.
    if (this.examined.record(path)?.words.words.includes('longview') !== true) return found;
    for (const [line, text] of (this.examined.text(path) ?? '').split('\n').entries()) {
      const kinds = COMMENT.exec(text)?.[1];
      if (kinds !== undefined) found.set(line, kinds.split(/[ \t]*,[ \t]*/));
    }
    return found;
  }
}
