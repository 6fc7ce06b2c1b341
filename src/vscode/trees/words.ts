/** How both trees say numbers, and text inside Markdown. */

import { formatCount } from '../../base/count.js';

/** "1 file", "1,204 files". */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${formatCount(n)} ${n === 1 ? one : many}`;
}

/** The parts that say something, separated by dots. */
export function dotted(...parts: readonly (string | undefined | false)[]): string {
  return parts.filter((p) => p).join(' · ');
}

/** Text of a workspace as Markdown that shows it as it is: names are data, never markup or links. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\\`*_{}[\]()#+\-!~|<>&$]/g, (c) => (c === '<' ? '&lt;' : c === '&' ? '&amp;' : `\\${c}`))
    .replace(/\s*[\r\n]+\s*/g, ' ');
}
