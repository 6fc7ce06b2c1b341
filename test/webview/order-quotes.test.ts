import assert from 'node:assert/strict';
import { type Order, orderQuotes } from '../../src/webview/sidebar/order-quotes.js';
import type { QuoteView } from '../../src/webview/sidebar/protocol.js';

function model(name: string, cold: number | undefined, window?: number, provider = 'acme'): QuoteView {
  const amount = (most: number) => ({ text: `${most}`, most });
  return {
    ...{ id: `${provider}/${name}`, provider, name, window, room: undefined, fits: 'yes', tokens: { low: 1, high: 1 } },
    cost:
      cold === undefined
        ? { kind: 'unknown', reason: 'no price' }
        : { kind: 'known', cold: amount(cold), warm: amount(100 - cold), worst: amount(cold), source: 'table' },
  };
}

describe('The order of models', () => {
  const models = [
    model('dear', 90, 2_000),
    model('secret', undefined),
    model('cheap', 10, 1_000),
    model('also-cheap', 10, undefined, 'other'),
  ];
  const names = (order: Order, provider = '') => orderQuotes(models, order, provider).map((m) => m.name);

  it('is the price, with unknown ones last and equals as the catalogue has them', () => {
    assert.deepEqual(names('cold'), ['cheap', 'also-cheap', 'dear', 'secret']);
    assert.deepEqual(names('warm'), ['dear', 'cheap', 'also-cheap', 'secret']);
  });

  it('is the largest window first, with unknown ones last', () => {
    assert.deepEqual(names('window'), ['dear', 'cheap', 'secret', 'also-cheap']);
  });

  it('is of one provider alone where one is chosen', () => {
    assert.deepEqual(names('name', 'other'), ['also-cheap']);
  });
});
