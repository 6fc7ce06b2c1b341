/**
 * Items inside a macro's braces: `cfg_net! { mod tcp; pub use tcp::Stream; }` declares a
 * module, but the grammar sees only tokens there. Such a wrapper is blanked out, so that
 * what it holds is parsed as the items that the macro passes through. Offsets and lines
 * stay as they are.
 */

const ITEM =
  /^(?:#!?\[|pub\b|mod\b|use\b|fn\b|struct\b|enum\b|union\b|impl\b|trait\b|type\b|const\b|static\b|extern\b|unsafe\b|async\b|macro_rules!)/;
const CALL = /[A-Za-z_][\w:]*!\s*\{/y;
const MODULE = /\bmod\s+\w+\s*$/;

/** `text` with every brace macro at the place of an item, whose content begins with an item, replaced by blanks around that content. */
export function unwrapItemMacros(text: string): string {
  if (!/!\s*\{/.test(text)) return text;
  const blanks: [start: number, end: number][] = [];
  /** Open braces: may items stand inside, and was it a macro's. */
  const open: { items: boolean; unwrapped: boolean }[] = [];
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
      if (call && ITEM.test(text.slice(pastBlanks(text, CALL.lastIndex), pastBlanks(text, CALL.lastIndex) + 20))) {
        blanks.push([i, CALL.lastIndex]);
        open.push({ items: true, unwrapped: true });
        i = CALL.lastIndex;
        continue;
      }
    }
    if (c === '{') open.push({ items: (open.at(-1)?.items ?? true) && MODULE.test(text.slice(Math.max(0, i - 80), i)), unwrapped: false });
    else if (c === '}' && open.pop()?.unwrapped) blanks.push([i, i + 1]);
    fresh = c === '{' || c === '}' || c === ';' || c === ']';
    i = /\w/.test(c) ? wordEnd(text, i) : i + 1;
  }
  return blank(text, blanks);
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

function blank(text: string, parts: readonly (readonly [number, number])[]): string {
  let out = '';
  let at = 0;
  for (const [start, end] of [...parts].sort((a, b) => a[0] - b[0])) {
    out += text.slice(at, start) + text.slice(start, end).replace(/[^\n]/g, ' ');
    at = end;
  }
  return out + text.slice(at);
}
