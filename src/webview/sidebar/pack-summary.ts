/** The pack in figures: how full the budget is, and with how much detail of how many files. */
import '@vscode-elements/elements/dist/vscode-icon/index.js';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { PackFigures, PackView, QuoteView, ShownLevel } from './protocol.js';
import { shared } from './styles.js';
import { run } from './wishes.js';
import { count, files, percent } from './words.js';

type Part = ShownLevel | 'frame';

const NAMES: Readonly<Record<Part, { readonly name: string; readonly hint: string }>> = {
  full: { name: 'Full text', hint: 'the whole file' },
  signatures: { name: 'Signatures', hint: 'declarations, and the bodies that matter to the task' },
  outline: { name: 'Outline', hint: 'declarations only' },
  path: { name: 'Path', hint: 'named, without text' },
  frame: { name: 'Frame', hint: 'instructions, list of files, headings and the task' },
};

@customElement('longview-pack')
export class PackSummary extends LitElement {
  static override styles = [
    shared,
    css`
      .bar {
        display: flex;
        position: relative;
        height: 14px;
        margin: 4px 0 8px;
        overflow: hidden;
        background: var(--vscode-editorWidget-background);
        border: 1px solid var(--vscode-widget-border, var(--vscode-contrastBorder, var(--vscode-descriptionForeground)));
        border-radius: 2px;
        forced-color-adjust: none;
      }
      .part {
        min-width: 2px;
        border-inline-end: 1px solid var(--vscode-sideBar-background, var(--vscode-editor-background));
        box-sizing: border-box;
      }
      .rest {
        flex-basis: 0;
      }
      .room {
        position: absolute;
        inset-block: 0;
        width: 0;
        border-inline-start: 2px dashed var(--vscode-errorForeground);
      }
      /* Each level has a pattern beside its colour. */
      .full,
      .signatures,
      .outline,
      .path,
      .frame {
        background-color: var(--colour);
        background-image: var(--pattern, none);
      }
      .full {
        --colour: var(--vscode-charts-blue);
      }
      .signatures {
        --colour: var(--vscode-charts-green);
        --pattern: repeating-linear-gradient(135deg, transparent 0 3px, var(--vscode-sideBar-background) 3px 4.5px);
      }
      .outline {
        --colour: var(--vscode-charts-yellow);
        --pattern: repeating-linear-gradient(90deg, transparent 0 3px, var(--vscode-sideBar-background) 3px 4.5px);
      }
      .path {
        --colour: var(--vscode-charts-purple);
        --pattern: repeating-linear-gradient(0deg, transparent 0 2px, var(--vscode-sideBar-background) 2px 3.5px);
      }
      .frame {
        --colour: var(--vscode-descriptionForeground);
        --pattern: repeating-linear-gradient(45deg, transparent 0 1.5px, var(--vscode-sideBar-background) 1.5px 4px);
      }
      table {
        width: 100%;
        margin-bottom: 6px;
        border-collapse: collapse;
      }
      th,
      td {
        padding: 1px 0 1px 8px;
        font-weight: normal;
        text-align: end;
        vertical-align: baseline;
        white-space: nowrap;
      }
      th:first-child {
        padding-inline-start: 0;
        text-align: start;
      }
      .key {
        display: inline-block;
        width: 12px;
        height: 10px;
        margin-inline-end: 6px;
        border: 1px solid var(--vscode-contrastBorder, transparent);
        forced-color-adjust: none;
      }
      .headline {
        font-weight: 600;
      }
      .busy {
        opacity: 0.7;
        transition: opacity 0.2s 0.3s;
      }
      @media (prefers-reduced-motion: reduce) {
        .busy {
          transition: none;
        }
      }
      .message {
        display: flex;
        gap: 6px;
      }
      .failed vscode-icon {
        color: var(--vscode-errorForeground);
      }
    `,
  ];

  @property({ attribute: false }) pack!: PackView;
  /** The chosen model's quote for this pack. */
  @property({ attribute: false }) quote: QuoteView | undefined;

  override render() {
    return html`<h2>Context</h2>
      ${this.#body()}`;
  }

