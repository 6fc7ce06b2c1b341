/** How the task is asked: of an action, and whether its answer may propose changes. */
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { AskView } from './protocol.js';
import { shared } from './styles.js';
import { run, wish } from './wishes.js';

@customElement('longview-ask-form')
export class AskForm extends LitElement {
  static override styles = [
    shared,
    css`
      .action {
        justify-content: space-between;
        margin-bottom: 4px;
      }
      .action > :first-child {
        flex: 1;
        min-width: 0;
      }
      label {
        display: inline-flex;
        gap: 6px;
        align-items: center;
        cursor: pointer;
      }
      input {
        margin: 0;
        accent-color: var(--vscode-checkbox-selectBackground, var(--vscode-focusBorder));
      }
    `,
  ];

  @property({ attribute: false }) asked!: AskView['asked'];

  override render() {
    const { title, proposes } = this.asked;
    return html`
      ${
        title === ''
          ? nothing
          : html`<div class="row action">
            <span class="message">${title}</span>
            <button class="link" title="Ask the task alone" @click=${() => run(this, 'longview.plainQuestion')}>Remove</button>
          </div>`
      }
      <label title="The answer may have changes of files: they are shown as a diff, and written when you apply them">
        <input type="checkbox" .checked=${proposes} @change=${(e: Event) => wish(this, { kind: 'propose', on: (e.target as HTMLInputElement).checked })} />
        May propose changes
      </label>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'longview-ask-form': AskForm;
  }
}
