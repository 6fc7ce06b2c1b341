/** Who could be asked, what each would cost, and why it stands where it does; a click asks for that one. Folded until it is wanted. */
import '@vscode-elements/elements/dist/vscode-icon/index.js';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { ListedModels } from './listed-models.js';
import type { RouteRowView, RouteView, SidebarDraft } from './protocol.js';
import { listBox, shared } from './styles.js';
import { wish } from './wishes.js';

const MARKS: Readonly<Record<RouteRowView['verdict'], string>> = {
  chosen: 'arrow-right',
  fallback: 'debug-step-over',
  other: 'circle-small',
  rejected: 'close',
};

/** @fires prefs when it is opened or folded: {@link SidebarDraft}. */
@customElement('longview-route')
export class RouteSection extends LitElement {
  static override styles = [
    shared,
    listBox,
    css`
      .reasons {
        grid-column: 2;
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property({ attribute: false }) route!: RouteView;
  @property({ attribute: false }) prefs: SidebarDraft = {};
  readonly #listed = new ListedModels(this);

  override firstUpdated(): void {
    if (this.prefs.routing) wish(this, { kind: 'route', open: true });
  }

  override render() {
    const open = this.prefs.routing === true;
    return html`
      <h2>
        <button class="disclose" aria-expanded=${open ? 'true' : 'false'} @click=${() => this.#unfold(!open)}>
          <vscode-icon name=${open ? 'chevron-down' : 'chevron-right'}></vscode-icon>Route
        </button>
      </h2>
      ${open ? this.#body() : nothing}
    `;
  }

  #body() {
    const { route } = this;
    switch (route.kind) {
      case 'none':
        return html`<p class="quiet">Who could be asked is shown when there is a context to send.</p>`;
      case 'failed':
        return html`<p class="message" role="alert">${route.message}</p>`;
      case 'routed':
        return html`
          <p class="message">${route.why}</p>
          ${route.rows.length === 0 ? html`<p class="quiet">No key is set, and no model is named.</p>` : this.#rows(route.rows)}
          ${
            route.rows.some(({ time }) => time.endsWith('?'))
              ? html`<p class="quiet">Time?: not measured yet, reckoned with 2 s to the first text and 60 tokens per second.</p>`
              : nothing
          }
        `;
    }
  }

  #rows(rows: readonly RouteRowView[]) {
    const ids = rows.map(({ id }) => id);
    const at = this.#listed.standing(ids);
    return html`<div role="listbox" aria-label="Route" @keydown=${(e: KeyboardEvent) => this.#listed.pressed(e, ids, at)}>
      ${repeat(
        rows,
        ({ id }) => id,
        (row) => this.#row(row, row.id === at),
      )}
    </div>`;
  }

  #row({ id, verdict, words, cost, time, reasons }: RouteRowView, reachable: boolean) {
    return html`<div
      role="option"
      aria-selected=${verdict === 'chosen' ? 'true' : 'false'}
      tabindex=${reachable ? 0 : -1}
      title="Ask ${id}"
      @click=${() => this.#listed.choose(id)}
    >
      <vscode-icon name=${MARKS[verdict]}></vscode-icon>
      <span class="line">
        <span>${id}</span>
        <span class="numbers">${cost}</span>
      </span>
      <span class="line details numbers">
        <span>${words}</span>
        <span>${time}</span>
      </span>
      ${reasons === '' ? nothing : html`<span class="details reasons">${reasons}</span>`}
    </div>`;
  }

  #unfold(open: boolean): void {
    this.prefs = { ...this.prefs, routing: open };
    this.dispatchEvent(new CustomEvent('prefs', { detail: { routing: open } }));
    wish(this, { kind: 'route', open });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'longview-route': RouteSection;
  }
}
