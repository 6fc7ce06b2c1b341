import assert from 'node:assert/strict';
import { countTokens } from '../../../src/base/tokens.js';
import { describeMarkers, proposalKey } from '../../../src/proposals/markers.js';
import { FORM_TOKENS, PLAIN, readAsk, tokensBehind, wantedOf, withBehind } from '../../../src/vscode/requests/wanted.js';

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
    const { key, behind } = wantedOf({ ...PLAIN, instructions: 'Cut the cycle.', files: ['src/b.ts'], answers: 'proposal' });
    const { messages, files } = withBehind(REQUEST, behind);
    assert.deepEqual(messages[0]?.parts, [
      { text: 'repository', cache: 'short' },
      { text: `task\n\nCut the cycle.\n\n${describeMarkers(key!)}` },
    ]);
    assert.deepEqual(files, ['src/a.ts', 'src/b.ts']);
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
