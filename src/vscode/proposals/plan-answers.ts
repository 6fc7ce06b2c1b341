/** The plan of an answer; of two where the second puts right what the first got wrong. */
import { type PlannedAnswer, planMended } from '../../proposals/fix.js';
import { planChanges, type Surroundings } from '../../proposals/plan.js';
import { readProposal, restored } from '../../proposals/read-proposal.js';
import type { Answer } from '../requests/answer.js';
import type { ProposalForm } from '../requests/wanted.js';

/** @param answers the first, and the one that mends it; @param restore puts secrets in place of their placeholders. */
export async function planAnswers(
  answers: readonly Pick<Answer, 'text'>[],
  { key, basis }: ProposalForm,
  restore: (text: string) => string,
  around: Surroundings,
): Promise<PlannedAnswer> {
  const [first, second] = answers.map(({ text }) => restored(readProposal(text, key), restore));
  const shown = new Map(basis);
  const planned = { ...first!, plan: await planChanges(first!.changes, shown, around) };
  return second ? await planMended(planned, second, shown, around) : planned;
}
