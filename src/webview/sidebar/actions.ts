/** What is done with the finished context. */
import '@vscode-elements/elements/dist/vscode-button/index.js';
import { css, html, LitElement } from 'lit';
import { customElement } from 'lit/decorators.js';
import { shared } from './styles.js';
import { run } from './wishes.js';

@customElement('longview-actions')
export class Actions extends LitElement {
  static override styles = [
    shared,
    css`
      .row > * {
        flex: 1 1 auto;
      }
    `,
  ];

  override render() {
    return html`
      <div class="row" role="group" aria-label="Context">
        <vscode-button icon="copy" title="Copy context (Ctrl+Enter in the task)" @click=${() => run(this, 'longview.copyContext')}
          >Copy Context</vscode-button
        >
        <vscode-button secondary icon="save" @click=${() => run(this, 'longview.saveContext')}>Save as File</vscode-button>
        <vscode-button secondary icon="go-to-file" @click=${() => run(this, 'longview.openContext')}>Open as Document</vscode-button>
        <vscode-button secondary icon="type-hierarchy" @click=${() => run(this, 'longview.showGraph')}>Show Graph</vscode-button>
      </div>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'longview-actions': Actions;
  }
}
