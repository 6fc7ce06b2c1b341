/** What the rows of Context Files say. */
import { counted, formatCount } from '../../base/count.js';
import { folderOf } from '../../base/paths.js';
import type { Level } from '../../context/pack.js';
import type { FilePlace } from '../../context/why.js';
import type { FileRow, GroupRow, Standing } from './context-rows.js';
import type { Page } from './pages.js';
import { type PromptPrice, priceInWords, shortPrice } from './price-share.js';
import { dotted, escapeMarkdown } from './words.js';

export const GROUP_LABELS: Readonly<Record<Standing, string>> = {
  pinned: 'Pinned',
  packed: 'In the Pack',
  dropped: 'Dropped',
  left: 'No Room',
};

const LEVEL_WORDS: Readonly<Record<Exclude<Level, 'nothing'>, string>> = {
  full: 'its full text',
  signatures: 'signatures, and the bodies that matter to the task',
  outline: 'an outline without bodies',
  path: 'its path alone',
};

export interface PackFrame {
  /** o200k tokens of the whole prompt. */
  readonly tokens: number;
  readonly price: PromptPrice;
}

export function describeGroup({ files, tokens }: GroupRow): string {
  return dotted(counted(files, 'file'), tokens > 0 && counted(tokens, 'token'));
}

/** "201–400". */
export function labelOfPage({ start, end }: Page<unknown>): string {
  return `${formatCount(start + 1)}–${formatCount(end)}`;
}

/** "full · 1,989 tokens · $0.0040 · src/flask". */
export function describeFile(row: FileRow, { price }: PackFrame): string {
  return dotted(...facts(row, price), folderOf(row.path));
}

/** All that a row says, for those who do not see it. */
export function speakFile(row: FileRow, label: string, { price }: PackFrame): string {
  const where = folderOf(row.path);
  return [label, ...facts(row, price), GROUP_LABELS[row.standing], row.listed?.reason, where && `in ${where}`].filter(Boolean).join(', ');
}

function facts({ listed, pinnedAt, standing, score }: FileRow, price: PromptPrice): (string | undefined | false)[] {
  if (!listed) return [standing === 'pinned' ? `${pinnedAt}, not in the pack` : score !== undefined && `score ${figure(score)}`];
  return [listed.level, listed.tokens > 0 && counted(listed.tokens, 'token'), shortPrice(price, listed.tokens)];
}

/** Markdown: reason, every term of the score, tokens and price. `place` tells of a file that is not in the pack. */
export function explainRow(row: FileRow, frame: PackFrame, place: FilePlace | undefined): string {
  const { listed } = row;
  const terms = listed?.terms ?? place?.terms ?? [];
  const score = listed?.score ?? place?.score;
  return [
    `**${escapeMarkdown(row.path)}**`,
    escapeMarkdown(standingInWords(row)),
    listed &&
      `${counted(listed.tokens, 'token')}, ${percent(listed.tokens, frame.tokens)} of the pack. ${escapeMarkdown(priceInWords(frame.price, listed.tokens))}`,
    listed && escapeMarkdown(`Reason: ${listed.reason}.`),
    score !== undefined && `Score ${figure(score)}${place ? `, rank ${formatCount(place.rank)} of ${formatCount(place.of)}` : ''}`,
    terms.length > 0 && termTable(terms),
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** A document: {@link explainRow}, and the lines of the file that matter most. */
export function explainPlace(row: FileRow, frame: PackFrame, place: FilePlace | undefined): string {
  const parts = place?.blocks.filter((b) => b.score > 0) ?? [];
  return `${[
    explainRow(row, frame, place).replace(/^\*\*(.*)\*\*/, '# $1'),
    !place &&
      row.listed === undefined &&
      'Longview never packs this file: it is binary, minified or a lock file, or it is not in the workspace.',
    parts.length > 0 && '## What matters most in it',
    parts.length > 0 &&
      table(
        ['Lines', 'Symbol', 'Score'],
        parts.map((b) => [b.start === b.end ? `${b.start}` : `${b.start}–${b.end}`, b.symbol, figure(b.score)]),
      ),
  ]
    .filter(Boolean)
    .join('\n\n')}\n`;
}

function standingInWords({ standing, listed, pinnedAt }: FileRow): string {
  const level = listed && listed.level !== 'nothing' ? LEVEL_WORDS[listed.level] : undefined;
  switch (standing) {
    case 'pinned':
      return level ? `You pinned it: the model reads ${level}.` : `You pinned it at level ${pinnedAt}, and it is not in the pack.`;
    case 'packed':
      return `The model reads ${level}.`;
    case 'dropped':
      return 'You dropped it: the model does not see it.';
    case 'left':
      return 'No room: others are worth more under this budget. Pin it to have it in.';
  }
}

const percent = (part: number, whole: number): string => `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`;

/** Three figures: scores of a pack's blocks are small, terms are not. */
const figure = (n: number): string => (n === 0 ? '0' : String(Number(n.toPrecision(3))));

function termTable(terms: NonNullable<FileRow['listed']>['terms']): string {
  const rows = [...terms].sort((a, b) => b.value - a.value).map(({ value, signal, words }) => [figure(value), signal, words]);
  return table(['Value', 'Signal', 'What'], rows);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(escapeMarkdown).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}
