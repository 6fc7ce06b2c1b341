/** How both trees say numbers, and text inside Markdown. */

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
