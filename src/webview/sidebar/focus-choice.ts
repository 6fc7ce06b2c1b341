/** Where the context starts from: the active editor, a place that is kept, or the task alone. */
import '@vscode-elements/elements/dist/vscode-icon/index.js';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { FocusView, FocusWish } from './protocol.js';
import { shared } from './styles.js';
import { wish } from './wishes.js';

const CHOICES: readonly { readonly wish: FocusWish; readonly is: FocusView['choice']; readonly icon: string; readonly hint: string }[] = [
  { wish: 'editor', is: 'editor', icon: 'file-code', hint: 'Follow the active editor' },
  { wish: 'keep', is: 'place', icon: 'pin', hint: 'Keep this place' },
  { wish: 'none', is: 'none', icon: 'circle-slash', hint: 'The task alone' },
];

@customElement('longview-focus')
export class FocusChoiceElement extends LitElement {
  static override styles = [
    shared,
    css`
      fieldset {
        margin: 0;
        padding: 0;
        border: 0;
        min-inline-size: 0;
      }
      .head {
        display: flex;
        flex-wrap: wrap;
        gap: 4px;
        align-items: center;
        justify-content: space-between;
        margin-bottom: 2px;
        font-weight: 600;
      }
      input {
        position: absolute;
        opacity: 0;
        pointer-events: none;
      }
      .chip {
        position: relative;
      }
      .row {
        gap: 4px;
      }
    `,
  ];

  @property({ attribute: false }) choice!: FocusView;

  override render() {
    const { choice, label, outside } = this.choice;
    return html`
      <fieldset aria-label="Starts from" aria-describedby="place">
        <div class="head">
          <span aria-hidden="true">Starts from</span>
          <div class="row">
            ${CHOICES.map(
              (c) => html`<label class="chip" title=${c.hint}>
                <input
                  type="radio"
                  name="focus"
                  aria-label=${c.hint}
                  .checked=${live(choice === c.is)}
                  ?disabled=${c.is === 'place' && label === undefined}
                  @change=${() => wish(this, { kind: 'focus', choice: c.wish })}
                />
                <vscode-icon name=${c.icon}></vscode-icon>
              </label>`,
            )}
          </div>
        </div>
        <p class="place" id="place">${label ?? (choice === 'none' ? 'The task alone' : 'No file is open')}</p>
        ${outside ? html`<p class="quiet">This file is not in the workspace, or left out of it: the task alone decides.</p>` : nothing}
      </fieldset>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'longview-focus': FocusChoiceElement;
  }
}
