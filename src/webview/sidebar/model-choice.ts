/** The chosen model with its quote, and all others to compare and choose from. */
import '@vscode-elements/elements/dist/vscode-icon/index.js';
import './model-list.js';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { QuotesView, QuoteView, SidebarDraft } from './protocol.js';
import { shared } from './styles.js';
import { count, range } from './words.js';

const FITS: Readonly<Record<QuoteView['fits'], string>> = {
  yes: 'fits',
  perhaps: 'may not fit',
  no: 'does not fit',
  unknown: 'not known',
};

/** @fires prefs when the way of comparing changes: {@link SidebarDraft}. */
@customElement('longview-models')
export class ModelChoice extends LitElement {
  static override styles = [
    shared,
    css`
      dl {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 1px 8px;
        margin: 0 0 6px;
      }
      dt,
      dd {
        margin: 0;
        min-width: 0;
        overflow-wrap: anywhere;
      }
      dd {
        text-align: end;
      }
      .no,
      .perhaps {
        font-weight: 600;
      }
    `,
  ];

  @property({ attribute: false }) quotes!: QuotesView;
  @property({ attribute: false }) prefs: SidebarDraft = {};

  override render() {
    const { quotes } = this;
    const chosen = quotes.models.find((m) => m.id === quotes.chosen);
    const open = this.prefs.comparing ?? !chosen;
    return html`
      <h2>Model and price</h2>
      ${chosen ? this.#quote(chosen) : html`<p>${this.#none()}</p>`}
      <button class="disclose" aria-expanded=${open ? 'true' : 'false'} @click=${() => this.#prefer({ comparing: !open })}>
        <vscode-icon name=${open ? 'chevron-down' : 'chevron-right'}></vscode-icon>Compare ${count(quotes.models.length)} models
      </button>
      ${
        open
          ? html`<longview-model-list
            .quotes=${quotes}
            .order=${this.prefs.order}
            .provider=${this.prefs.provider ?? ''}
            @prefs=${(e: CustomEvent<SidebarDraft>) => this.#prefer(e.detail)}
          ></longview-model-list>`
          : nothing
      }
    `;
  }

  #none(): string {
    const { chosen, automatic } = this.quotes;
    if (automatic) return 'Automatic: a model is chosen when there is a context to send.';
    return chosen === '' ? 'Choose a model to see what this context costs there.' : `${chosen} is not in Longview’s list of models.`;
  }

  #quote(model: QuoteView) {
    const { cost, fits, tokens } = model;
    const estimated = tokens.low !== tokens.high;
    return html`
      <p>${this.quotes.automatic ? 'Automatic: ' : nothing}<strong>${model.name}</strong> <span class="quiet">${model.provider}</span></p>
      <dl class="numbers">
        <dt>Prompt tokens</dt>
        <dd title=${estimated ? 'Estimated: this provider publishes no vocabulary' : 'Counted'}>${estimated ? '≈ ' : ''}${range(tokens)}</dd>
        <dt>Window</dt>
        <dd>${model.window === undefined ? nothing : `${count(model.window)}, `}<span class=${fits}>${FITS[fits]}</span></dd>
        ${
          cost.kind === 'known'
            ? html`
              <dt>Cache cold</dt>
              <dd>${cost.cold.text}</dd>
              <dt>Cache warm</dt>
              <dd>${cost.warm.text}</dd>
              <dt>At worst</dt>
              <dd>${cost.worst.text}</dd>
            `
            : html`
              <dt>Price</dt>
              <dd>unknown: ${cost.reason}</dd>
            `
        }
      </dl>
      <p class="quiet">
        ${this.quotes.of === 'budget' ? 'For a prompt that fills the budget.' : nothing} ${cost.kind === 'known' ? `Prices from ${cost.source}.` : nothing}
      </p>
    `;
  }

  #prefer(change: SidebarDraft): void {
    this.prefs = { ...this.prefs, ...change };
    this.dispatchEvent(new CustomEvent('prefs', { detail: change }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'longview-models': ModelChoice;
  }
}
