/** The price table that a command reckons with. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openPriceTable } from '../money/open-price-table.js';
import { readPrices } from '../money/own-prices.js';
import type { PriceTable } from '../money/price-table.js';
import { type CommandContext, readJsonOption } from './command.js';
import { ASSETS } from './workspace.js';

/** The prices that ship, with those of the file that `--prices` names before them. */
export function openPrices(file: string | undefined, context: CommandContext): PriceTable {
  const own = file === undefined ? undefined : readJsonOption('prices', file, context, (value) => readPrices(value, 'user', file)).prices;
  return openPriceTable(readFileSync(join(ASSETS, 'prices.json'), 'utf8'), own);
}
