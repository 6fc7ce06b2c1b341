/** The answer while it comes, what can be done with it, and what it cost. */
import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-icon/index.js';
import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { AnswerView, ReceiptView, SidebarCommand } from './protocol.js';
import { shared } from './styles.js';
import { run, wish } from './wishes.js';
import { count } from './words.js';

@customElement('longview-answer')
export class AnswerPanel extends LitElement {
  static override styles = [
    shared,
    css`
      .text {
        max-height: 10lh;
        margin: 4px 0 6px;
        padding: 4px 6px;
        overflow: auto;
        background: var(--vscode-textBlockQuote-background, var(--vscode-editor-background));
        border: 1px solid var(--vscode-widget-border, var(--vscode-contrastBorder, transparent));
        border-radius: 2px;
        font-family: var(--vscode-editor-font-family);
        font-size: var(--vscode-editor-font-size);
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
      summary {
        cursor: pointer;
      }
      .row {
        gap: 4px;
      }
      table {
        width: 100%;
        margin-top: 8px;
        border-collapse: collapse;
      }
      caption {
        font-weight: 600;
        text-align: start;
      }
      th,
      td {
        padding: 1px 0;
        font-weight: normal;
        text-align: start;
        vertical-align: baseline;
      }
      td {
        padding-inline-start: 8px;
        text-align: end;
        overflow-wrap: anywhere;
      }
      .cost > * {
        font-weight: 600;
      }
    `,
  ];

  @property({ attribute: false }) answer!: AnswerView;
  @query('.text') private readonly text!: HTMLElement | null;
  /** The end of the text is in view, and stays there as it grows. */
  #follows = true;

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.get('answer')?.id !== this.answer.id) this.#follows = true;
    else if (this.text) this.#follows = this.text.scrollTop + this.text.clientHeight >= this.text.scrollHeight - 8;
  }

  override updated(): void {
    if (this.#follows && this.answer.state === 'answering' && this.text) this.text.scrollTop = this.text.scrollHeight;
  }

  override render() {
    const { model, state, excerpt, characters, thinking, notes, ending, task, canGoOn } = this.answer;
    const answering = state === 'answering';
    return html`
      <h2>Answer of ${model}</h2>
      <p class="quiet message">${task}</p>
      ${answering ? html`<vscode-progress-bar aria-label="The model is answering" indeterminate></vscode-progress-bar>` : nothing}
      ${
        thinking === ''
          ? nothing
          : html`<details>
            <summary>Thinking</summary>
            <div class="text" tabindex="0" role="region" aria-label="Thinking">${thinking}</div>
          </details>`
      }
      ${
        excerpt === ''
          ? html`<p class="quiet">${answering ? 'Waiting for the first words…' : nothing}</p>`
          : html`<div class="text" tabindex="0" role="region" aria-label="Answer">${excerpt}</div>`
      }
      ${notes.map((note) => html`<p class="message"><vscode-icon name="info"></vscode-icon> ${note}</p>`)}
      ${ending === undefined ? nothing : html`<p class="message"><vscode-icon name="warning"></vscode-icon> ${ending}</p>`}
      <div class="row" role="group" aria-label="Answer">
        ${characters > 0 ? this.#button('longview.openAnswer', 'Open', 'go-to-file') : nothing}
        ${characters > 0 ? this.#button('longview.copyAnswer', 'Copy', 'copy') : nothing}
        ${canGoOn && !answering ? this.#button('longview.continueAnswer', 'Continue', 'debug-continue') : nothing}
        ${answering ? nothing : this.#button('longview.retryAnswer', 'Ask Again', 'refresh')}
      </div>
      ${this.answer.receipts.map((receipt) => this.#receipt(receipt))}
    `;
  }

  #button(command: SidebarCommand, label: string, icon: string) {
    return html`<vscode-button secondary icon=${icon} @click=${() => run(this, command)}>${label}</vscode-button>`;
  }

  #receipt({ request, cost, quoted, expectedRead, buckets }: ReceiptView) {
    return html`<table class="numbers">
      <caption>
        Receipt
      </caption>
      <tbody>
        ${buckets.map(
          ({ name, tokens }) => html`<tr>
            <th scope="row">${name}</th>
            <td>${count(tokens)}</td>
          </tr>`,
        )}
        ${
          expectedRead === undefined
            ? nothing
            : html`<tr>
              <th scope="row">Expected from the cache</th>
              <td>${count(expectedRead)}</td>
            </tr>`
        }
        <tr class="cost">
          <th scope="row">Cost</th>
          <td>${cost}</td>
        </tr>
        ${
          quoted === undefined
            ? nothing
            : html`<tr>
              <th scope="row">Quoted</th>
              <td>${quoted}</td>
            </tr>`
        }
      </tbody>
    </table>
    <button class="link" @click=${() => wish(this, { kind: 'request', id: request })}>Show in Requests</button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'longview-answer': AnswerPanel;
  }
}
