/** What colours and lines mean. */
import { html, nothing, svg } from 'lit';
import { LETTERS } from './backdrop.js';
import { PLAIN } from './filters.js';
import type { GraphPage } from './graph-page.js';
import { type Colour, css } from './theme.js';

export function legend(page: GraphPage): unknown {
  const { scene, theme } = page;
  if (!scene || !page.canvas || scene.items.length === 0) return nothing;
  const { groups } = scene.groups;
  return html`<section class="legend" aria-label="Legend">
    <ul>
      ${groups.map(({ name, files, colour }) => {
        return html`<li>
          ${swatch(theme.groups[colour]!, theme.highContrast ? (LETTERS[colour] ?? '') : '', theme.background)}
          <span>${name === PLAIN ? 'other' : name}</span> <small>${files.toLocaleString('en')}</small>
        </li>`;
      })}
    </ul>
    <ul>
      <li>${line(theme.foreground, false)} <span>resolved</span></li>
      <li>${line(theme.foreground, true)} <span>by name</span></li>
      <li>${line(theme.cycle, false)} <span>cycle</span></li>
      ${
        page.selected === undefined
          ? nothing
          : html`<li>${line(theme.outgoing, false)} <span>depends on</span></li>
              <li>${line(theme.incoming, false)} <span>used by</span></li>`
      }
    </ul>
    <p class="hint">Lines are wide where they begin.</p>
  </section>`;
}

function swatch(colour: Colour, letter: string, ink: Colour): unknown {
  return svg`<svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
    <circle cx="6" cy="6" r="6" fill=${css(colour)}></circle>
    <text x="6" y="9.2" text-anchor="middle" font-size="9" font-weight="bold" fill=${css(ink)}>${letter}</text>
  </svg>`;
}

function line(colour: Colour, dashed: boolean): unknown {
  return svg`<svg width="22" height="8" viewBox="0 0 22 8" aria-hidden="true">
    <path d="M0 4 H22" stroke=${css(colour)} stroke-width="2" stroke-dasharray=${dashed ? '5 4' : 'none'}></path>
  </svg>`;
}
