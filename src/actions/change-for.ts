/** Which of what git says has changed an action is about. */
import type { ChangeScope, ReadChange } from '../workspace/change.js';

/** A commit's message is for what is staged, where something is; all else is about what is not committed. @param read gives undefined where the user gave up. */
export async function changeFor<Read extends ReadChange | undefined>(
  action: string,
  read: (scope: ChangeScope) => Promise<Read>,
): Promise<Read> {
  if (action !== 'commit-message') return await read('all');
  const staged = await read('staged');
  return staged?.kind === 'change' && staged.files.length === 0 ? await read('all') : staged;
}
