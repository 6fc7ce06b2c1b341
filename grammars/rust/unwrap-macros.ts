/**
 * Items inside a macro's braces: `cfg_net! { mod tcp; pub use tcp::Stream; }` declares a
 * module, but the grammar sees only tokens there. Such a wrapper is blanked out, so that
 * what it holds is parsed as the items that the macro passes through. Offsets and lines
 * stay as they are. Where there is room, a comment `//=cfg_net` and a lone `;` take the place
 * of the wrapper's two ends, so that `wrappersOf` can tell what is around an item.
 */
import type { Node } from 'web-tree-sitter';

const ITEM =
  /^(?:#!?\[|pub\b|mod\b|use\b|fn\b|struct\b|enum\b|union\b|impl\b|trait\b|type\b|const\b|static\b|extern\b|unsafe\b|async\b|macro_rules!)/;
const CALL = /[A-Za-z_][\w:]*!\s*\{/y;
/** Wrappers right inside wrappers. */
const MAX_WRAPPERS = 8;
const MODULE = /\bmod\s+\w+\s*$/;

/** `text` with every brace macro at the place of an item, whose content begins with an item, replaced by blanks around that content. */
export function unwrapItemMacros(text: string): string {
  if (!/!\s*\{/.test(text)) return text;
  const blanks: [start: number, end: number, instead: string][] = [];
  /** Open braces: may items stand inside, and what takes the place of the closing one if it was a macro's. */
  const open: { items: boolean; instead?: string }[] = [];
  let fresh = true;
  for (let i = 0; i < text.length; ) {
    const next = skip(text, i);
    if (next > i) {
      // Blanks, comments and attributes leave an item's place as it is; a string does not.
      if (/["']/.test(text[i]!) || /^b?r#*"/.test(text.slice(i, i + 8))) fresh = false;
      i = next;
      continue;
    }
    const c = text[i]!;
    if (fresh && (open.at(-1)?.items ?? true)) {
      CALL.lastIndex = i;
      const call = CALL.exec(text);
      const inside = CALL.lastIndex;
      if (call && holdsItems(text, inside)) {
        const name = /^\w+/.exec(call[0])?.[0] ?? '';
        const fits = /^\w+! \{$/.test(call[0]) && /^[ \t]*\r?\n/.test(text.slice(inside, inside + 40));
        blanks.push([i, inside, fits ? `//=${name}` : '']);
        open.push({ items: true, instead: fits ? ';' : '' });
        i = inside;
        continue;
      }
    }
    if (c === '{') open.push({ items: (open.at(-1)?.items ?? true) && MODULE.test(text.slice(Math.max(0, i - 80), i)) });
    else if (c === '}') {
      const { instead } = open.pop() ?? {};
      if (instead !== undefined) blanks.push([i, i + 1, instead]);
    }
    fresh = c === '{' || c === '}' || c === ';' || c === ']';
    i = /\w/.test(c) ? wordEnd(text, i) : i + 1;
  }
  return blank(text, blanks);
}

/** Whether braces that open before `at` begin with an item, or with another wrapper of one. */
function holdsItems(text: string, at: number, depth = 0): boolean {
  const first = pastBlanks(text, at);
  if (ITEM.test(text.slice(first, first + 20))) return true;
  CALL.lastIndex = first;
  return depth < MAX_WRAPPERS && CALL.test(text) && holdsItems(text, CALL.lastIndex, depth + 1);
}

function wordEnd(text: string, i: number): number {
  while (i < text.length && /\w/.test(text[i]!)) i++;
  return i;
}

function pastBlanks(text: string, i: number): number {
  for (let next = skip(text, i); next > i && !/["']/.test(text[i]!); next = skip(text, i)) i = next;
  return i;
}

/** End of the blanks, comment, string or character that begins at `i`; `i` where none does. */
function skip(text: string, i: number): number {
  const c = text[i]!;
  if (/\s/.test(c)) return i + 1;
  if (c === '/' && text[i + 1] === '/') {
    const end = text.indexOf('\n', i);
    return end < 0 ? text.length : end;
  }
  if (c === '/' && text[i + 1] === '*') {
    let depth = 1;
    let at = i + 2;
    for (; at < text.length && depth > 0; at++) {
      if (text.startsWith('/*', at)) depth++;
      else if (text.startsWith('*/', at)) depth--;
      else continue;
      at++;
    }
    return at;
  }
  const raw = c === 'r' || c === 'b' ? /^b?r(#*)"/.exec(text.slice(i, i + 12)) : null;
  if (raw && !/\w/.test(text[i - 1] ?? '')) {
    const end = text.indexOf(`"${raw[1]}`, i + raw[0].length);
    return end < 0 ? text.length : end + 1 + raw[1]!.length;
  }
  if (c === '"') {
    let at = i + 1;
    while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
    return at + 1;
  }
  if (c === "'") {
    const char = /^'(\\[^']*|[^'\\\n])'/.exec(text.slice(i, i + 14));
    if (char) return i + char[0].length;
  }
  return i;
}

function blank(text: string, parts: readonly (readonly [number, number, string])[]): string {
  let out = '';
  let at = 0;
  for (const [start, end, instead] of [...parts].sort((a, b) => a[0] - b[0])) {
    out += text.slice(at, start) + instead + text.slice(start + instead.length, end).replace(/[^\n]/g, ' ');
    at = end;
  }
  return out + text.slice(at);
}

/** As far back an item's siblings are looked at. */
const MAX_SIBLINGS = 200;

/** Names of the macros around an item whose wrappers were taken away, innermost first. */
export function wrappersOf(item: Node): string[] {
  const names: string[] = [];
  let closed = 0;
  let at = item.previousSibling;
  for (let steps = 0; at && steps < MAX_SIBLINGS; at = at.previousSibling, steps++) {
    if (at.type === 'empty_statement') closed++;
    const name = at.type === 'line_comment' ? /^\/\/=(\w+)\s*$/.exec(at.text)?.[1] : undefined;
    if (name === undefined) continue;
    if (closed > 0) closed--;
    else names.push(name);
  }
  return names;
}
