/** What is shown and what is left out. */
import { html } from 'lit';
import { type Filters, NO_FILTERS, PLAIN } from './filters.js';
import type { GraphPage } from './graph-page.js';
import { KINDS } from './model.js';

const KIND_NAMES = { import: 'Imports', use: 'Uses without an import', reference: 'References through other files' } as const;

export function filtersPanel(page: GraphPage): unknown {
  const { filters } = page.view;
  const { model } = page;
  if (!model) return '';
  const set = (change: Partial<Filters>): void => page.change({ filters: { ...filters, ...change } });
  const check = (label: string, checked: boolean, change: (on: boolean) => void, count?: number): unknown =>
    html`<label class="check"
      ><input type="checkbox" .checked=${checked} @change=${(e: Event) => change((e.target as HTMLInputElement).checked)} />
      <span>${label}</span>${count === undefined ? '' : html`<small>${count.toLocaleString('en')}</small>`}</label
    >`;
  const languages = countLanguages(page);
  const folders = Array.from({ length: model.folders }, (_, f) => model.path(model.files + f)).filter((p) => p !== '');
  return html`<section
    id="filters"
    aria-label="Filters"
    @keydown=${(e: KeyboardEvent) => {
      if (e.key === 'Escape') page.pass({ filtersOpen: false });
    }}
  >
    <label class="folder"
      >Folder
      <input
        type="text"
        list="folders"
        placeholder="all folders"
        .value=${filters.folder}
        @change=${(e: Event) => set({ folder: (e.target as HTMLInputElement).value.trim().replace(/\/+$/, '') })}
      />
      <datalist id="folders">${folders.map((f) => html`<option value=${f}></option>`)}</datalist>
    </label>
    <fieldset>
      <legend>Dependencies</legend>
      ${KINDS.map((kind) =>
        check(KIND_NAMES[kind], !filters.hiddenKinds.includes(kind), (on) => set({ hiddenKinds: toggled(filters.hiddenKinds, kind, !on) })),
      )}
      ${check('For types only', filters.typeOnly, (typeOnly) => set({ typeOnly }))}
    </fieldset>
    <fieldset>
      <legend>Confidence</legend>
      ${check('Resolved by the language’s rules', filters.resolved, (resolved) => set({ resolved }))}
      ${check('Found by name alone', filters.named, (named) => set({ named }))}
    </fieldset>
    <fieldset>
      <legend>Files</legend>
      ${check('In cycles only', filters.cyclesOnly, (cyclesOnly) => set({ cyclesOnly }))}
      ${languages.map(([language, files]) =>
        check(
          language,
          !filters.hiddenLanguages.includes(language),
          (on) => set({ hiddenLanguages: toggled(filters.hiddenLanguages, language, !on) }),
          files,
        ),
      )}
    </fieldset>
    <button class="plain" @click=${() => page.change({ filters: NO_FILTERS })}>Clear Filters</button>
  </section>`;
}

function toggled<T>(all: readonly T[], one: T, on: boolean): T[] {
  const rest = all.filter((x) => x !== one);
  return on ? [...rest, one] : rest;
}

function countLanguages({ model }: GraphPage): [string, number][] {
  const counts = new Map<string, number>();
  for (let n = 0; n < (model?.files ?? 0); n++) {
    const language = model?.language(n) ?? PLAIN;
    counts.set(language, (counts.get(language) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}
