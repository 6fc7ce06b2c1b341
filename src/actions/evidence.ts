/**
 * The evidence of an action: facts of the graph and lines of files, as data. It stands in a
 * fence that no text of the repository can end, and its length is bounded.
 */
import { fence } from '../base/fence.js';
import { madeVisible } from '../base/invisible.js';
import { countTokens } from '../base/tokens.js';
import type { LineRange } from '../context/pack.js';
import type { Snapshot } from '../index/snapshot.js';
import type { WorkspacePath } from '../workspace/entry.js';

/** Characters of a line that are shown. */
const WIDEST = 240;

export class EvidenceText {
  readonly #lines: string[] = [];
  readonly #files = new Set<WorkspacePath>();
  #tokens = 0;
  #left = 0;

  /**
   * @param room o200k tokens that it may have.
   * @param drops files of which nothing may be shown.
   */
  constructor(
    private readonly snapshot: Pick<Snapshot, 'text'>,
    readonly room: number,
    private readonly drops: ReadonlySet<WorkspacePath> = new Set(),
  ) {}

  /** Whether text of the file may be shown. */
  shows(path: WorkspacePath): boolean {
    return !this.drops.has(path);
  }

  /** Adds a line. What does not fit any more is counted and left out. */
  say(line: string): void {
    const text = plain(line.replace(/\r$/, ''));
    const tokens = countTokens(text) + 1;
    // Once something is left out, what follows would seem to be next to what it is not.
    if (this.#left > 0 || this.#tokens + tokens > this.room) {
      this.#left++;
      return;
    }
    this.#tokens += tokens;
    this.#lines.push(text);
  }

  /** Adds a line of a file: "src/a.ts:12  import { b } from './b'  (words)". @param line 0-based. */
  quote(path: WorkspacePath, line: number, words = ''): void {
    const text = this.shows(path) ? this.snapshot.text(path)?.split('\n')[line]?.trim() : undefined;
    if (text !== undefined) this.#files.add(path);
    this.say(`${path}:${line + 1}${text === undefined ? '' : `  ${shortened(text)}`}${words === '' ? '' : `  (${words})`}`);
  }

  /** Adds lines of a file as they stand. */
  lines(path: WorkspacePath, { start, end }: LineRange): void {
    const lines = this.shows(path)
      ? this.snapshot
          .text(path)
          ?.split('\n')
          .slice(start, end + 1)
      : undefined;
    if (!lines) return;
    this.#files.add(path);
    for (const line of lines) this.say(line);
  }

  /** Text of a file that came from elsewhere (a diff) is added by {@link say}. */
  from(path: WorkspacePath): void {
    this.#files.add(path);
  }

  /** Files of which text is in it, sorted. */
  get files(): readonly WorkspacePath[] {
    return [...this.#files].sort();
  }

  /** In its fence; "" where there is none. */
  get fenced(): string {
    if (this.#lines.length === 0) return '';
    const left = this.#left === 0 ? [] : [`(${this.#left} more lines are left out)`];
    return fence([...this.#lines, ...left].join('\n'));
  }
}

/** A line as it is read: what breaks lines, is not seen, or turns the direction of text is written as an escape. Tabs stay. */
export const plain = (line: string): string => line.split('\t').map(madeVisible).join('\t');

const shortened = (line: string): string => (line.length > WIDEST ? `${line.slice(0, WIDEST)}…` : line);
