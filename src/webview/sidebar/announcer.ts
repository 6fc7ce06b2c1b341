/** Says to a screen reader what the pack has come to, once it stays. */
import { html, LitElement, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { SidebarState } from './protocol.js';
import { shared } from './styles.js';
import { count, files } from './words.js';

/** Packs follow each other while a task is typed; only the last is worth hearing. */
const QUIET_MS = 800;

@customElement('longview-announcer')
export class Announcer extends LitElement {
  static override styles = shared;

  @property({ attribute: false }) view!: SidebarState;
  @state() private said = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('view')) return;
    clearTimeout(this.#timer);
    const words = inWords(this.view);
    if (words !== undefined && words !== this.said) {
      this.#timer = setTimeout(() => {
        this.said = words;
      }, QUIET_MS);
    }
  }

  override render() {
    return html`<div class="unseen" role="status">${this.said}</div>`;
  }
}

/** Undefined while something is under way. */
function inWords({ workspace, pack }: SidebarState): string | undefined {
  if (workspace.kind === 'failed') return `Indexing failed: ${workspace.message}`;
  if (workspace.kind === 'paused') return 'Indexing is paused';
  if (pack.kind === 'packed') {
    const { levels, tokens } = pack.figures;
    return `Packed ${files(levels.reduce((n, l) => n + l.files, 0))}, ${count(tokens)} tokens`;
  }
  return pack.kind === 'refused' || pack.kind === 'failed' ? pack.message : undefined;
}

declare global {
  interface HTMLElementTagNameMap {
    'longview-announcer': Announcer;
  }
}
