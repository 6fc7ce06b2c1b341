/** Changes that could not be made go back to the model once, with the reason: what it is told, and how its second answer is put together with the first. */
import { fence } from '../base/fence.js';
import { foldedPath } from '../base/paths.js';
import { type Plan, type PlannedFile, planChanges, type RefusedChange, type Surroundings } from './plan.js';
import type { Basis, Misread, Proposal, ProposedChange } from './proposal.js';

/** What a model is told of its first answer. */
export interface Unmade {
  /** Those that it can put right; what is stale, protected or ignored is not its to mend. */
  readonly refused: readonly RefusedChange[];
  readonly misread: readonly Misread[];
}

/** What the model can put right; undefined where that is nothing. */
export function unmadeOf({ refused }: Pick<Plan, 'refused'>, misread: readonly Misread[]): Unmade | undefined {
  const fixable = refused.filter((r) => r.fixable);
  return fixable.length + misread.length === 0 ? undefined : { refused: fixable, misread };
}

/** How many changes are asked for again. */
export const countOf = ({ refused, misread }: Unmade): number => refused.length + misread.length;

/** Lines of a file that are shown as the closest place, at most. */
const MOST_LINES = 40;

/** The next message to the model, in the form that the first one asked for. @param made files of the plan, which stay. */
export function fixMessage({ refused, misread }: Unmade, made: readonly PlannedFile[]): string {
  const told = [
    ...refused.map(({ path, reason, closest }) => `- ${path}: ${reason}${closest ? closestLines(closest.line, closest.text) : ''}`),
    ...misread.map(({ line, reason }) => `- line ${line} of your answer: ${reason}.`),
  ];
  const settled = made.length === 0 ? '' : ` Leave out what you changed of other files: ${made.map(({ path }) => path).join(', ')}.`;
  return `Some of these changes could not be made; their files are as they were:

${told.join('\n')}

Write all changes of these files anew, in the same form, with the lines to replace exactly as they stand in the files that you were shown.${settled}`;
}

function closestLines(line: number, text: string): string {
  const lines = text.split('\n').slice(0, MOST_LINES);
  return ` The closest lines, from line ${line + 1} on, are:\n${fence(lines.join('\n'))}`;
}

export interface Merged {
  /** What is to be planned, as one proposal. */
  readonly changes: readonly ProposedChange[];
  /** Refused the first time, and not taken up again. */
  readonly unanswered: readonly RefusedChange[];
  /** Paths of the first answer's files that the second would change once more: what it says of them is left out. */
  readonly repeated: readonly string[];
}

/** The first answer's changes that could be made stay; the second may add to them and change none of their files. */
export function merged(first: readonly ProposedChange[], plan: Plan, second: readonly ProposedChange[]): Merged {
  const made = new Set(plan.files.flatMap(pathsOf));
  const touches = (change: ProposedChange): boolean => pathsOf(change).some((path) => made.has(path));
  const added = second.filter((change) => !touches(change));
  const taken = new Set(added.flatMap(pathsOf));
  return {
    changes: [...first.filter(touches), ...added],
    unanswered: plan.refused.filter(({ path }) => !taken.has(foldedPath(path))),
    repeated: [...new Set(second.filter(touches).map(({ path }) => path))],
  };
}

/** An answer's changes, and what they would do. */
export interface PlannedAnswer extends Pick<Proposal, 'changes' | 'misread'> {
  readonly plan: Plan;
}

export type MendedAnswer = PlannedAnswer & Pick<Merged, 'unanswered' | 'repeated'>;

/**
 * The first answer with what the second puts right, planned as one proposal against the files as they are. What is
 * still refused is in its plan and among its changes; a file that both answers change has a warning.
 */
export async function planMended(
  first: PlannedAnswer,
  second: Pick<Proposal, 'changes' | 'misread'>,
  basis: Basis,
  around: Surroundings,
): Promise<MendedAnswer> {
  const { changes, unanswered, repeated } = merged(first.changes, first.plan, second.changes);
  const { files, refused } = await planChanges(changes, basis, around);
  const again = new Set(repeated.map(foldedPath));
  const unmade = new Set(unanswered.map(({ path }) => foldedPath(path)));
  return {
    changes: [...changes, ...first.changes.filter((change) => pathsOf(change).some((path) => unmade.has(path)))],
    misread: second.misread,
    plan: {
      files: files.map((file) =>
        pathsOf(file).some((path) => again.has(path)) ? { ...file, warnings: [...file.warnings, CHANGED_AGAIN] } : file,
      ),
      refused: [...refused, ...unanswered],
    },
    unanswered,
    repeated,
  };
}

const CHANGED_AGAIN = 'the second answer would change it once more, which is left out';

const pathsOf = (change: { readonly path: string; readonly to?: string }): string[] =>
  (change.to === undefined ? [change.path] : [change.path, change.to]).map(foldedPath);
