/** What a task asks for: the words to look for and the names it mentions, with their weights. */
import { splitWords, stemOf } from '../base/words.js';

export interface Query {
  /** Weight of each stem. */
  readonly stems: ReadonlyMap<string, number>;
  /** Identifiers that the task writes as code: `backticked`, camelCase, snake_case, Dotted.names; the parts of the last too. */
  readonly names: ReadonlySet<string>;
}

/** Words that say nothing about code. Words of code such as "for" or "return" are found everywhere, so their rarity already keeps them small. */
const STOP = new Set(
  'to in of on is it as at by be do if or an so no up we my he us go me am vs eg ie etc the and for with from that this when are not but was can has have had its into than then them they will would should could also only more most some such any all one out use used using make makes made now new add adds added adding change changes changed fix fixes fixed fixing update updates updated remove removes removed instead which where what while there their been being does doing done both between because before after other over under same just like via per our you your who how why let may might must about without within each own too very still yet even ever never always since until pull request merge merged branch commit issue bug feature closes see note notes please'.split(
    ' ',
  ),
);

/** Reads a task. The first line is its title and counts more than what follows. */
export function readQuery(task: string): Query {
  const stems = new Map<string, number>();
  const [title = '', ...body] = task.trim().split('\n');
  const add = (text: string, weight: number): void => {
    for (const word of splitWords(text)) {
      if (STOP.has(word) || /^\d+$/.test(word)) continue;
      const stem = stemOf(word);
      stems.set(stem, Math.max(stems.get(stem) ?? 0, weight));
    }
  };
  add(body.join('\n'), 0.4);
  add(title, 1);
  add(scopeOf(title), 1.5);
  return { stems, names: mentioned(task) };
}

/** What a title puts before its colon, as in "parser: accept tabs" or "fix(parser): …": the part of the code it is about. */
function scopeOf(title: string): string {
  return (
    /^(?:\w+\(([^)]{1,40})\)!?|([\w./, -]{1,40})):\s/
      .exec(title)
      ?.slice(1)
      .find((s) => s !== undefined) ?? ''
  );
}

function mentioned(task: string): Set<string> {
  const names = new Set<string>();
  const quoted = [...task.matchAll(/`([^`\n]+)`/g)].flatMap((m) => m[1]?.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? []);
  for (const word of [...quoted, ...(task.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? []).filter(looksLikeCode)])
    if (word.length > 2) names.add(word);
  return names;
}

/** camelCase, snake_case, PascalCase of two words, or a leading underscore: nobody writes prose so. */
function looksLikeCode(word: string): boolean {
  return /\p{Ll}\p{Lu}/u.test(word) || /[\p{L}\p{N}]_[\p{L}\p{N}]/u.test(word) || /^_/.test(word) || /^\p{Lu}{2,}\p{Ll}/u.test(word);
}
