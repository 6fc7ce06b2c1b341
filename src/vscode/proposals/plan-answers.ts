/** The plan of an answer; of two where the second puts right what the first got wrong. */
import { merged } from '../../proposals/fix.js';
import { type Plan, planChanges, type Surroundings } from '../../proposals/plan.js';
import type { Proposal } from '../../proposals/proposal.js';
import { readProposal, restored } from '../../proposals/read-proposal.js';
import type { Answer } from '../requests/answer.js';
import type { ProposalForm } from '../requests/wanted.js';

export interface PlannedAnswers {
  readonly proposal: Pick<Proposal, 'changes' | 'misread'>;
  readonly plan: Plan;
}

/** @param answers the first, and the one that mends it; @param restore puts secrets in place of their placeholders. */
export async function planAnswers(
  answers: readonly Pick<Answer, 'text'>[],
  { key, basis }: ProposalForm,
  restore: (text: string) => string,
  around: Surroundings,
): Promise<PlannedAnswers> {
  const [first, second] = answers.map(({ text }) => restored(readProposal(text, key), restore));
  const shown = new Map(basis);
  const plan = await planChanges(first!.changes, shown, around);
  if (!second) return { proposal: first!, plan };
  const { changes, unanswered } = merged(first!.changes, plan, second.changes);
  const whole = await planChanges(changes, shown, around);
  const left = first!.changes.filter(({ path }) => unanswered.some((refused) => refused.path === path));
  return {
    proposal: { changes: [...changes, ...left], misread: second.misread },
    plan: { files: whole.files, refused: [...whole.refused, ...unanswered] },
  };
}
