/** Ask about the codebase, or about a place in it. */
import type { Action } from './action.js';
import { tellPlace } from './tell-place.js';

export const ask: Action = {
  id: 'ask',
  title: 'Ask About the Codebase',
  summary: 'answers a question from the code that bears on it',
  takes: ['workspace', 'file', 'lines', 'symbol', 'finding'],
  answers: 'text',
  demands: 'question',
  wish: { required: true, prompt: 'What do you want to know?' },
  plan(scene) {
    const { target, wish } = scene;
    const place = target.kind === 'workspace' ? undefined : tellPlace(scene, target);
    if (typeof place === 'string') return place;
    const [first = ''] = wish.split('\n', 1);
    return {
      title: first,
      // The wish goes behind it.
      task: place ? `About ${place.words}:` : '',
      ...(place ? { focus: place.focus, needs: place.needs } : {}),
      instructions:
        'Answer from the code that you see. Name files, symbols and line numbers for what you say. Say what you do not see or cannot be sure of.',
    };
  },
};
