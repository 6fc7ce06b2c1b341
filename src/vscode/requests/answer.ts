/** A model's answer as it is kept, and as a Markdown document. Pure, so that it can be tested without an editor. */
import { formatCount } from '../../base/count.js';
import type { Ended } from '../../models/provider.js';
import type { Receipt } from '../../money/ledger/ledger.js';
import type { WorkspacePath } from '../../workspace/entry.js';
import { describeReceipt, type Quoted } from './receipt-words.js';
import type { ProposalForm } from './wanted.js';

/** `answering`: it is being written; found on disk, the window was closed while it was. */
export type AnswerState = 'answering' | Ended['outcome']['kind'];

/** What one request to the model came to: an answer that was continued has several. */
export interface Part {
  /** Its id in the ledger. */
  readonly request: string;
  readonly quoted: Quoted;
  readonly receipt?: Receipt | undefined;
  /** Where no usage was reported. */
  readonly estimated?: Estimated | undefined;
}

/** Tokens by Longview's own count, which nobody bills by. */
export interface Estimated {
  readonly input: number;
  readonly output: number;
}

export interface Answer {
  readonly id: string;
  /** ISO 8601. */
  readonly asked: string;
  readonly workspaceName: string;
  /** "anthropic/claude-opus-5-5", and its name for people. */
  readonly model: string;
  readonly modelName: string;
  readonly task: string;
  /** Files whose text was in the prompt. */
  readonly files: readonly WorkspacePath[];
  /** As the model wrote it: placeholders stand for secrets. */
  readonly text: string;
  /** What of `text` is for people, where that is an object by a schema. */
  readonly readable?: string | undefined;
  readonly thinking: string;
  readonly state: AnswerState;
  /** What went wrong and what to do, where something did. */
  readonly message?: string | undefined;
  /** Who was asked instead of whom, and why. */
  readonly notes?: readonly string[] | undefined;
  readonly parts: readonly Part[];
  /** Where it may change files: how they are read out of it. */
  readonly form?: ProposalForm | undefined;
}

/** What ended an answer early, for a line below it; undefined for a whole one and one on its way. */
export function endingOf({ state, message }: Pick<Answer, 'state' | 'message'>): string | undefined {
  switch (state) {
    case 'complete':
    case 'answering':
      return undefined;
    case 'length':
      return 'The answer reached its limit of tokens. It can be continued.';
    case 'cancelled':
      return 'Stopped.';
    case 'cut':
      return `The answer broke off. ${message ?? ''}`.trim();
    case 'declined':
    case 'failed':
      return message ?? 'The request failed.';
  }
}

/** @param restore puts secrets back in place of their placeholders. */
export function documentOf(answer: Answer, restore: (text: string) => string): string {
  const { modelName, task, files, asked, text, readable = text } = answer;
  const head = [
    `**${modelName}** on ${formatCount(files.length)} ${files.length === 1 ? 'file' : 'files'}, ${asked.slice(0, 16).replace('T', ' ')} UTC`,
    task,
  ];
  const foot = [
    ...(answer.notes ?? []),
    endingOf(answer),
    ...answer.parts.flatMap(({ receipt, quoted, estimated }) => (receipt ? [describeReceipt(receipt, quoted, estimated)] : [])),
  ];
  return [quote(head), restore(readable), quote(foot.filter((line) => line !== undefined))].filter((part) => part !== '').join('\n\n');
}

/** A block of Markdown that nothing in `lines` can leave. */
function quote(lines: readonly string[]): string {
  return lines.map((line) => line.trim().replace(/^/gm, '> ')).join('\n>\n');
}

/** A file name that says what was asked: "Where does a redirect belong.md". */
export function titleOf({ task }: Pick<Answer, 'task'>): string {
  const words = task
    .replace(/[^\p{L}\p{N}_ .,'-]+/gu, ' ')
    .trim()
    .replace(/ +/g, ' ');
  const short = words.length <= MAX_TITLE ? words : `${words.slice(0, MAX_TITLE).replace(/ \S*$/, '')}…`;
  return `${short.replace(/^\.+/, '') || 'Answer'}.md`;
}

const MAX_TITLE = 48;

/** What was kept as JSON; undefined if it is no answer. One that nobody is writing any more broke off. */
export function readAnswer(json: string): Answer | undefined {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const answer = value as Partial<Answer>;
  const texts = [answer.id, answer.asked, answer.model, answer.modelName, answer.task, answer.text, answer.thinking, answer.workspaceName];
  if (
    texts.some((t) => typeof t !== 'string') ||
    !Array.isArray(answer.files) ||
    !Array.isArray(answer.parts) ||
    !Array.isArray(answer.notes ?? [])
  )
    return undefined;
  return answer.state === 'answering'
    ? { ...(answer as Answer), state: 'cut', message: 'The window was closed while it was written.' }
    : (answer as Answer);
}
