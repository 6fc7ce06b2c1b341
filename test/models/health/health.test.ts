import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  answered,
  asking,
  failed,
  type Health,
  latencyOf,
  MOST_PLACES,
  type Place,
  UNMEASURED,
  verdictOf,
} from '../../../src/models/health/health.js';
import { placeOf } from '../../../src/models/health/place.js';
import type { ErrorKind } from '../../../src/models/provider.js';

const PLACE: Place = { endpoint: 'api.example.com/v1', model: 'm', key: 'one' };
const OTHER: Place = { ...PLACE, model: 'other' };
const NEW: Health = new Map();
const NOW = Date.parse('2026-11-21T12:00:00Z');

const times = (n: number, kind: ErrorKind, from = NEW): Health =>
  Array.from({ length: n }).reduce((health: Health) => failed(health, PLACE, { kind }, NOW), from);

describe('models/health', () => {
  it('opens at the third failure in a row, for twice as long each time, up to five minutes', () => {
    assert.equal(verdictOf(times(2, 'overloaded'), PLACE, NOW).kind, 'closed');
    assert.deepEqual(verdictOf(times(3, 'overloaded'), PLACE, NOW), { kind: 'open', cause: 'overloaded', until: NOW + 5_000 });
    assert.deepEqual(verdictOf(times(5, 'network'), PLACE, NOW), { kind: 'open', cause: 'network', until: NOW + 20_000 });
    assert.deepEqual(verdictOf(times(40, 'network'), PLACE, NOW), { kind: 'open', cause: 'network', until: NOW + 300_000 });
    assert.equal(verdictOf(times(3, 'overloaded'), OTHER, NOW).kind, 'closed', 'of another model nothing is known');
    const between = answered(times(2, 'overloaded'), PLACE, undefined);
    assert.equal(verdictOf(times(2, 'overloaded', between), PLACE, NOW).kind, 'closed', 'an answer ends the row');
  });

  it('half-opens for one request, which closes it or opens it for longer', () => {
    const open = times(3, 'overloaded');
    const later = NOW + 5_000;
    assert.deepEqual(verdictOf(open, PLACE, later), { kind: 'half-open', cause: 'overloaded' });
    const probed = asking(open, PLACE, later);
    assert.equal(verdictOf(probed, PLACE, later + 1).kind, 'open', 'a second one waits for the first');
    assert.equal(verdictOf(probed, PLACE, later + 60_000).kind, 'half-open', 'but not for one that is never heard of again');
    assert.equal(verdictOf(answered(probed, PLACE, undefined), PLACE, later).kind, 'closed');
    assert.deepEqual(verdictOf(failed(probed, PLACE, { kind: 'overloaded' }, later), PLACE, later), {
      kind: 'open',
      cause: 'overloaded',
      until: later + 10_000,
    });
  });

  it('opens at once for as long as the server asks, an hour at most', () => {
    const asked = (retryAfterMs: number) => verdictOf(failed(NEW, PLACE, { kind: 'rate', status: 429, retryAfterMs }, NOW), PLACE, NOW);
    assert.deepEqual(asked(30_000), { kind: 'open', cause: 'rate', until: NOW + 30_000 });
    assert.deepEqual(asked(2_140_000_000), { kind: 'open', cause: 'rate', until: NOW + 3_600_000 });
    const unsaid = failed(NEW, PLACE, { kind: 'rate', status: 429 }, NOW);
    assert.deepEqual(verdictOf(unsaid, PLACE, NOW), { kind: 'open', cause: 'rate', until: NOW + 5_000 });
  });

  it('leaves all models of an endpoint alone until a refused key is another', () => {
    const refused = failed(NEW, PLACE, { kind: 'key', status: 401 }, NOW);
    const year = NOW + 365 * 86_400_000;
    assert.deepEqual(verdictOf(refused, OTHER, year), { kind: 'open', cause: 'key', until: undefined });
    assert.equal(verdictOf(refused, { ...OTHER, key: 'two' }, NOW).kind, 'closed');
    const forbidden = failed(NEW, PLACE, { kind: 'key', status: 403 }, NOW);
    assert.deepEqual([verdictOf(forbidden, PLACE, NOW).kind, verdictOf(forbidden, OTHER, NOW).kind], ['open', 'closed']);
    assert.equal(verdictOf(answered(refused, OTHER, undefined), PLACE, NOW).kind, 'closed', 'an answer to a request by name closes it');
  });

  it('looks once an hour whether there is credit again, and once a day whether a model is there', () => {
    const broke = failed(NEW, PLACE, { kind: 'credit', status: 402 }, NOW);
    assert.deepEqual([verdictOf(broke, OTHER, NOW + 3_599_999).kind, verdictOf(broke, OTHER, NOW + 3_600_000).kind], ['open', 'half-open']);
    const unknown = failed(NEW, PLACE, { kind: 'unknown-model', status: 404 }, NOW);
    assert.deepEqual([verdictOf(unknown, PLACE, NOW).kind, verdictOf(unknown, OTHER, NOW).kind], ['open', 'closed']);
    assert.equal(verdictOf(unknown, PLACE, NOW + 86_400_000).kind, 'half-open');
  });

  it('does not hold against an endpoint what the request is to blame for', () => {
    assert.equal(times(9, 'request'), NEW);
    assert.equal(times(9, 'too-long'), NEW);
  });

  it('reckons with the median of at least three answers of the last week', () => {
    const measured = [900, 100, 5_000].map((firstToken, i) => ({ at: NOW + i, firstToken, speed: 10 * (i + 1) }));
    const seen = (n: number) => measured.slice(0, n).reduce((h: Health, m) => answered(h, PLACE, m), NEW);
    assert.equal(latencyOf(seen(2), PLACE, NOW), UNMEASURED);
    assert.deepEqual(latencyOf(seen(3), PLACE, NOW), { firstToken: 900, speed: 20, measured: 3 });
    assert.equal(latencyOf(seen(3), PLACE, NOW + 8 * 86_400_000), UNMEASURED);
  });

  it('remembers no more than the places heard of last', () => {
    let health = NEW;
    for (let i = 0; i < MOST_PLACES + 5; i++) health = failed(health, { endpoint: 'e', model: `m${i}` }, { kind: 'overloaded' }, NOW);
    assert.deepEqual([health.size, [...health.keys()][0]], [MOST_PLACES, 'e m5']);
  });

  it('never stays open for a key that is another, whatever came before', () => {
    const step = fc.record({
      kind: fc.constantFrom<ErrorKind>('key', 'credit', 'rate', 'overloaded', 'network', 'unknown-model', 'too-long', 'request'),
      status: fc.constantFrom(undefined, 401, 402, 403, 429, 503),
      retryAfterMs: fc.option(fc.nat({ max: 1e10 }), { nil: undefined }),
      after: fc.nat({ max: 1e6 }),
    });
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        let [health, now] = [NEW, NOW];
        for (const { after, ...failure } of steps) {
          now += after;
          health = failed(asking(health, PLACE, now), PLACE, failure, now);
        }
        const verdict = verdictOf(health, { ...PLACE, key: 'two' }, now + 86_400_000);
        assert.notEqual(verdict.kind, 'open');
        const own = verdictOf(health, PLACE, now);
        if (own.kind === 'open' && own.until === undefined) assert.equal(own.cause, 'key');
      }),
    );
  });

  it('tells one key from another without telling anything of it', () => {
    const secret = new Uint8Array(32).fill(7);
    const place = placeOf({ baseUrl: 'https://api.example.com/v1/' }, 'm', 'sk-secret', secret);
    assert.equal(place.endpoint, 'api.example.com/v1');
    assert.match(place.key!, /^[0-9a-f]{16}$/);
    assert.notEqual(placeOf({ baseUrl: 'https://api.example.com/v1' }, 'm', 'sk-other', secret).key, place.key);
    assert.notEqual(placeOf({ baseUrl: 'https://api.example.com/v1' }, 'm', 'sk-secret', new Uint8Array(32)).key, place.key);
  });
});
