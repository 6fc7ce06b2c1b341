/** What the sidebar shows of sending and of the answer. Pure, so that it can be tested without an editor. */
import type { AnswerView, AskView, ObstacleView, SendView } from '../../webview/sidebar/protocol.js';
import { acceptedFiles, describeAccepted } from '../proposals/pending.js';
import type { ProposalState } from '../proposals/proposals.js';
import { type Answer, endingOf } from '../requests/answer.js';
import { bucketRows, cachedWords, costWords, type Quoted, quoteWords } from '../requests/receipt-words.js';
import type { Ask } from '../requests/wanted.js';

/** Characters of an answer that the sidebar shows: its end. The rest is in its document. */
const EXCERPT = 4_000;

/** What goes on the button. */
interface ShownPrice extends Quoted {
  readonly number: number;
  /** The model's name, where it is to be named. */
  readonly model?: string | undefined;
  readonly again?: string | undefined;
}

export interface AskFacts {
  readonly phase: 'idle' | 'preparing' | 'answering';
  readonly obstacles: readonly ShownObstacle[];
  /** What stands against sending anything. */
  readonly off: ShownObstacle | undefined;
  readonly quote: ShownPrice | undefined;
  /** What the next question repeats, where it is a turn of a session. */
  readonly session: AskView['session'];
  readonly answer: AnswerView | undefined;
  readonly asked: Pick<Ask, 'title' | 'answers'>;
  readonly proposal: ProposalState;
  /** Changes of it that the model could put right. */
  readonly fixable: number;
}

interface ShownObstacle {
  readonly message: string;
  readonly fixes: readonly { readonly label: string }[];
}

export function askView({ phase, obstacles, off, quote, session, answer, asked, proposal, fixable }: AskFacts): AskView {
  return {
    send: sendView(phase, off, quote),
    session,
    obstacles: obstacles.map(obstacleView),
    answer,
    asked: { title: asked.title, proposes: asked.answers === 'proposal' },
    proposal: proposalView(proposal, fixable),
  };
}

function proposalView(state: ProposalState, fixable: number): AskView['proposal'] {
  switch (state.kind) {
    case 'none':
      return undefined;
    case 'reading':
      return { words: 'The proposal is being read…', canApply: false, files: 0, refused: 0, fixable: 0 };
    case 'nothing':
      return { words: state.message, canApply: false, files: 0, refused: 0, fixable: 0 };
    case 'pending': {
      const { files, refused, misread } = state.pending;
      const canApply = acceptedFiles(state.pending).length > 0;
      return {
        words: `${describeAccepted(state.pending)} accepted`,
        canApply,
        files: files.length,
        refused: refused.length + misread.length,
        fixable,
      };
    }
  }
}

function sendView(phase: AskFacts['phase'], off: ShownObstacle | undefined, quote: AskFacts['quote']): SendView {
  if (phase !== 'idle') return { kind: phase };
  if (off || !quote) return { kind: 'off', obstacle: off && obstacleView(off) };
  const price = quoteWords(quote) ?? 'price unknown';
  return { kind: 'ready', price, quote: quote.number, model: quote.model, foreseen: cachedWords(quote), again: quote.again };
}

function obstacleView({ message, fixes }: ShownObstacle): ObstacleView {
  return { message, fixes: fixes.map(({ label }) => label) };
}

export function answerView(
  answer: Answer,
  { canGoOn, restore }: { readonly canGoOn: boolean; readonly restore: (text: string) => string },
): AnswerView {
  const text = restore(answer.readable ?? answer.text);
  return {
    id: answer.id,
    state: answer.state,
    model: answer.modelName,
    task: answer.task,
    excerpt: endOf(text),
    characters: text.length,
    thinking: endOf(restore(answer.thinking)),
    notes: answer.notes ?? [],
    ending: endingOf(answer),
    canGoOn,
    receipts: answer.parts.flatMap(({ request, receipt, quoted, estimated }) =>
      receipt
        ? [
            {
              ...{ request, cost: costWords(receipt), quoted: quoteWords(quoted) },
              ...{ expectedRead: quoted.cached?.read, buckets: bucketRows(receipt, estimated) },
            },
          ]
        : [],
    ),
  };
}

/** From the beginning of a line, where one begins soon enough. */
function endOf(text: string): string {
  if (text.length <= EXCERPT) return text;
  const end = text.slice(-EXCERPT);
  const line = end.indexOf('\n');
  return `…${line >= 0 && line < EXCERPT / 2 ? end.slice(line) : end}`;
}
