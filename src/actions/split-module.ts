/** Split a file by what hangs together in it. */
import { counted } from '../base/count.js';
import type { WorkspacePath } from '../workspace/entry.js';
import type { Action } from './action.js';
import { innerParts, tellParts } from './inner-parts.js';
import { BRIEF, CARE } from './wording.js';

/** Users of the file that are pinned: their imports have to change. */
const MOST_USERS = 12;

export const splitModule: Action = {
  id: 'split-module',
  title: 'Split Module',
  summary: 'makes several files of one, by what hangs together in it',
  takes: ['file', 'finding'],
  answers: 'proposal',
  demands: 'change',
  wish: { required: false, prompt: 'How should it be split? (may be empty)' },
  plan(scene) {
    const { snapshot, target } = scene;
    const path = target.kind === 'file' ? target.path : target.kind === 'finding' ? target.finding.evidence[0]!.path : '';
    const parts = innerParts(snapshot, path);
    const all = parts.groups.flat();
    if (all.length < 2) return `${path} has ${counted(all.length, 'definition')}: there is nothing to split.`;
    tellParts(scene, path, parts);
    const isTest = (user: WorkspacePath): number => Number(snapshot.entry(user)?.test === true);
    const users = [...new Set(all.flatMap((p) => p.users))].sort((a, b) => isTest(a) - isTest(b));
    const members =
      parts.of === undefined
        ? ''
        : ` All of it is one ${parts.of}: split that along the groups, into parts that it holds and passes calls on to.`;
    return {
      title: `Split ${path}`,
      focus: { path },
      needs: [path, ...users.slice(0, MOST_USERS)],
      instructions: `Split this file into as few files as its parts call for, each with one subject that its name says.${members}

- The groups of the evidence are those that use each other, or are used together; they were computed and know no meanings. Follow them where they make sense, and say where you do not.
- Cut where few references cross, and in one direction: afterwards the new files must not depend on each other in a loop.
- Move definitions as they are. What is private to one group goes with it; what several need goes into one of them or into a file of its own.
- Change the imports of all files that use what moves${users.length > MOST_USERS ? ` (${users.length} files; where you do not see them all, let the old file pass the moved names on)` : ''}. Where the file is a public entry of a package, let it pass the names on.
${CARE}

${BRIEF}`,
    };
  },
};
