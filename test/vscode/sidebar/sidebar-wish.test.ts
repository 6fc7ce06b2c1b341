import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readWish } from '../../../src/vscode/sidebar/sidebar-wish.js';

describe('A message of the sidebar', () => {
  it('is read where it is one of the wishes', () => {
    const wishes = [
      { kind: 'ready' },
      { kind: 'task', text: 'fix it', edit: 3 },
      { kind: 'budget', tokens: 64_000 },
      { kind: 'focus', choice: 'keep' },
      { kind: 'model', id: 'openai/gpt-5' },
      { kind: 'model', id: 'auto' },
      { kind: 'route', open: true },
      { kind: 'command', command: 'longview.copyContext' },
      { kind: 'send', quote: 3 },
      { kind: 'fix', obstacle: 0, fix: 1 },
      { kind: 'fix', obstacle: 'off', fix: 0 },
    ];
    for (const wish of wishes) assert.deepEqual(readWish(wish), wish);
  });

  it('is left out where a field is missing, of another type or out of range', () => {
    const messages = [
      { kind: 'task', text: 'fix it' },
      { kind: 'task', text: 42, edit: 1 },
      { kind: 'budget', tokens: 1 },
      { kind: 'budget', tokens: 64_000.5 },
      { kind: 'budget', tokens: '64000' },
      { kind: 'focus', choice: 'everything' },
      { kind: 'model' },
      { kind: 'route', open: 'yes' },
      { kind: 'send', quote: '3' },
      { kind: 'fix', obstacle: -1, fix: 0 },
      { kind: 'fix', obstacle: '__proto__', fix: 0 },
    ];
    for (const message of messages) assert.equal(readWish(message), undefined, JSON.stringify(message));
  });

  it('runs none but the commands of the list', () => {
    for (const command of ['workbench.action.terminal.sendSequence', 'longview.copyContext ', '', undefined])
      assert.equal(readWish({ kind: 'command', command }), undefined);
  });

  it('is never anything else, whatever comes', () => {
    fc.assert(
      fc.property(fc.anything(), (message) => {
        const wish = readWish(message);
        assert.ok(wish === undefined || wish === message);
      }),
    );
  });
});
