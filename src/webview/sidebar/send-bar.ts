/** The button that sends the context for the price on it, and what stands against that. */
import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-icon/index.js';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { AskView, ObstacleView } from './protocol.js';
import { shared } from './styles.js';
import { run, wish } from './wishes.js';
import { count } from './words.js';

@customElement('longview-send')
export class SendBar extends LitElement {
  static override styles = [
    shared,
    css`
      vscode-button {
        width: 100%;
      }
      ul {
        margin: 6px 0 0;
        padding: 0;
        list-style: none;
      }
      li {
        margin-bottom: 6px;
      }
      .session {
        justify-content: space-between;
        margin-top: 4px;
      }
      .fixes {
        gap: 2px 12px;
      }
    `,
  ];

  @property({ attribute: false }) ask!: AskView;

  /** As the button does; nothing where it is off. */
  send(): void {
    const { send } = this.ask;
    if (send.kind === 'ready') wish(this, { kind: 'send', quote: send.quote });
  }

  override render() {
    const { send, obstacles } = this.ask;
    const off = send.kind === 'off' ? send.obstacle : undefined;
    return html`
      ${this.#button()} ${this.#carried()}
      <div role="alert">
        ${
          off || obstacles.length > 0
            ? html`<ul>
              ${off ? this.#obstacle(off, 'off') : obstacles.map((obstacle, i) => this.#obstacle(obstacle, i))}
            </ul>`
            : nothing
        }
      </div>
    `;
  }

  #button() {
    const { send } = this.ask;
    switch (send.kind) {
      case 'answering':
        return html`<vscode-button secondary icon="debug-stop" @click=${() => run(this, 'longview.stopAnswer')}>Stop</vscode-button>`;
      case 'preparing':
        return html`<vscode-button disabled>Checking what leaves…</vscode-button>`;
      case 'off':
        return html`<vscode-button disabled icon="send">Send</vscode-button>`;
      case 'ready':
        return html`<vscode-button icon="send" title="Send to the model (Ctrl+Enter in the task)" @click=${this.send}
          >Send${send.model === undefined ? '' : ` to ${send.model}`} · ${send.price}</vscode-button
        >`;
    }
  }

  /** What the session carries, what of it the provider's cache serves, and what it does not. */
  #carried() {
    const { send, session } = this.ask;
    const { foreseen, again } = send.kind === 'ready' ? send : {};
    return html`
      ${session === undefined ? nothing : this.#session(session)}
      ${foreseen === undefined ? nothing : html`<p class="quiet foreseen">${foreseen}.</p>`}
      ${again === undefined ? nothing : html`<p class="message" role="status"><vscode-icon name="warning"></vscode-icon> ${again}</p>`}
    `;
  }

  #session({ turns, tokens }: NonNullable<AskView['session']>) {
    return html`<div class="row session">
      <span class="quiet">Session: ${turns === 1 ? '1 turn' : `${count(turns)} turns`}, ${count(tokens)} tokens carried</span>
      <button class="link" @click=${() => run(this, 'longview.newSession')}>New Session</button>
    </div>`;
  }

  #obstacle({ message, fixes }: ObstacleView, which: number | 'off') {
    return html`<li>
      <div class="message">${message}</div>
      <div class="row fixes">
        ${fixes.map(
          (label, fix) => html`<button class="link" @click=${() => wish(this, { kind: 'fix', obstacle: which, fix })}>${label}</button>`,
        )}
      </div>
    </li>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'longview-send': SendBar;
  }
}
