/** The token budget: a number of any size, or one of the presets. */
import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import type { VscodeTextfield } from '@vscode-elements/elements/dist/vscode-textfield/index.js';
import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { BudgetView } from './protocol.js';
import { shared } from './styles.js';
import { wish } from './wishes.js';
import { count, readTokens } from './words.js';

@customElement('longview-budget')
export class BudgetControl extends LitElement {
  static override styles = [
    shared,
    css`
      .head {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 8px;
        align-items: center;
        margin-bottom: 6px;
      }
      h2 {
        margin: 0;
      }
      vscode-textfield {
        flex: 1 1 90px;
        width: auto;
      }
      .row {
        gap: 4px;
      }
      .error {
        color: var(--vscode-errorForeground);
      }
      .chip {
        max-width: 100%;
        text-align: start;
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property({ attribute: false }) budget!: BudgetView;
  /** What stands in the field while it is being changed. */
  @state() private typed: string | undefined;
  @state() private wrong = false;
  @query('vscode-textfield') private readonly field!: VscodeTextfield;

  override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('budget');
    // Another budget was chosen elsewhere, or this one arrived: what was typed is of the past.
    if (before && before.tokens !== this.budget.tokens) this.#forget();
  }

  override render() {
    const { tokens, least, most, presets } = this.budget;
    return html`
      <div class="head">
      <h2>Token budget</h2>
      <vscode-textfield
        .label=${'Token budget'}
        .value=${this.typed ?? count(tokens)}
        ?invalid=${this.wrong}
        @input=${() => {
          this.typed = this.field.value;
          this.wrong = false;
        }}
        @change=${this.#take}
        @keydown=${this.#pressed}
      ></vscode-textfield>
      </div>
      <div role="alert">
        ${this.wrong ? html`<p class="error">Write a number from ${count(least)} to ${count(most)}, such as 64000 or 64k.</p>` : nothing}
      </div>
      <div class="row" role="group" aria-label="Budgets to choose from">
        ${presets.map(
          (preset) => html`<button
            class="chip numbers"
            aria-pressed=${preset.tokens === tokens ? 'true' : 'false'}
            title=${preset.hint}
            @click=${() => this.#choose(preset.tokens)}
          >
            ${preset.label}
          </button>`,
        )}
      </div>
    `;
  }

  #take(): void {
    if (this.typed === undefined) return;
    const tokens = readTokens(this.typed);
    this.wrong = tokens === undefined || tokens < this.budget.least || tokens > this.budget.most;
    if (tokens !== undefined && !this.wrong) this.#choose(tokens);
  }

  #choose(tokens: number): void {
    this.#forget();
    // Shown at once; the host's next state says the same.
    this.budget = { ...this.budget, tokens };
    wish(this, { kind: 'budget', tokens });
  }

  #forget(): void {
    this.typed = undefined;
    this.wrong = false;
  }

  #pressed(event: KeyboardEvent): void {
    if (event.key === 'Enter') this.#take();
    else if (event.key === 'Escape') this.#forget();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'longview-budget': BudgetControl;
  }
}
