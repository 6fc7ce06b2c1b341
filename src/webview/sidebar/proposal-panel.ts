/** What the answer would change, and what can be done with it. The view Proposal has the files. */
import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-icon/index.js';
import { html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ProposalView } from './protocol.js';
import { shared } from './styles.js';
import { run } from './wishes.js';
import { count } from './words.js';

@customElement('longview-proposal')
export class ProposalPanel extends LitElement {
  static override styles = shared;

  @property({ attribute: false }) proposal!: ProposalView;

  override render() {
    const { words, canApply, files, refused, fixable } = this.proposal;
    return html`
      <h2>Proposal</h2>
      <p class="message" role="status">${words}</p>
      ${
        refused === 0
          ? nothing
          : html`<p class="message">
            <vscode-icon name="error"></vscode-icon> ${count(refused)} ${refused === 1 ? 'change' : 'changes'} cannot be made.
            <button class="link" @click=${() => run(this, 'longview.proposal.focus')}>Show why</button>
            ${fixable === 0 ? nothing : html`<button class="link" @click=${() => run(this, 'longview.fixProposal')}>Ask once more</button>`}
          </p>`
      }
      <div class="row" role="group" aria-label="Proposal">
        <vscode-button ?disabled=${!canApply} icon="check" @click=${() => run(this, 'longview.applyProposal')}>Apply</vscode-button>
        ${
          files === 0
            ? nothing
            : html`<vscode-button secondary icon="diff-multiple" @click=${() => run(this, 'longview.openProposal')}>Open Diff</vscode-button>`
        }
        <vscode-button secondary icon="discard" @click=${() => run(this, 'longview.discardProposal')}>Discard</vscode-button>
      </div>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'longview-proposal': ProposalPanel;
  }
}
