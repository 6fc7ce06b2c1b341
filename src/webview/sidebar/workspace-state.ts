/** What the index is doing, and the one thing to do about it. */
import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-icon/index.js';
import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { SidebarCommand, WorkspaceView } from './protocol.js';
import { shared } from './styles.js';
import { run, wish } from './wishes.js';
import { count, files } from './words.js';

@customElement('longview-workspace')
export class WorkspaceState extends LitElement {
  static override styles = [
    shared,
    css`
      .state {
        outline: none;
      }
      .message {
        display: flex;
        gap: 6px;
      }
      .failed vscode-icon {
        color: var(--vscode-errorForeground);
      }
      .notice vscode-icon {
        color: var(--vscode-editorWarning-foreground, var(--vscode-foreground));
      }
      vscode-progress-bar {
        margin: 2px 0 6px;
      }
    `,
  ];

  @property({ attribute: false }) workspace!: WorkspaceView;
  @property({ type: Boolean }) trusted = true;
  /** The keyboard is on a button that the next state may not have. */
  #focused = false;

  override willUpdate(): void {
    this.#focused = this.shadowRoot?.activeElement instanceof HTMLElement;
  }

  override updated(): void {
    // A button that is gone takes the focus along; what came in its place gets it.
    if (this.#focused && !this.shadowRoot?.activeElement) this.shadowRoot?.querySelector<HTMLElement>('.state')?.focus();
  }

  override render() {
    return html`
      <div class="state" tabindex="-1">${this.#state()}</div>
      ${
        this.trusted
          ? nothing
          : html`<p class="message quiet">
            <vscode-icon name="shield"></vscode-icon>
            <span
              >Restricted Mode: this workspace’s own settings for Longview are not followed.
              ${this.#link('workbench.trust.manage', 'Manage Trust')}</span
            >
          </p>`
      }
    `;
  }

  #state() {
    const { workspace } = this;
    switch (workspace.kind) {
      case 'no-folder':
        return html`
          <p>
            ${
              workspace.virtual
                ? 'Longview reads folders on a disk. This workspace is on a virtual file system, which it leaves out.'
                : 'Open a folder, and Longview shows what a model would see of it and what that costs.'
            }
          </p>
          ${this.#button('vscode.openFolder', 'Open Folder')}
        `;
      case 'asleep':
        return html`
          <p>This workspace has not been read.</p>
          <vscode-button @click=${() => wish(this, { kind: 'wake' })}>Read Workspace</vscode-button>
        `;
      case 'indexing':
        return this.#indexing(workspace.done, workspace.total, workspace.first);
      case 'ready':
        return html`
          <p class="quiet numbers">
            ${files(workspace.files)}, ${count(workspace.tokens)} tokens${
              workspace.problems > 0
                ? html`; ${this.#link('longview.showProblems', `${count(workspace.problems)} could not be read`)}`
                : nothing
            }
          </p>
          ${
            workspace.notice
              ? html`<p class="message notice"><vscode-icon name="warning"></vscode-icon><span>${workspace.notice}</span></p>`
              : nothing
          }
        `;
      case 'paused':
        return html`
          <p class="message"><vscode-icon name="debug-pause"></vscode-icon><span>Indexing is paused: changes are not read.</span></p>
          ${this.#button('longview.resumeIndex', 'Resume')}
        `;
      case 'failed':
        return html`
          <p class="message failed"><vscode-icon name="error"></vscode-icon><span>${workspace.message}</span></p>
          <div class="row">
            ${this.#button('longview.rebuildIndex', 'Rebuild Index')} ${this.#button('longview.showLog', 'Show Log', true)}
          </div>
        `;
    }
  }

  #indexing(done: number, total: number, first: boolean) {
    const what = total > 0 ? `Reading ${count(done)} of ${count(total)} files` : 'Looking for files';
    return html`
      <p class="numbers">${what}${first ? '' : '; meanwhile the last state is shown'}</p>
      <vscode-progress-bar
        aria-label="Reading the workspace"
        .value=${done}
        .max=${Math.max(1, total)}
        ?indeterminate=${total === 0}
      ></vscode-progress-bar>
      ${this.#button('longview.cancelIndexing', 'Cancel', true)}
    `;
  }

  #button(command: SidebarCommand, label: string, secondary = false) {
    return html`<vscode-button ?secondary=${secondary} @click=${() => run(this, command)}>${label}</vscode-button>`;
  }

  #link(command: SidebarCommand, label: string) {
    return html`<button class="link" @click=${() => run(this, command)}>${label}</button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'longview-workspace': WorkspaceState;
  }
}
