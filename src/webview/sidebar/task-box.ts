/** The task, in the user's words. What is typed is never overwritten by a state that knows less of it. */
import { css, html, LitElement, type PropertyValues } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { TaskView } from './protocol.js';

/** What is typed is told when the typing pauses for so long. */
const QUIET_MS = 200;

/**
 * @fires task-typed at every key, for a draft that outlives the page: string, or undefined once told.
 * @fires task-told when the typing pauses: {@link TaskView}.
 * @fires task-done on Ctrl+Enter, after the task was told.
 */
@customElement('longview-task-box')
export class TaskBox extends LitElement {
  static override styles = css`
    :host {
      display: block;
    }
    label {
      display: block;
      margin-bottom: 4px;
      font-weight: 600;
    }
    textarea {
      box-sizing: border-box;
      width: 100%;
      min-height: calc(3lh + 10px);
      max-height: 14lh;
      field-sizing: content;
      resize: vertical;
      padding: 4px 6px;
      color: var(--vscode-input-foreground);
      background: var(--vscode-input-background);
      border: 1px solid var(--vscode-input-border, var(--vscode-settings-textInputBorder, transparent));
      border-radius: 2px;
      font: inherit;
    }
    textarea::placeholder {
      color: var(--vscode-input-placeholderForeground);
    }
    textarea:focus {
      outline: 1px solid var(--vscode-focusBorder);
      outline-offset: -1px;
    }
  `;

  @property({ attribute: false }) task: TaskView = { text: '', edit: 0 };
  /** What was typed before the page was hidden, and not told yet. */
  @property({ attribute: false }) draft: string | undefined;
  @query('textarea') private readonly box!: HTMLTextAreaElement;
  #text = '';
  /** Edits told so far. */
  #edits = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  override focus(): void {
    this.box.focus();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!this.hasUpdated && this.draft !== undefined) {
      this.#text = this.draft;
      this.#soon();
    } else if (changed.has('task') && !this.#timer && this.task.edit === this.#edits) this.#text = this.task.text;
  }

  override render() {
    return html`
      <label for="task">Task</label>
      <textarea
        id="task"
        placeholder="What is to be done? For example: retry a failed upload once before giving up"
        .value=${live(this.#text)}
        @input=${this.#typed}
        @blur=${this.#tell}
        @keydown=${this.#pressed}
      ></textarea>
    `;
  }

  #typed(): void {
    this.#text = this.box.value;
    this.dispatchEvent(new CustomEvent('task-typed', { detail: this.#text }));
    this.#soon();
  }

  #soon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#tell(), QUIET_MS);
  }

  #tell(): void {
    if (!this.#timer) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.dispatchEvent(new CustomEvent<TaskView>('task-told', { detail: { text: this.#text, edit: ++this.#edits } }));
    this.dispatchEvent(new CustomEvent('task-typed', { detail: undefined }));
  }

  #pressed(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    this.#tell();
    this.dispatchEvent(new CustomEvent('task-done'));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'longview-task-box': TaskBox;
  }
}
