/** Plans an action, with the flow of the lines that it is about where it wants to know that. */
import type { ActionRequest, ActionResult } from '../actions/action.js';
import { flowPlaceOf, planAction } from '../actions/actions.js';
import { flowOfLines } from '../index/flow-of-lines.js';
import type { Snapshot } from '../index/snapshot.js';

/** @param assets folder of the built workers and their grammars. */
export async function planWithFlow(
  snapshot: Snapshot,
  request: ActionRequest,
  assets: string,
  signal?: AbortSignal,
): Promise<ActionResult> {
  const place = flowPlaceOf(snapshot, request);
  return planAction(snapshot, request, place && (await flowOfLines(snapshot, place.path, place.lines, assets, signal)));
}
