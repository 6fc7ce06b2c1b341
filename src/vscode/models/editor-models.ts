/** The language models that VS Code itself offers, of whatever extension or subscription: found when asked for, used with the editor's own consent. */
import * as vscode from 'vscode';
import type { Model } from '../../models/catalogue.js';
import { tokenFamilies } from '../../models/token-counter.js';
import type { Unknown } from '../../money/price.js';

/** What the price table and the ledger call the editor as a provider. */
export const EDITOR = 'vscode';
export const EDITOR_NAME = 'VS Code’s language models';

export const EDITOR_PRICE: Unknown = {
  kind: 'unknown',
  reason: 'VS Code reports neither tokens nor prices; the subscription behind the model covers it or is billed',
};

export class EditorModels implements vscode.Disposable {
  #found: readonly vscode.LanguageModelChat[] = [];
  #asked: Promise<void> | undefined;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable | undefined;

  /** Other models are there. */
  readonly onDidChange = this.#changed.event;

  constructor() {
    // An editor built from VS Code's sources may leave it out.
    this.#subscription = vscode.lm?.onDidChangeChatModels?.(() => void this.#find());
  }

  /** Those found so far. */
  get models(): readonly Model[] {
    return this.#found.map((model) => ({
      provider: EDITOR,
      id: idOf(model),
      name: `${model.name} (VS Code)`,
      maxInput: model.maxInputTokens,
      tokens: tokenFamilies.other!,
      capabilities: {},
      source: 'VS Code',
    }));
  }

  /** Asks the editor once; it tells of changes later. Nobody is asked for consent by this. */
  wake(): Promise<void> {
    this.#asked ??= this.#find();
    return this.#asked;
  }

  /** The model of {@link models} with this id. */
  async find(id: string): Promise<vscode.LanguageModelChat | undefined> {
    await this.wake();
    return this.#found.find((model) => idOf(model) === id);
  }

  dispose(): void {
    this.#subscription?.dispose();
    this.#changed.dispose();
  }

  async #find(): Promise<void> {
    // An editor that cannot list its models has none to offer; it tells when that changes.
    const found = (await vscode.lm?.selectChatModels?.().then(undefined, () => undefined)) ?? [];
    const before = this.#found.map(idOf).join('\n');
    this.#found = found;
    if (found.map(idOf).join('\n') !== before) this.#changed.fire();
  }
}

/** Two vendors may give the same id. */
const idOf = ({ vendor, id }: vscode.LanguageModelChat): string => `${vendor}/${id}`;
