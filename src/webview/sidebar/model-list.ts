/** All models with their quotes: a list box that is filtered by provider and ordered by price, window or name. */
import '@vscode-elements/elements/dist/vscode-icon/index.js';
import '@vscode-elements/elements/dist/vscode-option/index.js';
import '@vscode-elements/elements/dist/vscode-single-select/index.js';
import type { VscodeSingleSelect } from '@vscode-elements/elements/dist/vscode-single-select/index.js';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { isOrder, ORDERS, orderQuotes, providersOf } from './order-quotes.js';
import type { QuotesView, QuoteView, SidebarDraft } from './protocol.js';
import { shared } from './styles.js';
import { wish } from './wishes.js';
import { count, range } from './words.js';

/** @fires prefs when the order or the provider changes: {@link SidebarDraft}. */
@customElement('longview-model-list')
export class ModelList extends LitElement {
  static override styles = [
    shared,
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
      [role='option'] {
        display: grid;
        grid-template-columns: 16px 1fr;
        gap: 0 4px;
        padding: 3px 4px;
        border-radius: 3px;
        cursor: pointer;
      }
      [role='option']:hover {
        background: var(--vscode-list-hoverBackground);
      }
      [role='option'][aria-selected='true'] {
        color: var(--vscode-list-inactiveSelectionForeground, inherit);
        background: var(--vscode-list-inactiveSelectionBackground);
        outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
        outline-offset: -1px;
      }
      [role='option']:focus-visible {
        outline: 1px solid var(--vscode-focusBorder);
        outline-offset: -1px;
      }
      .line {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        gap: 0 8px;
        min-width: 0;
      }
      .details {
        grid-column: 2;
        font-size: 0.92em;
      }
      .details:not([role='option'][aria-selected='true'] *) {
        color: var(--vscode-descriptionForeground);
      }
    `,
  ];

  @property({ attribute: false }) quotes!: QuotesView;
  @property({ attribute: false }) order: string | undefined;
  @property({ attribute: false }) provider = '';
  /** Model that the arrow keys stand on; the chosen one until then. */
  @state() private at: string | undefined;

  override render() {
    const order = isOrder(this.order) ? this.order : 'cold';
    const providers = providersOf(this.quotes.models);
    const provider = providers.includes(this.provider) ? this.provider : '';
    const models = orderQuotes(this.quotes.models, order, provider);
    const at = (models.find((m) => m.id === this.at) ?? models.find((m) => m.id === this.quotes.chosen) ?? models[0])?.id;
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
      <div role="listbox" aria-label="Models" @keydown=${(e: KeyboardEvent) => this.#pressed(e, models, at)}>
        ${repeat(
          models,
          (m) => m.id,
          (m) => this.#option(m, m.id === at),
        )}
      </div>
    `;
  }

  #option(model: QuoteView, reachable: boolean) {
    const { cost, tokens } = model;
    const chosen = model.id === this.quotes.chosen;
    return html`<div
      role="option"
      data-id=${model.id}
      aria-selected=${chosen ? 'true' : 'false'}
      tabindex=${reachable ? 0 : -1}
      @click=${() => this.#choose(model.id)}
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

  #pressed(event: KeyboardEvent, models: readonly QuoteView[], at: string | undefined): void {
    const now = models.findIndex((m) => m.id === at);
    const to = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: models.length - 1 }[event.key];
    if (to !== undefined) this.#goTo(models[Math.min(models.length - 1, Math.max(0, to))]?.id);
    else if ((event.key === 'Enter' || event.key === ' ') && at !== undefined) this.#choose(at);
    else return;
    event.preventDefault();
  }

  #goTo(id: string | undefined): void {
    this.at = id;
    void this.updateComplete.then(() => this.shadowRoot?.querySelector<HTMLElement>('[role=option][tabindex="0"]')?.focus());
  }

  #choose(id: string): void {
    this.at = id;
    wish(this, { kind: 'model', id });
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
