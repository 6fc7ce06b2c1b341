/** What the pack would cost at each model: the catalogue, the price table and the user's own prices together. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { type Calibration, readCalibration } from '../calibration.js';
import { type Model, openCatalogue } from '../models/catalogue.js';
import { estimateTokens, type TokenEstimate, tokenFamilies } from '../models/token-counter.js';
import { openPriceTable } from '../money/open-price-table.js';
import { readPrices } from '../money/own-prices.js';
import type { PriceTable } from '../money/price-table.js';
import { type Quote, quoteRequest } from '../money/quote.js';
import { EDITOR, EDITOR_PRICE, type EditorModels } from './models/editor-models.js';
import { AUTO, onSettings, readSettings } from './settings.js';

export interface ModelQuote extends Quote {
  readonly model: Model;
  readonly input: TokenEstimate;
}

export type Prices = Pick<PriceTable, 'find' | 'windowOf'>;

/** Share of a pack that a repeat finds in the provider's cache: all but the open file and the task, which come last. */
const CACHEABLE = 0.9;

export class PriceQuotes implements vscode.Disposable {
  #table: Promise<PriceTable> | undefined;
  readonly #changed = new vscode.EventEmitter<void>();
  #automatic = '';
  #calibration: Promise<Calibration> | undefined;
  readonly #settings: vscode.Disposable;

  /** Other prices, another length of the answer, or another model chosen. */
  readonly onDidChange = this.#changed.event;

  /** @param assets folder with prices.json. @param ledger folder of the ledger, read with the first quote. */
  constructor(
    private readonly assets: string,
    private readonly log: vscode.LogOutputChannel,
    private readonly editor: EditorModels,
    private readonly ledger: string,
  ) {
    const again = (): void => {
      this.#table = undefined;
      this.#changed.fire();
    };
    this.#settings = vscode.Disposable.from(
      onSettings('prices', again),
      onSettings('answer', again),
      onSettings('model', again),
      editor.onDidChange(() => this.#changed.fire()),
    );
  }

  /** "provider/model" of whom a request would go to now; "" for nobody. */
  get chosen(): string {
    const { model } = readSettings();
    return model === AUTO ? this.#automatic : model;
  }

  /** The model that "auto" stands for now; "" for none. */
  set automatic(name: string) {
    if (name === this.#automatic) return;
    this.#automatic = name;
    if (readSettings().model === AUTO) this.#changed.fire();
  }

  /**
   * A quote for a prompt of so many o200k tokens at every model of the catalogue, in its order,
   * and at the chosen one if that is none of them.
   * @param cacheable share of the prompt, from its beginning, that a repeat finds in the provider's cache.
   */
  async quote(o200k: number, cacheable = CACHEABLE): Promise<readonly ModelQuote[]> {
    const { expectedAnswer, maxAnswer } = readSettings();
    const model = this.chosen;
    const catalogue = [...openCatalogue(), ...this.editor.models];
    const chosen = catalogue.some((m) => nameOf(m) === model) ? undefined : await this.find(model);
    return await this.#quote(chosen ? [chosen, ...catalogue] : catalogue, o200k, cacheable, expectedAnswer, maxAnswer);
  }

  /** The models that ship, with their token estimates as the ledger corrects them. */
  async catalogue(): Promise<readonly Model[]> {
    return openCatalogue().map(await this.#calibrated());
  }

  /** From the next quote on the ledger is asked again how models count. */
  calibrateAgain(): void {
    this.#calibration = undefined;
  }

  /** The model of this name; one that the catalogue lacks has what the price table tells of it. Undefined for what is no "provider/model". */
  async find(name: string): Promise<Model | undefined> {
    const listed = [...openCatalogue(), ...this.editor.models].find((m) => nameOf(m) === name);
    const known = listed && (await this.#calibrated())(listed);
    const [, provider, id] = /^([^/]+)\/(.+)$/.exec(name) ?? [];
    if (known || provider === undefined || id === undefined) return known;
    const window = (await this.table()).windowOf(provider, id);
    return { provider, id, name: id, window, tokens: tokenFamilies.other!, capabilities: {}, source: 'not in the catalogue' };
  }

  /** The prices that hold now: the user's before those that ship. */
  async table(): Promise<Prices> {
    this.#table ??= this.#open();
    const table = await this.#table;
    return {
      find: (provider, model, at) => (provider === EDITOR ? EDITOR_PRICE : table.find(provider, model, at)),
      windowOf: (provider, model) => table.windowOf(provider, model),
    };
  }

  /** A quote for a prompt alone, without an answer, at the chosen model; undefined where none is. */
  async ofPrompt(o200k: number): Promise<ModelQuote | undefined> {
    const { chosen } = this;
    const model = openCatalogue().find((m) => nameOf(m) === chosen) ?? (await this.find(chosen));
    return model && (await this.#quote([model], o200k, CACHEABLE, 0, 0))[0];
  }

  async #quote(
    models: readonly Model[],
    o200k: number,
    cacheable: number,
    expectedOutput: number,
    maxOutput: number,
  ): Promise<readonly ModelQuote[]> {
    const [table, calibrated] = await Promise.all([this.table(), this.#calibrated()]);
    const at = new Date();
    return models.map((listed) => {
      const model = calibrated(listed);
      const input = estimateTokens(o200k, model.tokens);
      const request = { input, cacheable, expectedOutput, maxOutput };
      return { model, input, ...quoteRequest(request, table.find(model.provider, model.id, at), model) };
    });
  }

  dispose(): void {
    this.#settings.dispose();
    this.#changed.dispose();
  }

  /** A ledger that cannot be read is told where today's cost stands; estimates are then those that ship. */
  #calibrated(): Promise<Calibration> {
    this.#calibration ??= readCalibration(this.ledger, new Date()).catch(() => (model) => model);
    return this.#calibration;
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
