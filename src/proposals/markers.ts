/**
 * The text form of a proposal. Every marker carries a key that was made for the request: text
 * of the repository that a model repeats, markers among it, is never taken for a change.
 */
import { randomInt } from 'node:crypto';

/** Letters and digits, 6 of them: no line of a repository has it by chance. */
const KEY = /^[a-z0-9]{6}$/;

const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';

/** A key for the markers of one answer. */
export function proposalKey(): string {
  return Array.from({ length: 6 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
}

/** How a model is told to write changes; `key` is six small letters or digits. Throws on another key. */
export function describeMarkers(key: string): string {
  if (!KEY.test(key)) throw new Error('the key of a proposal is six small letters or digits');
  return `Write every change of a file as a block of its own, exactly like these, at the beginning of lines and outside of code fences. ${key} stands in each of them as it is here.

To replace lines of a file, repeat them as they stand in it, indentation included, with enough lines around them that the place is the only one:
<<<<<<< EDIT ${key} path/of/the/file
lines as they are now
======= ${key}
lines as they are to be
>>>>>>> ${key}

To make a new file:
<<<<<<< CREATE ${key} path/of/the/file
all of its lines
>>>>>>> ${key}

To delete a file:
<<<<<<< DELETE ${key} path/of/the/file
>>>>>>> ${key}

To move or rename a file, its new path on a line of its own:
<<<<<<< MOVE ${key} path/of/the/file
new/path/of/the/file
>>>>>>> ${key}

Several blocks may change one file: each speaks of the file as it is now, and no two of the same lines. Never shorten with "…" or "rest as before". Write nothing else in this form.`;
}

export type Marker =
  | { readonly kind: 'open'; readonly verb: 'edit' | 'create' | 'delete' | 'move'; readonly path: string }
  | { readonly kind: 'divide' }
  | { readonly kind: 'close' };

/** Reads lines of answers to one request. Models vary in how many signs they write, and put paths into quotes. */
export class MarkerReader {
  readonly #key: string;

  constructor(key: string) {
    this.#key = key.toLowerCase();
  }

  /** Undefined for a line that is no marker of this request. */
  read(line: string): Marker | undefined {
    // Most lines are none: they are told by their first character.
    const sign = line[0] === ' ' ? line.trimStart()[0] : line[0];
    if (sign !== '<' && sign !== '=' && sign !== '>') return undefined;
    const [, signs = '', rest = ''] = /^ {0,3}(<{5,9}|={5,9}|>{5,9})(.*)$/.exec(line) ?? [];
    const words = rest.trim();
    if (signs[0] === '<') {
      const [, verb = '', key = '', path = ''] = /^([a-z]+)\s+(\S+)\s+(\S.*)$/i.exec(words) ?? [];
      const known = VERBS.find((v) => v === verb.toLowerCase());
      return known && key.toLowerCase() === this.#key ? { kind: 'open', verb: known, path: unquoted(path) } : undefined;
    }
    if (!words.toLowerCase().split(/\s+/).includes(this.#key)) return undefined;
    return signs[0] === '=' ? { kind: 'divide' } : { kind: 'close' };
  }
}

const VERBS = ['edit', 'create', 'delete', 'move'] as const;

/** A path without the quotes or backticks around it. */
export function unquoted(path: string): string {
  const trimmed = path.trim();
  const [, inner] = /^(?:`([^`]+)`|"([^"]+)"|'([^']+)')$/.exec(trimmed)?.filter((g) => g !== undefined) ?? [];
  return inner ?? trimmed;
}
