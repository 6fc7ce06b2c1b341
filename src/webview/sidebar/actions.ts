/** What is done with the finished context. */
import '@vscode-elements/elements/dist/vscode-button/index.js';
import { css, html, LitElement } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { SidebarCommand } from './protocol.js';
import { shared } from './styles.js';
import { run } from './wishes.js';

const OTHERS: readonly { readonly command: SidebarCommand; readonly icon: string; readonly label: string }[] = [
  { command: 'longview.saveContext', icon: 'save', label: 'Save as File' },
  { command: 'longview.openContext', icon: 'go-to-file', label: 'Open as Document' },
  { command: 'longview.showGraph', icon: 'type-hierarchy', label: 'Show Graph' },
];

@customElement('longview-actions')
export class Actions extends LitElement {
  static override styles = [
    shared,
    css`
      .row {
        gap: 4px;
      }
      .copy {
        flex: 1 1 120px;
      }
    `,
  ];

  override render() {
    return html`
      <div class="row" role="group" aria-label="Context">
        <vscode-button class="copy" secondary icon="copy" title="Copy the context" @click=${() => run(this, 'longview.copyContext')}
          >Copy Context</vscode-button
        >
        ${OTHERS.map(
          ({ command, icon, label }) => html`<vscode-button
            secondary
            icon-only
            icon=${icon}
            title=${label}
            aria-label=${label}
            @click=${() => run(this, command)}
          ></vscode-button>`,
        )}
      </div>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'longview-actions': Actions;
  }
}
