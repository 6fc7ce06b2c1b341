/**
 * Patterns of git's ignore and attribute files (gitignore(5), "PATTERN FORMAT"), matched
 * as git does: byte for byte, "*" within one name, "**" between slashes across names.
 *
 * A pattern may come from a hostile repository, so it is not turned into a regular
 * expression, whose backtracking could take for ever: all its states are followed at
 * once, in time proportional to pattern × path.
 */

type Token =
  | { readonly kind: 'char'; readonly char: string }
  /** "?": any byte but a slash. */
  | { readonly kind: 'any' }
  | { readonly kind: 'class'; readonly negated: boolean; readonly has: ReadonlySet<string> }
  /** "*": any bytes but slashes. */
  | { readonly kind: 'star' }
  /** "**" at the end: any bytes. */
  | { readonly kind: 'rest' }
  /** "**" with its slash: nothing, or any bytes up to a slash. */
  | { readonly kind: 'folders' };

/** A compiled pattern: whether it names a path (as {@link bytesOf} gives it). */
export type Glob = (path: string) => boolean;

/** A string with one char per UTF-8 byte: git compares bytes, so that "?" is half an "é". */
export function bytesOf(text: string): string {
  return /^[\0-\x7f]*$/.test(text) ? text : Buffer.from(text).toString('latin1');
}

/** Lower-cases ASCII letters alone, as git does under core.ignoreCase. */
export const foldCase = (bytes: string): string => bytes.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

/** Compiles a pattern without its "!", its outer slashes and its line's blanks; both it and the paths are bytes, case folded where case is not to count. */
export function compileGlob(pattern: string): Glob {
  const special = pattern.search(/[*?[\\]/);
  if (special < 0) return (path) => path === pattern;
  if (pattern[0] === '*' && !/[*?[\\/]/.test(pattern.slice(1))) {
    const end = pattern.slice(1);
    return (path) => path.endsWith(end) && !path.slice(0, path.length - end.length).includes('/');
  }
  const tokens = tokensOf(pattern, special);
  const start = pattern.slice(0, special);
  return tokens === undefined ? () => false : (path) => path.startsWith(start) && matches(tokens, path.slice(special));
}

/** Undefined for a pattern that can match nothing: an open bracket, a lone backslash at the end. */
function tokensOf(pattern: string, from: number): Token[] | undefined {
  const tokens: Token[] = [];
  for (let i = from; i < pattern.length; i++) {
    const char = pattern[i]!;
    if (char === '?') tokens.push({ kind: 'any' });
    else if (char === '*') {
      let end = i + 1;
      while (pattern[end] === '*') end++;
      // git cuts the plain beginning off first, so that "a**/b" has its "**" at the start.
      const alone = end > i + 1 && (i === from || pattern[i - 1] === '/');
      if (alone && end === pattern.length) tokens.push({ kind: 'rest' });
      else if (alone && pattern[end] === '/') {
        tokens.push({ kind: 'folders' });
        end++;
      } else tokens.push({ kind: 'star' });
      i = end - 1;
    } else if (char === '[') {
      const set = classOf(pattern, i);
      if (!set) return undefined;
      tokens.push({ kind: 'class', negated: set.negated, has: set.has });
      i = set.end;
    } else if (char === '\\') {
      i++;
      if (i === pattern.length) return undefined;
      tokens.push({ kind: 'char', char: pattern[i]! });
    } else tokens.push({ kind: 'char', char });
  }
  return tokens;
}

const NAMED: Readonly<Record<string, RegExp>> = {
  alnum: /[0-9A-Za-z]/,
  alpha: /[A-Za-z]/,
  blank: /[ \t]/,
  cntrl: /[^ -~\x80-\xff]/,
  digit: /[0-9]/,
  graph: /[!-~]/,
  lower: /[a-z]/,
  print: /[ -~]/,
  punct: /[!-/:-@[-`{-~]/,
  space: /[ \t\n\v\f\r]/,
  upper: /[A-Z]/,
  xdigit: /[0-9A-Fa-f]/,
};

/** The bracket expression that opens at `at`; `end` is its closing bracket. Undefined when it never closes or names an unknown class. */
function classOf(pattern: string, at: number): { negated: boolean; has: Set<string>; end: number } | undefined {
  const has = new Set<string>();
  let i = at + 1;
  const negated = pattern[i] === '!' || pattern[i] === '^';
  if (negated) i++;
  let before: string | undefined;
  for (let first = true; first || pattern[i] !== ']'; first = false, i++) {
    let char = pattern[i];
    if (char === undefined) return undefined;
    if (char === '[' && pattern[i + 1] === ':') {
      const close = pattern.indexOf(']', i + 2);
      if (close < 0) return undefined;
      if (pattern[close - 1] === ':' && close - 1 > i + 1) {
        const named = NAMED[pattern.slice(i + 2, close - 1)];
        if (!named) return undefined;
        for (let code = 0; code < 256; code++) if (named.test(String.fromCharCode(code))) has.add(String.fromCharCode(code));
        i = close;
        before = undefined;
        continue;
      }
    }
    const range = char === '-' && before !== undefined && pattern[i + 1] !== undefined && pattern[i + 1] !== ']';
    if (range) char = pattern[++i]!;
    if (char === '\\') {
      char = pattern[++i];
      if (char === undefined) return undefined;
    }
    if (range) for (let code = before!.charCodeAt(0); code <= char.charCodeAt(0); code++) has.add(String.fromCharCode(code));
    else has.add(char);
    before = range ? undefined : char;
  }
  return { negated, has, end: i };
}

function matches(tokens: readonly Token[], path: string): boolean {
  const last = tokens.length;
  let states = new Uint8Array(last + 1);
  let next = new Uint8Array(last + 1);
  enter(tokens, states, 0);
  for (const char of path) {
    next.fill(0);
    let alive = false;
    for (let i = 0; i < last; i++) {
      if (states[i] === 0) continue;
      const token = tokens[i]!;
      if (token.kind === 'folders') {
        // Once it has begun to swallow names it ends at a slash only: not entered anew.
        next[i] = 1;
        if (char === '/') enter(tokens, next, i + 1);
        alive = true;
      } else if (token.kind === 'rest') {
        enter(tokens, next, i);
        alive = true;
      } else if (char !== '/' && token.kind === 'star') {
        enter(tokens, next, i);
        alive = true;
      } else if (accepts(token, char)) {
        enter(tokens, next, i + 1);
        alive = true;
      }
    }
    if (!alive) return false;
    [states, next] = [next, states];
  }
  return states[last] === 1;
}

/** Marks a state and those reached from it without a byte. */
function enter(tokens: readonly Token[], states: Uint8Array, at: number): void {
  for (let i = at; ; i++) {
    states[i] = 1;
    const kind = tokens[i]?.kind;
    if (kind !== 'star' && kind !== 'rest' && kind !== 'folders') return;
  }
}

function accepts(token: Token, char: string): boolean {
  if (token.kind === 'char') return token.char === char;
  if (char === '/') return false;
  return token.kind === 'any' || (token.kind === 'class' && token.has.has(char) !== token.negated);
}
