/** The sidebar as a whole: hands the host's state to its parts, and what the user does there to the host. */
import './task-box.js';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { Host } from '../host.js';
import type { SidebarDraft, SidebarState, SidebarWish, TaskView } from './protocol.js';

@customElement('longview-sidebar')
export class Sidebar extends LitElement {
  static override styles = css`
    :host {
      display: flex;
      flex-direction: column;
      gap: 12px;
      padding: 8px 12px 16px;
    }
  `;

  host!: Host<SidebarWish, SidebarState, SidebarDraft>;
  @state() private view: SidebarState | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.host.listen((view) => {
      this.view = view;
    });
    this.host.tell({ kind: 'ready' });
  }

  override render() {
    if (!this.view) return nothing;
    return html`
      <longview-task-box
        .task=${this.view.task}
        .draft=${this.host.draft?.task}
        @task-typed=${(e: CustomEvent<string | undefined>) => this.#keep({ task: e.detail })}
        @task-told=${(e: CustomEvent<TaskView>) => this.host.tell({ kind: 'task', ...e.detail })}
        @task-done=${() => this.host.tell({ kind: 'command', command: 'longview.copyContext' })}
      ></longview-task-box>
    `;
  }

  #keep(change: SidebarDraft): void {
    this.host.draft = { ...this.host.draft, ...change };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'longview-sidebar': Sidebar;
  }
}
