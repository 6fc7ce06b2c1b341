/** What a task leads to by names: definitions that it names, uses of them, and definitions whose name it spells in words. */
import type { Steps } from '../base/steps.js';
import { splitWords, stemOf } from '../base/words.js';
import type { FileRecord } from '../syntax/record.js';
import { blocksOf } from './blocks.js';
import type { LexicalScores } from './lexical.js';
import type { Query } from './query.js';
import type { SearchView } from './search/search-view.js';
import { blockOf } from './search/segment.js';

export interface Named {
  /** By block how much it is meant: of named definitions 1 where one begins, 0.5 for a further block of its body. */
  readonly blocks: Map<number, number>;
  /** The names. */
  readonly found: string[];
}

/** Files that define what the task names. */
export function namedIn(view: SearchView, { names }: Query): Map<number, Named> {
  const files = new Set([...names].flatMap((name) => view.find('definitions', name).flatMap((hits) => hits.files)));
  return new Map([...files].map((file) => [file, namedInFile(view.record(file), names)]));
}

function namedInFile(record: FileRecord, names: Query['names']): Named {
  const named: Named = { blocks: new Map(), found: [] };
  for (const s of record.symbols) {
    if (!names.has(s.name)) continue;
    named.found.push(s.name);
    for (const [i, b] of blocksOf(record).entries())
      if (b.end >= s.start && b.start <= s.end) raise(named, i, b.start <= s.start ? 1 : 0.5);
  }
  return named;
}

/** Files that use what the task names: 1 for each block that does. */
export function usingIn(view: SearchView, { names }: Query): Map<number, Named> {
  const using = new Map<number, Named>();
  for (const name of names) {
    for (const { files, of, offsets, values } of view.find('references', name)) {
      for (const [i, file] of files.entries()) {
        const named: Named = using.get(file) ?? { blocks: new Map(), found: [] };
        using.set(file, named);
        named.found.push(name);
        for (let at = offsets[of[i]!]!; at < offsets[of[i]! + 1]!; at++) raise(named, blockOf(values[at]!), 1);
      }
    }
  }
  return using;
}

/** Blocks, the best by their words, whose definitions are held against the task. */
const HELD = 150;

/**
 * Files that define what the task spells: "parse the cookie" spells parseCookie. For a
 * block the share of the task's words that the name has, by rarity; names of one word
 * are words like others.
 */
export function* spelledIn(view: SearchView, words: LexicalScores): Steps<Map<number, Named>> {
  const spelled = new Map<number, Named>();
  const matching = words.blocks.filter((score) => score > 0).sort();
  const least = matching[Math.max(0, matching.length - HELD)] ?? Number.POSITIVE_INFINITY;
  yield;
  for (let file = 0; file < view.paths.length; file++) {
    const scores = words.blocks.subarray(view.firstBlock[file]!, view.firstBlock[file + 1]!);
    if (!scores.some((score) => score >= least)) continue;
    const named: Named = { blocks: new Map(), found: [] };
    const record = view.record(file);
    for (const [i, { start, end }] of blocksOf(record).entries()) {
      if (scores[i]! < least) continue;
      for (const { name, nameLine } of record.symbols) {
        const share = nameLine >= start && nameLine <= end ? words.shareOf(stemsOf(name)) : 0;
        if (share === 0) continue;
        named.found.push(name);
        raise(named, i, share);
      }
    }
    if (named.found.length > 0) spelled.set(file, named);
    yield;
  }
  return spelled;
}

/** Stems of a name of several words; none of one word. */
function stemsOf(name: string): string[] {
  const words = splitWords(name);
  return words.length < 2 ? [] : words.map(stemOf);
}

function raise({ blocks }: Named, block: number, value: number): void {
  blocks.set(block, Math.max(blocks.get(block) ?? 0, value));
}
