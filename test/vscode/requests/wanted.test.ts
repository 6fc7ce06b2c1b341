import assert from 'node:assert/strict';
import { countTokens } from '../../../src/base/tokens.js';
import { describeMarkers, proposalKey } from '../../../src/proposals/markers.js';
import { FORM_TOKENS, inFormOf, PLAIN, readAsk, tokensBehind, wantedOf, withBehind } from '../../../src/vscode/requests/wanted.js';

const REQUEST = {
  ...{ provider: 'acme', model: 'large', system: [], maxOutput: 100, cacheKey: 'k', files: ['src/a.ts'] },
  messages: [{ role: 'user', parts: [{ text: 'repository', cache: 'short' }, { text: 'task' }] }],
} as const;

describe('What stands behind a task', () => {
  it('is nothing for a question of the user’s own', () => {
    const wanted = wantedOf(PLAIN);
    assert.deepEqual([wanted.key, wanted.behind, tokensBehind(PLAIN)], [undefined, undefined, 0]);
    assert.equal(withBehind(REQUEST, wanted.behind), REQUEST);
  });

  it('is what the action says and then the form of changes, and nothing in front of it changes', () => {
    const wanted = wantedOf({ ...PLAIN, instructions: 'Cut the cycle.', files: ['src/b.ts'], answers: 'proposal' });
    const inForm = inFormOf(wanted, REQUEST)!;
    const { messages, files, answerSchema } = inForm('text');
    assert.deepEqual(messages[0]?.parts, [
      { text: 'repository', cache: 'short' },
      { text: `task\n\nCut the cycle.\n\n${describeMarkers(wanted.key!)}` },
    ]);
    assert.deepEqual([files, answerSchema], [['src/a.ts', 'src/b.ts'], undefined]);
    assert.ok(inForm('schema').answerSchema);
  });

  it('has so many tokens, whatever the key', () => {
    for (let i = 0; i < 20; i++) {
      const tokens = countTokens(`\n\n${describeMarkers(proposalKey())}`);
      assert.ok(Math.abs(tokens - FORM_TOKENS) <= 40, `${tokens}`);
    }
    assert.equal(tokensBehind({ ...PLAIN, tokens: 7, answers: 'proposal' }), FORM_TOKENS + 7);
  });

  it('is read back as it was kept, or not at all', () => {
    const ask = { ...PLAIN, action: 'explain', title: 'Explain src/a.ts' };
    assert.deepEqual(readAsk(JSON.parse(JSON.stringify(ask))), ask);
    assert.equal(readAsk(undefined), PLAIN);
    assert.equal(readAsk({ ...ask, instructions: 7 as never }), PLAIN);
  });
});
