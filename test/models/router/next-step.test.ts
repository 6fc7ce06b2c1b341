import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ErrorKind } from '../../../src/models/provider.js';
import { type FailedAttempt, MOST_ATTEMPTS, MOST_TRIES, nextStep } from '../../../src/models/router/next-step.js';

const stepAfter = (kind: ErrorKind, own: Partial<FailedAttempt> = {}, random = () => 1) =>
  nextStep({ kind, tries: 1, attempts: 1, others: false, ...own }, random);

describe('models/router/next-step', () => {
  it('waits as long as a server asks and a random part more, the bound of which doubles', () => {
    assert.deepEqual(stepAfter('rate', { retryAfterMs: 2_000 }), { kind: 'again', wait: 3_000 });
    assert.deepEqual(
      stepAfter('rate', { retryAfterMs: 2_000 }, () => 0),
      { kind: 'again', wait: 2_000 },
    );
    assert.deepEqual(stepAfter('overloaded', { tries: 2, attempts: 2 }), { kind: 'again', wait: 2_000 });
  });

  it('waits ten seconds at most with another model at hand, a minute without', () => {
    assert.deepEqual(
      stepAfter('rate', { retryAfterMs: 10_000, others: true }, () => 0),
      { kind: 'again', wait: 10_000 },
    );
    assert.deepEqual(stepAfter('rate', { retryAfterMs: 10_001, others: true }), { kind: 'next' });
    assert.deepEqual(
      stepAfter('rate', { retryAfterMs: 60_000 }, () => 0),
      { kind: 'again', wait: 60_000 },
    );
    assert.deepEqual(stepAfter('rate', { retryAfterMs: 60_001 }), { kind: 'stop' });
    assert.deepEqual(stepAfter('rate', { tries: 2, attempts: 2, others: true }), { kind: 'next' });
  });

  it('asks another at once where trying again would not help, or another is at hand', () => {
    for (const kind of ['key', 'credit', 'unknown-model', 'too-long'] as const) {
      assert.deepEqual(stepAfter(kind), { kind: 'stop' });
      assert.deepEqual(stepAfter(kind, { others: true }), { kind: 'next' });
    }
    for (const kind of ['overloaded', 'network'] as const) {
      assert.equal(stepAfter(kind).kind, 'again');
      assert.deepEqual(stepAfter(kind, { others: true }), { kind: 'next' });
    }
    assert.deepEqual(stepAfter('request', { others: true }), { kind: 'stop' });
  });

  it('always comes to an end', () => {
    const kinds = fc.infiniteStream(fc.constantFrom<ErrorKind>('rate', 'overloaded', 'network', 'key', 'too-long', 'request'));
    fc.assert(
      fc.property(kinds, fc.nat({ max: 9 }), fc.nat({ max: 70_000 }), (errors, models, retryAfterMs) => {
        let [tries, attempts, left] = [1, 1, models];
        for (const kind of errors) {
          const step = nextStep({ kind, tries, attempts, others: left > 0, retryAfterMs }, () => 0.5);
          if (step.kind === 'stop') break;
          attempts++;
          tries = step.kind === 'again' ? tries + 1 : 1;
          if (step.kind === 'next') left--;
          assert.ok(attempts <= MOST_ATTEMPTS && tries <= MOST_TRIES && left >= 0);
        }
      }),
    );
  });
});
