/** A proposal that waits for the user: what was read of an answer, its plan, and what of that is accepted. Pure. */

import { counted } from '../../base/count.js';
import type { Effects } from '../../engine/protocol.js';
import type { PlannedText } from '../../index/as-if.js';
import { acceptedFile, choiceOf, type FileChoice, withFile, withHunk } from '../../proposals/choice.js';
import type { Plan, PlannedFile, RefusedChange } from '../../proposals/plan.js';
import type { Misread, ProposedChange } from '../../proposals/proposal.js';

export interface Pending {
  /** Of the answer that it was read from. */
  readonly id: string;
  /** What was asked for, in a line. */
  readonly title: string;
  readonly files: readonly FileChoice[];
  readonly refused: readonly RefusedChange[];
  readonly misread: readonly Misread[];
  /** As the model wrote them. */
  readonly changes: readonly ProposedChange[];
  /** Ids in the ledger of all that was sent for it. */
  readonly requests: readonly string[];
  /** Files whose own consent the user has given. */
  readonly consented: ReadonlySet<string>;
  /** What the accepted part would do to the findings; undefined until that is computed. */
  readonly effects?: Effects | undefined;
}

/** What a proposal is of. */
type Source = Pick<Pending, 'id' | 'title' | 'misread' | 'changes' | 'requests'>;

/** @param last the same proposal, planned before: what was accepted of files that would change in the same way stays. */
export function pendingOf(source: Source, { files: planned, refused }: Plan, last?: Pending): Pending {
  const before = new Map(last?.id === source.id ? last.files.map((choice) => [choice.file.path, choice]) : []);
  const files = planned.map((file) => {
    const choice = before.get(file.path);
    const same = choice && choice.file.before === file.before && choice.file.after === file.after && choice.file.to === file.to;
    return same ? { ...choice, file } : choiceOf(file);
  });
  // Consent is to the change that was looked at.
  const kept = files.filter((choice) => before.get(choice.file.path)?.accepted === choice.accepted).map(({ file }) => file.path);
  return { ...source, files, refused, consented: new Set(kept.filter((path) => last?.consented.has(path))) };
}

/** With a file, or one of its hunks, taken or left. */
export function chosen(pending: Pending, path: string, hunk: number | undefined, on: boolean): Pending {
  const files = pending.files.map((choice) =>
    choice.file.path !== path ? choice : hunk === undefined ? withFile(choice, on) : withHunk(choice, hunk, on),
  );
  return { ...pending, files };
}

/** What would be written now. */
export function acceptedFiles({ files }: Pending): readonly PlannedFile[] {
  return files.flatMap((choice) => acceptedFile(choice) ?? []);
}

/** "2 of 3 files, 5 of 6 hunks"; "3 files" where all is accepted. */
export function describeAccepted(pending: Pick<Pending, 'files'>): string {
  const { files } = pending;
  const on = files.filter((choice) => acceptedFile(choice) !== undefined);
  const hunks = files.reduce((n, f) => n + f.hunks.length, 0);
  const taken = on.reduce((n, f) => n + f.accepted.size, 0);
  const ofFiles = on.length === files.length ? counted(files.length, 'file') : `${on.length} of ${counted(files.length, 'file')}`;
  return taken === hunks ? ofFiles : `${ofFiles}, ${taken} of ${counted(hunks, 'hunk')}`;
}

/** How much is accepted of a file that is taken. */
export function acceptedHunks({ files }: Pick<Pending, 'files'>, path: string): 'all' | 'some' {
  const choice = files.find(({ file }) => file.path === path);
  return choice && choice.accepted.size < choice.hunks.length ? 'some' : 'all';
}

/** The texts that files would have, those that would be gone among them. */
export function plannedTexts(pending: Pending): readonly PlannedText[] {
  return acceptedFiles(pending).flatMap(({ path, to, after }) =>
    to === undefined
      ? [{ path, text: after }]
      : [
          { path, text: undefined },
          { path: to, text: after },
        ],
  );
}
