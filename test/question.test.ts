import assert from 'node:assert/strict';
import { countTokens } from '../src/base/tokens.js';
import { cacheableShare, FRAME_TOKENS, questionOf } from '../src/question.js';
import { workspaceId } from '../src/workspace/id.js';

const TASK = 'retry once';
const PACK = {
  prompt: `The files of a repository follow.\n==== src/a.ts\nexport {};\n==== Task\n${TASK}`,
  files: [
    { path: 'src/a.ts', level: 'full' },
    { path: 'src/b.ts', level: 'path' },
  ],
} as const;

describe('A question', () => {
  const request = questionOf(PACK, TASK, { provider: 'acme', id: 'large', maxOutput: 100 }, workspaceId([{ folder: '/w' }]));
  const texts = [...request.system, ...request.messages.flatMap(({ parts }) => parts)].map(({ text }) => text);

  it('is instructions, the repository and the task, with the cache asked to keep all but the task', () => {
    assert.deepEqual(
      request.messages[0]?.parts.map(({ cache }) => cache),
      ['short', undefined],
    );
    assert.equal(texts.slice(1).join(''), PACK.prompt);
    assert.equal(cacheableShare(PACK, TASK), texts.slice(0, -1).join('').length / texts.join('').length);
  });

  it('names the files whose text is in it', () => {
    assert.deepEqual(request.files, ['src/a.ts']);
  });

  it('has so many tokens more than its pack', () => {
    assert.equal(countTokens(request.system.map(({ text }) => text).join('')), FRAME_TOKENS);
  });
});
