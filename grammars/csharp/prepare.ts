/**
 * Preprocessing directives stand anywhere in C#, in the middle of an expression too, where
 * the grammar has no node for them. They are blanked before parsing. What they choose
 * between stays, all of it, where each branch is whole statements or members; elsewhere the
 * branch that a current .NET takes stays, with every symbol that is not an older platform's
 * taken for defined.
 */
import { firstWhere } from '../../src/base/search.js';

interface Directive {
  readonly start: number;
  readonly end: number;
  readonly word: string;
  readonly condition: string;
}

interface Branch {
  readonly condition: string;
  readonly start: number;
  end: number;
}

/** A group from #if to #endif, by its branches. */
interface Group {
  readonly start: number;
  readonly branches: Branch[];
}

/** What a directive or a bracket cannot stand in, directives, brackets and what else there is. */
const TOKENS =
  /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|(?![\s\S]))|\$*("{3,})[\s\S]*?\1|(?:@\$?|\$@)"(?:[^"]|"")*"|\$?"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|(?<=^[ \t]*)#[ \t]*([a-z]+)([^\n]*)|[^\s"'/#@$]+|\S/gm;

/** Symbols of platforms that are no more, or of others than .NET itself. */
const OLD =
  /^(NETFRAMEWORK|NETSTANDARD.*|NET[234]\d{1,2}(_OR_GREATER)?|NETFX.*|NETCF.*|NETMF|SILVERLIGHT.*|WINDOWS_(PHONE|UWP).*|WP\d.*|PORTABLE\d*|PCL|UNITY_.*|MONO|MONO(TOUCH|DROID)|__(MOBILE|ANDROID|IOS)__|DNX.*)$/;

/** The grammar takes `async` for a keyword wherever it stands; as the name of a parameter it is a name, which "@" makes sure of. */
const ASYNC_NAME = /\basync\b(?=\s*(?:[,);:?.&|}\]=!]|$))/g;

/** `items?[i] = x` (C# 14), which the grammar does not know. */
const ASSIGNED_ELEMENT = /(?<=\w)\?(?=\[[^\][\n]*\]\s*=[^=>])/g;

/** `[property, x]`: words that may begin an attribute are names in a collection and an index. */
const BRACKETED_NAME = /(?<=\[)(property|type|field|event|method|param|module|assembly)(?=\s*[\],.])/g;

/** The text without what leads the grammar astray; every offset and line stays. */
export const prepare = (text: string): string =>
  withoutDirectives(text)
    .replace(ASYNC_NAME, '@sync')
    .replace(ASSIGNED_ELEMENT, ' ')
    .replace(BRACKETED_NAME, (name) => `@${name.slice(1)}`);

/** Directives and the branches that do not count are blanked. */
function withoutDirectives(text: string): string {
  if (!/^[ \t]*#/m.test(text)) return text;
  const tokens = [...text.matchAll(TOKENS)].filter((t) => !/^\/[/*]/.test(t[0]));
  const blank: { start: number; end: number }[] = [];
  const open: Group[] = [];
  const undefined_ = new Set<string>();
  for (const { 0: whole, index: start, 2: word, 3: rest } of tokens) {
    if (word === undefined) continue;
    const directive: Directive = { start, end: start + whole.length, word, condition: (rest ?? '').replace(/\/\/.*/, '') };
    blank.push(directive);
    if (word === 'undef') undefined_.add(directive.condition.trim());
    const group = word === 'if' ? { start, branches: [] } : open.at(-1);
    if (!group || !/^(if|elif|else|endif)$/.test(word)) continue;
    if (word === 'if') open.push(group);
    else group.branches.at(-1)!.end = start;
    if (word !== 'endif')
      group.branches.push({ condition: word === 'else' ? 'true' : directive.condition, start: directive.end, end: text.length });
    else {
      open.pop();
      blank.push(...left(group, tokens, undefined_));
    }
  }
  return blanked(text, blank);
}

/** The branches of a group that fall away. */
function left(group: Group, tokens: readonly RegExpExecArray[], undefined_: ReadonlySet<string>): Branch[] {
  const { branches } = group;
  const before =
    tokens
      .slice(0, firstAt(tokens, group.start))
      .findLast((t) => t[2] === undefined)?.[0]
      .at(-1) ?? ';';
  const contents = branches.map((b) => tokens.slice(firstAt(tokens, b.start), firstAt(tokens, b.end)));
  if (/[;{}]/.test(before) && contents.every(isWhole) && contents.filter(continues).length < 2) return [];
  const taken = branches.find((b) => holds(b.condition, undefined_));
  return branches.filter((b) => b !== taken);
}

/** Position of the first token at or behind an offset. */
function firstAt(tokens: readonly RegExpExecArray[], offset: number): number {
  return firstWhere(tokens.length, (i) => tokens[i]!.index >= offset);
}

const CLOSING: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** Whether tokens are whole statements or members: brackets in pairs, an end behind the last. */
function isWhole(tokens: readonly RegExpExecArray[]): boolean {
  const open: string[] = [];
  let last = ';';
  for (const { 0: token, 2: directive } of tokens) {
    if (directive !== undefined || /^["'@$]/.test(token)) {
      if (directive === undefined) last = token;
      continue;
    }
    for (const c of token) {
      if (c === '(' || c === '[' || c === '{') open.push(c);
      else if (CLOSING[c] !== undefined && open.pop() !== CLOSING[c]) return false;
    }
    last = token;
  }
  return open.length === 0 && /[;}]$/.test(last);
}

/** Whether a branch goes on with the statement before it. */
const continues = (tokens: readonly RegExpExecArray[]): boolean =>
  /^(else|catch|finally|while|get|set|init|add|remove)\b/.test(tokens.find((t) => t[2] === undefined)?.[0] ?? '');

/** `||` before `&&` before `!`; a symbol holds unless it is an older platform's. */
function holds(condition: string, undefined_: ReadonlySet<string>): boolean {
  const tokens = condition.match(/\|\||&&|[!=]=|[!()]|\w+/g) ?? [];
  let at = 0;
  const either = (): boolean => {
    let value = both();
    while (tokens[at] === '||') {
      at++;
      value = both() || value;
    }
    return value;
  };
  const both = (): boolean => {
    let value = same();
    while (tokens[at] === '&&') {
      at++;
      value = same() && value;
    }
    return value;
  };
  const same = (): boolean => {
    let value = one();
    for (let sign = tokens[at]; sign === '==' || sign === '!='; sign = tokens[at]) {
      at++;
      value = (one() === value) === (sign === '==');
    }
    return value;
  };
  const one = (): boolean => {
    const token = tokens[at++] ?? 'false';
    if (token === '!') return !one();
    if (token !== '(') return token !== 'false' && !OLD.test(token) && !undefined_.has(token);
    const value = either();
    at++;
    return value;
  };
  return either();
}

function blanked(text: string, ranges: readonly { readonly start: number; readonly end: number }[]): string {
  let out = '';
  let at = 0;
  for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start)) {
    if (end <= at) continue;
    out += text.slice(at, Math.max(at, start)) + text.slice(Math.max(at, start), end).replace(/[^\r\n]/g, ' ');
    at = end;
  }
  return out + text.slice(at);
}
