/** The price table as it ships: our own entries before the bundled list. */
import assert from 'node:assert/strict';
import { bundledPrices } from '../../src/money/bundled-prices.js';
import { openPriceTable } from '../../src/money/open-price-table.js';
import { readPrices } from '../../src/money/own-prices.js';
import type { PriceTable } from '../../src/money/price-table.js';

export const NOW = new Date('2026-11-21T12:00:00Z');

const bundled = JSON.stringify(bundledPrices());

export function shippedTable(user?: unknown): PriceTable {
  if (user === undefined) return openPriceTable(bundled);
  const read = readPrices(user, 'user', 'user');
  assert.ok(read.kind === 'read', JSON.stringify(read));
  return openPriceTable(bundled, read.prices);
}
