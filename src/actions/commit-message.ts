/** Write the message of a commit, in the style of those before it. */
import { counted } from '../base/count.js';
import type { Action, ChangeTarget } from './action.js';
import { readDiff, tellDiffs } from './diff.js';

/** The diff says what changed; little else needs to be read. */
const CONTEXT = 4_000;

export const commitMessage: Action = {
  id: 'commit-message',
  title: 'Write Commit Message',
  summary: 'writes the message for what is staged, else for all that is not committed',
  takes: ['change'],
  answers: 'text',
  demands: 'summary',
  wish: { required: false, prompt: 'What should the message say? (may be empty)' },
  plan({ target, evidence }) {
    const { diff, subjects = [] } = target as ChangeTarget;
    const diffs = readDiff(diff).filter((d) => evidence.shows(d.path));
    if (diffs.length === 0) return 'Nothing has changed since the last commit.';
    if (subjects.length > 0) evidence.say('Subjects of the last commits, newest first:');
    for (const subject of subjects) evidence.say(`  ${subject}`);
    evidence.say('The change:');
    tellDiffs(evidence, diffs, evidence.room * 0.9);
    return {
      title: `Write a commit message for ${counted(diffs.length, 'file')}`,
      task: `Write a commit message for the change of ${diffs
        .slice(0, 4)
        .map((d) => d.path)
        .join(', ')}`,
      most: CONTEXT,
      instructions: `Write the message of a commit with this change.

- Follow the style of the last subjects where they have one: language, tense, prefixes, capitals, length, full stop or none. Without one: a subject of at most 72 characters, in the imperative.
- The subject says what is different afterwards, not which files were touched.
- A body only where the subject does not say it all: an empty line, then why it was done and what a reader of the diff cannot see, in lines of at most 72 characters.
- Invent nothing: no reasons that the change does not show, no ticket numbers, no names, no trailers.

Answer with the message alone: no fence, no quotes, nothing before or after it.`,
    };
  },
};
