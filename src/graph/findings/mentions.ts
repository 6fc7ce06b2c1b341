/** Which files spell a name, in code, comments, texts or documents: where no file but its own does, nothing else can be using it by name. */
import type { Steps } from '../../base/steps.js';
import { splitWords } from '../../base/words.js';
import type { WorkspacePath } from '../../workspace/entry.js';
import type { Examined } from './finding.js';

const IDENTIFIER = /[\p{L}_$][\p{L}\p{N}_$]*/gu;

/** Words of a text that are read in one step. */
const WORDS = 5_000;

/** Files that spell each of `names`, of those that `among` takes in. Reads only texts that have all words of a name. */
export function* filesThatMention(
  { entries, record, text }: Examined,
  names: ReadonlySet<string>,
  among: (path: WorkspacePath) => boolean,
): Steps<Map<string, Set<WorkspacePath>>> {
  const found = new Map([...names].map((name) => [name, new Set<WorkspacePath>()]));
  const byWord = new Map<string, { readonly name: string; readonly words: readonly string[] }[]>();
  const wordless: string[] = [];
  for (const name of names) {
    const words = splitWords(name);
    const longest = words.reduce((best, w) => (w.length > best.length ? w : best), '');
    if (longest === '') wordless.push(name);
    else byWord.set(longest, [...(byWord.get(longest) ?? []), { name, words }]);
  }
  for (const { path } of entries) {
    yield;
    const here = record(path)?.words.words;
    if (!here || !among(path)) continue;
    let known: Set<string> | undefined;
    const maybe = [...wordless];
    for (const word of here) {
      for (const { name, words } of byWord.get(word) ?? []) {
        known ??= new Set(here);
        const all = known;
        if (words.every((w) => all.has(w))) maybe.push(name);
      }
    }
    if (maybe.length === 0) continue;
    const wanted = new Set(maybe);
    const whole = text(path);
    if (whole === undefined) {
      for (const name of maybe) found.get(name)?.add(path);
      continue;
    }
    let read = 0;
    for (const [word] of whole.matchAll(IDENTIFIER)) {
      if (++read % WORDS === 0) yield;
      if (wanted.delete(word)) found.get(word)?.add(path);
      if (wanted.size === 0) break;
    }
  }
  return found;
}
