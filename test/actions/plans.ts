/** Plans of actions for small trees. */
import assert from 'node:assert/strict';
import type { ActionPlan, ActionRequest } from '../../src/actions/action.js';
import { planAction } from '../../src/actions/actions.js';
import type { Snapshot } from '../../src/index/snapshot.js';

type Asked = Omit<ActionRequest, 'budget'> & { readonly budget?: number };

export function planned(snapshot: Snapshot, asked: Asked): ActionPlan {
  const result = planAction(snapshot, { budget: 32_000, ...asked });
  assert.equal(result.kind, 'planned', result.kind === 'refused' ? result.message : '');
  return (result as { plan: ActionPlan }).plan;
}

export function refusal(snapshot: Snapshot, asked: Asked): string {
  const result = planAction(snapshot, { budget: 32_000, ...asked });
  assert.equal(result.kind, 'refused');
  return (result as { message: string }).message;
}

/** What stands in the fence at the end of the instructions. */
export function evidenceOf({ instructions }: ActionPlan): string {
  const [, , evidence = ''] = /\n(`{3,})\n([\s\S]*)\n\1$/.exec(instructions) ?? [];
  return evidence;
}