  #body() {
    const { pack } = this;
    switch (pack.kind) {
      case 'nothing-asked':
        return html`<p>
          Describe the task, or open a file to start from. Longview then chooses the files that matter and shows each with its level of
          detail and its reason.
        </p>`;
      case 'packing':
        return pack.last ? this.#figures(pack.last, true) : html`<p class="quiet">Choosing files…</p>`;
      case 'packed':
        return this.#figures(pack.figures, false);
      case 'refused':
      case 'failed':
        return html`<p class="message failed"><vscode-icon name="error"></vscode-icon><span>${pack.message}</span></p>`;
    }
  }

  #figures(figures: PackFigures, busy: boolean) {
    const { tokens, budget, whole, left } = figures;
    const shown = figures.levels.reduce((n, level) => n + level.files, 0);
    return html`
      <div class=${busy ? 'busy' : ''} aria-busy=${busy ? 'true' : 'false'}>
        <p class="headline numbers">${count(tokens)} of ${count(budget)} tokens</p>
        ${this.#bar(figures)} ${this.#legend(figures)}
        <p class="quiet numbers">
          ${whole ? 'The whole workspace is in it.' : left > 0 ? `${files(left)} had no room.` : 'Every file is in it.'} ${this.#ofWindow()}
        </p>
        <button class="link" @click=${() => run(this, 'longview.contextFiles.focus')}>Show the ${files(shown)} and why</button>
      </div>
    `;
  }

  #bar({ tokens, budget, levels, frame }: PackFigures) {
    const parts: readonly { readonly part: Part; readonly tokens: number }[] = [
      ...levels.map(({ level, tokens: n }) => ({ part: level, tokens: n })),
      { part: 'frame', tokens: frame },
    ];
    const shown = parts.filter((p) => p.tokens > 0);
    const room = this.quote?.room;
    return html`
      <div class="bar" role="img" aria-label=${`The context fills ${percent(tokens, budget)} of the budget`}>
        ${shown.map(
          ({ part, tokens: n }) =>
            html`<div class="part ${part}" .style=${`flex: ${n} 1 0`} title=${`${NAMES[part].name}: ${count(n)} tokens`}></div>`,
        )}
        <div class="rest" .style=${`flex-grow: ${Math.max(0, budget - tokens)}`}></div>
        ${
          room !== undefined && room < budget
            ? html`<div class="room" .style=${`left: ${(100 * room) / budget}%`} title=${`What surely fits ${this.quote?.name}: ${count(room)} tokens`}></div>`
            : nothing
        }
      </div>
    `;
  }

  #legend({ levels, frame }: PackFigures) {
    return html`
      <table class="numbers">
        <thead class="unseen">
          <tr>
            <th scope="col">Level of detail</th>
            <th scope="col">Files</th>
            <th scope="col">Tokens</th>
          </tr>
        </thead>
        <tbody>
          ${levels.map((sum) => this.#legendRow(sum.level, files(sum.files), sum.tokens))}
          ${frame > 0 ? this.#legendRow('frame', '', frame) : nothing}
        </tbody>
      </table>
    `;
  }

  #legendRow(part: Part, ofFiles: string, tokens: number) {
    const { name, hint } = NAMES[part];
    return html`<tr title=${hint}>
      <th scope="row"><span class="key ${part}"></span>${name}</th>
      <td>${ofFiles}</td>
      <td>${count(tokens)}</td>
    </tr>`;
  }

  #ofWindow() {
    const { quote } = this;
    if (!quote?.window) return nothing;
    if (quote.fits === 'no') return html`<strong>Too long for ${quote.name}.</strong>`;
    const { low, high } = quote.tokens;
    const [from, to] = [percent(low, quote.window), percent(high, quote.window)];
    return html`${from === to ? to : `${from.replace(' %', '')}–${to}`} of ${quote.name}’s window of ${count(quote.window)}.${
      quote.fits === 'perhaps' ? html` <strong>It may not fit.</strong>` : nothing
    }`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'longview-pack': PackSummary;
  }
}
