/** What the pack would cost at each model: the catalogue, the price table and the user's own prices together. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { type Model, openCatalogue } from '../models/catalogue.js';
import { estimateTokens, type TokenEstimate } from '../models/token-counter.js';
import { openPriceTable } from '../money/open-price-table.js';
import { readPrices } from '../money/own-prices.js';
import type { PriceTable } from '../money/price-table.js';
import { type Quote, quoteRequest } from '../money/quote.js';
import { onSettings, readSettings } from './settings.js';

export interface ModelQuote extends Quote {
  readonly model: Model;
  readonly input: TokenEstimate;
}

/** Share of a pack that a repeat finds in the provider's cache: all but the open file and the task, which come last. */
const CACHEABLE = 0.9;

export class PriceQuotes implements vscode.Disposable {
  #table: Promise<PriceTable> | undefined;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #settings: vscode.Disposable;

  /** Other prices, another length of the answer, or another model chosen. */
  readonly onDidChange = this.#changed.event;

  /** @param assets folder with prices.json. */
  constructor(
    private readonly assets: string,
    private readonly log: vscode.LogOutputChannel,
  ) {
    const again = (): void => {
      this.#table = undefined;
      this.#changed.fire();
    };
    this.#settings = vscode.Disposable.from(onSettings('prices', again), onSettings('answer', again), onSettings('model', again));
  }

  /** A quote for a prompt of so many o200k tokens at every model of the catalogue, in its order. */
  async quote(o200k: number): Promise<readonly ModelQuote[]> {
    const { expectedAnswer, maxAnswer } = readSettings();
    return await this.#quote(openCatalogue(), o200k, expectedAnswer, maxAnswer);
  }

  /** A quote for a prompt alone, without an answer, at the model of the setting; undefined where that names none of the catalogue. */
  async ofPrompt(o200k: number): Promise<ModelQuote | undefined> {
    const { model: chosen } = readSettings();
    return (
      await this.#quote(
        openCatalogue().filter((m) => nameOf(m) === chosen),
        o200k,
        0,
        0,
      )
    )[0];
  }

  async #quote(models: readonly Model[], o200k: number, expectedOutput: number, maxOutput: number): Promise<readonly ModelQuote[]> {
    this.#table ??= this.#open();
    const table = await this.#table;
    const at = new Date();
    return models.map((model) => {
      const input = estimateTokens(o200k, model.tokens);
      const request = { input, cacheable: CACHEABLE, expectedOutput, maxOutput };
      return { model, input, ...quoteRequest(request, table.find(model.provider, model.id, at), model) };
    });
  }

  dispose(): void {
    this.#settings.dispose();
    this.#changed.dispose();
  }

  async #open(): Promise<PriceTable> {
    const bundled = await readFile(join(this.assets, 'prices.json'), 'utf8');
    const read = readPrices(readSettings().prices, 'user', 'longview.prices');
    if (read.kind !== 'invalid') return openPriceTable(bundled, read.prices);
    this.log.warn(`longview.prices: ${read.problems.join('; ')}`);
    const open = 'Open Settings';
    void vscode.window.showWarningMessage(`Longview leaves out your prices: ${read.problems[0]}`, open).then((chosen) => {
      if (chosen === open) void vscode.commands.executeCommand('workbench.action.openSettings', 'longview.prices');
    });
    return openPriceTable(bundled);
  }
}

/** "provider/id", as the setting `longview.model` names a model. */
export function nameOf({ provider, id }: Model): string {
  return `${provider}/${id}`;
}
