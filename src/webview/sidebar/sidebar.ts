/** The sidebar as a whole: hands the host's state to its parts, and what the user does there to the host. */
import './actions.js';
import './announcer.js';
import './answer-panel.js';
import './ask-form.js';
import './budget-control.js';
import './focus-choice.js';
import './model-choice.js';
import './pack-summary.js';
import './proposal-panel.js';
import './route-table.js';
import './send-bar.js';
import './task-box.js';
import './workspace-state.js';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import type { Host } from '../host.js';
import type { SidebarDraft, SidebarState, SidebarWish, TaskView } from './protocol.js';
import type { SendBar } from './send-bar.js';
import { WishEvent } from './wishes.js';

@customElement('longview-sidebar')
export class Sidebar extends LitElement {
  static override styles = css`
    :host {
      display: block;
      position: relative;
    }
    main {
      display: flex;
      flex-direction: column;
      gap: 14px;
      padding: 8px 12px 16px;
    }
    main > * {
      min-width: 0;
    }
  `;

  host!: Host<SidebarWish, SidebarState, SidebarDraft>;
  @state() private view: SidebarState | undefined;
  @query('longview-send') private readonly sendBar!: SendBar;

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener(WishEvent.type, (e) => this.host.tell((e as WishEvent).wish));
    this.host.listen((view) => {
      this.view = view;
    });
    this.host.tell({ kind: 'ready' });
  }

  override render() {
    const { view } = this;
    if (!view) return nothing;
    return html`
      <main>
        <longview-workspace .workspace=${view.workspace} .trusted=${view.trusted}></longview-workspace>
        ${view.workspace.kind === 'no-folder' ? nothing : this.#request(view)}
      </main>
      <longview-announcer .view=${view}></longview-announcer>
    `;
  }

  #request({ task, focus, budget, pack, quotes, route, ask }: SidebarState) {
    const quote = quotes.of === 'pack' ? quotes.models.find((m) => m.id === quotes.chosen) : undefined;
    return html`
      <longview-task-box
        .task=${task}
        .draft=${this.host.draft?.task}
        @task-typed=${(e: CustomEvent<string | undefined>) => this.#keep({ task: e.detail })}
        @task-told=${(e: CustomEvent<TaskView>) => this.host.tell({ kind: 'task', ...e.detail })}
        @task-done=${() => this.sendBar.send()}
      ></longview-task-box>
      <longview-ask-form .asked=${ask.asked}></longview-ask-form>
      <longview-send .ask=${ask}></longview-send>
      ${ask.proposal ? html`<longview-proposal .proposal=${ask.proposal}></longview-proposal>` : nothing}
      ${ask.answer ? html`<longview-answer .answer=${ask.answer}></longview-answer>` : nothing}
      <longview-focus .choice=${focus}></longview-focus>
      <longview-budget .budget=${budget}></longview-budget>
      <longview-pack .pack=${pack} .quote=${quote}></longview-pack>
      <longview-actions></longview-actions>
      <longview-models
        .quotes=${quotes}
        .prefs=${this.host.draft ?? {}}
        @prefs=${(e: CustomEvent<SidebarDraft>) => this.#keep(e.detail)}
      ></longview-models>
      <longview-route
        .route=${route}
        .prefs=${this.host.draft ?? {}}
        @prefs=${(e: CustomEvent<SidebarDraft>) => this.#keep(e.detail)}
      ></longview-route>
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
