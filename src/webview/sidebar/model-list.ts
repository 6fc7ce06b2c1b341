/** All models with their quotes: a list box that is filtered by provider and ordered by price, window or name. */
import '@vscode-elements/elements/dist/vscode-icon/index.js';
import '@vscode-elements/elements/dist/vscode-option/index.js';
import '@vscode-elements/elements/dist/vscode-single-select/index.js';
import type { VscodeSingleSelect } from '@vscode-elements/elements/dist/vscode-single-select/index.js';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { ListedModels } from './listed-models.js';
import { isOrder, ORDERS, orderQuotes, providersOf } from './order-quotes.js';
import { AUTOMATIC, type QuotesView, type QuoteView, type SidebarDraft } from './protocol.js';
import { listBox, shared } from './styles.js';
import { count, range } from './words.js';

/** @fires prefs when the order or the provider changes: {@link SidebarDraft}. */
@customElement('longview-model-list')
export class ModelList extends LitElement {
  static override styles = [
    shared,
    listBox,
    css`
      .filters {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(120px, 1fr));
        gap: 6px;
        margin: 4px 0 6px;
      }
      vscode-single-select {
        width: 100%;
      }
    `,
  ];

  @property({ attribute: false }) quotes!: QuotesView;
  @property({ attribute: false }) order: string | undefined;
  @property({ attribute: false }) provider = '';
  readonly #listed = new ListedModels(this);

  override render() {
    const order = isOrder(this.order) ? this.order : 'cold';
    const providers = providersOf(this.quotes.models);
    const provider = providers.includes(this.provider) ? this.provider : '';
    const models = orderQuotes(this.quotes.models, order, provider);
    const ids = [AUTOMATIC, ...models.map((m) => m.id)];
    const at = this.#listed.standing(ids, this.#selected, models[0]?.id);
    return html`
      <div class="filters">
        <vscode-single-select
          label="Provider"
          @change=${(e: Event) => this.#prefer({ provider: (e.target as VscodeSingleSelect).value })}
        >
          <vscode-option value="" ?selected=${provider === ''}>All providers</vscode-option>
          ${providers.map((p) => html`<vscode-option value=${p} ?selected=${p === provider}>${p}</vscode-option>`)}
        </vscode-single-select>
        <vscode-single-select label="Order" @change=${(e: Event) => this.#prefer({ order: (e.target as VscodeSingleSelect).value })}>
          ${Object.entries(ORDERS).map(([id, name]) => html`<vscode-option value=${id} ?selected=${id === order}>${name}</vscode-option>`)}
        </vscode-single-select>
      </div>
      <p class="quiet numbers">For a prompt of ${count(this.quotes.tokens)} tokens${this.quotes.of === 'budget' ? ', the whole budget' : ''}: cache warm to cold, and at worst.</p>
      <div role="listbox" aria-label="Models" @keydown=${(e: KeyboardEvent) => this.#listed.pressed(e, ids, at)}>
        ${this.#automatic(at === AUTOMATIC)}
        ${repeat(
          models,
          (m) => m.id,
          (m) => this.#option(m, m.id === at),
        )}
      </div>
    `;
  }

  get #selected(): string {
    return this.quotes.automatic ? AUTOMATIC : this.quotes.chosen;
  }

  #automatic(reachable: boolean) {
    const chosen = this.quotes.automatic;
    return html`<div
      role="option"
      data-id=${AUTOMATIC}
      aria-selected=${chosen ? 'true' : 'false'}
      tabindex=${reachable ? 0 : -1}
      @click=${() => this.#listed.choose(AUTOMATIC)}
    >
      ${chosen ? html`<vscode-icon name="check"></vscode-icon>` : html`<span></span>`}
      <span class="line"><span>Automatic</span></span>
      <span class="details">the best by cost and time of those that a key is set for</span>
    </div>`;
  }

  #option(model: QuoteView, reachable: boolean) {
    const { cost, tokens } = model;
    const chosen = model.id === this.#selected;
    return html`<div
      role="option"
      data-id=${model.id}
      aria-selected=${chosen ? 'true' : 'false'}
      tabindex=${reachable ? 0 : -1}
      @click=${() => this.#listed.choose(model.id)}
    >
      ${chosen ? html`<vscode-icon name="check"></vscode-icon>` : html`<span></span>`}
      <span class="line">
        <span>${model.name}</span>
        <span class="numbers">${cost.kind === 'known' ? span(cost.warm.text, cost.cold.text) : 'price unknown'}</span>
      </span>
      <span class="line details numbers">
        <span>${model.provider}, ${tokens.low === tokens.high ? '' : '≈ '}${range(tokens)} tokens</span>
        <span>${cost.kind === 'known' ? html`at worst ${cost.worst.text}` : nothing}</span>
        ${this.#fit(model)}
      </span>
    </div>`;
  }

  #fit({ fits, window }: QuoteView) {
    switch (fits) {
      case 'no':
        return html`<strong>does not fit ${window === undefined ? '' : count(window)}</strong>`;
      case 'perhaps':
        return html`<strong>may not fit</strong>`;
      case 'unknown':
        return html`<span>window not known</span>`;
      case 'yes':
        return nothing;
    }
  }

  #prefer(change: SidebarDraft): void {
    this.dispatchEvent(new CustomEvent('prefs', { detail: change }));
  }
}

/** "$0.0061–$0.0075" and "$0.04–$0.05" are "$0.0061–$0.05" in short. */
function span(warm: string, cold: string): string {
  const [from] = warm.split('–');
  const to = cold.split('–').at(-1);
  return from === to ? `${from}` : `${from}–${to}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'longview-model-list': ModelList;
  }
}
