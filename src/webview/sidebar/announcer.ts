/** Says to a screen reader what the pack and the answer have come to, once it stays; never the answer word by word. */
import { html, LitElement, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { AnswerView, SidebarState } from './protocol.js';
import { shared } from './styles.js';
import { count, files } from './words.js';

/** Packs follow each other while a task is typed; only the last is worth hearing. */
const QUIET_MS = 800;

@customElement('longview-announcer')
export class Announcer extends LitElement {
  static override styles = shared;

  @property({ attribute: false }) view!: SidebarState;
  @state() private said = '';
  @state() private saidOfAnswer = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('view')) return;
    const { answer } = this.view.ask;
    // An answer from before the page came is no news.
    if (changed.get('view')) this.saidOfAnswer = answer ? answerInWords(answer) : '';
    clearTimeout(this.#timer);
    const words = inWords(this.view);
    if (words !== undefined && words !== this.said) {
      this.#timer = setTimeout(() => {
        this.said = words;
      }, QUIET_MS);
    }
  }

  override render() {
    return html`
      <div class="unseen" role="status">${this.said}</div>
      <div class="unseen" role="status">${this.saidOfAnswer}</div>
    `;
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

function answerInWords({ state, model, ending, receipts, characters }: AnswerView): string {
  if (state === 'answering') return characters === 0 ? `Waiting for ${model}` : `${model} is answering`;
  return [ending ?? `${model} has answered`, ...receipts.slice(-1).map(({ cost }) => `cost ${cost}`)].join(', ');
}

declare global {
  interface HTMLElementTagNameMap {
    'longview-announcer': Announcer;
  }
}
