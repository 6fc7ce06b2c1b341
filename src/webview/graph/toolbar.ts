/** The bar above the drawing: search, what is shown, colours, filters, camera. */
import { html, nothing } from 'lit';
import { countFilters } from './filters.js';
import type { GraphPage } from './graph-page.js';
import type { ColourBy } from './groups.js';
import type { Item } from './model.js';
import { searchItems } from './search.js';

const RESULTS = 12;

export function toolbar(page: GraphPage): unknown {
  const { view, passing } = page;
  const filters = countFilters(view.filters);
  const selected = page.selected;
  const around = selected !== undefined && page.model && !page.model.isFolder(selected) ? page.model.path(selected) : page.active;
  const near = view.centre !== undefined;
  return html`<header role="toolbar" aria-label="Graph">
    ${search(page)}
    <div class="switch" role="group" aria-label="What is shown">
      <button aria-pressed=${!near} @click=${() => page.centre(undefined)}>Whole</button>
      <button
        aria-pressed=${near && !view.follow}
        ?disabled=${around === undefined}
        title="What the selected file depends on, and what depends on it"
        @click=${() => page.centre(around)}
      >
        Neighbourhood
      </button>
      <button
        aria-pressed=${near && view.follow}
        ?disabled=${page.active === undefined}
        title="The neighbourhood of the file in the active editor, whichever that is"
        @click=${() => page.centre(page.active, true)}
      >
        Follow Editor
      </button>
    </div>
    ${
      near
        ? html`<label
            >Steps
            <select @change=${(e: Event) => page.change({ hops: Number((e.target as HTMLSelectElement).value) })}>
              ${[1, 2, 3].map((n) => html`<option value=${n} ?selected=${view.hops === n}>${n}</option>`)}
            </select></label
          >`
        : nothing
    }
    <label
      >Colours
      <select @change=${(e: Event) => page.change({ colourBy: (e.target as HTMLSelectElement).value as ColourBy })}>
        <option value="folder" ?selected=${view.colourBy === 'folder'}>by folder</option>
        <option value="language" ?selected=${view.colourBy === 'language'}>by language</option>
      </select></label
    >
    <button
      class="plain"
      aria-expanded=${passing.filtersOpen}
      aria-controls="filters"
      @click=${() => page.pass({ filtersOpen: !passing.filtersOpen })}
    >
      <span class="codicon codicon-filter" aria-hidden="true"></span> Filters${filters > 0 ? html` <b>${filters}</b>` : nothing}
    </button>
    <div class="camera" role="group" aria-label="Zoom">
      ${icon('zoom-in', 'Zoom in', () => page.canvas?.zoom(1.5))} ${icon('zoom-out', 'Zoom out', () => page.canvas?.zoom(1 / 1.5))}
      ${icon('screen-full', 'Show all', () => page.canvas?.fit())}
    </div>
  </header>`;
}

export function icon(name: string, label: string, click: () => void): unknown {
  return html`<button class="icon" aria-label=${label} title=${label} @click=${click}>
    <span class=${`codicon codicon-${name}`} aria-hidden="true"></span>
  </button>`;
}

function search(page: GraphPage): unknown {
  const { model } = page;
  const { query, result } = page.passing;
  const found = model ? searchItems(model, query, RESULTS) : [];
  const open = query.trim() !== '';
  const choose = (item: Item | undefined): void => {
    if (item === undefined) return;
    page.pass({ query: '', result: 0 });
    page.select(item);
    document.getElementById('drawing')?.focus();
  };
  const key = (e: KeyboardEvent): void => {
    if (e.key === 'ArrowDown') page.pass({ result: Math.min(found.length - 1, result + 1) });
    else if (e.key === 'ArrowUp') page.pass({ result: Math.max(0, result - 1) });
    else if (e.key === 'Enter') choose(found[result]);
    else if (e.key === 'Escape') {
      page.pass({ query: '', result: 0 });
      document.getElementById('drawing')?.focus();
    } else return;
    e.preventDefault();
  };
  return html`<div class="search">
    <span class="codicon codicon-search" aria-hidden="true"></span>
    <input
      id="search"
      type="text"
      role="combobox"
      autocomplete="off"
      spellcheck="false"
      placeholder="Find a file or folder"
      aria-label="Find a file or folder"
      aria-expanded=${open}
      aria-controls="results"
      aria-autocomplete="list"
      aria-activedescendant=${open && found.length > 0 ? `result-${result}` : nothing}
      .value=${query}
      @input=${(e: Event) => page.pass({ query: (e.target as HTMLInputElement).value, result: 0 })}
      @keydown=${key}
    />
    <ul id="results" role="listbox" aria-label="Found" ?hidden=${!open || found.length === 0}>
      ${
        open && model
          ? found.map(
              (item, i) => html`<li id=${`result-${i}`} role="option" aria-selected=${i === result} @click=${() => choose(item)}>
                <span class=${`codicon codicon-${model.isFolder(item) ? 'folder' : 'file'}`} aria-hidden="true"></span>
                <span>${model.name(item)}</span> <small>${model.path(item)}</small>
              </li>`,
            )
          : nothing
      }
    </ul>
    ${open && found.length === 0 ? html`<p class="results" role="status">No file or folder has that in its path.</p>` : nothing}
  </div>`;
}
