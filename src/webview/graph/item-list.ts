/** All that is drawn, as a list: for screen readers, for those who rather read, and where nothing can be drawn. */
import { html, nothing } from 'lit';
import type { GraphPage } from './graph-page.js';

const MORE = 500;

export function itemList(page: GraphPage): unknown {
  const { model, scene, passing, selected } = page;
  if (!model || !scene) return nothing;
  const items = [...scene.items].sort((a, b) => (model.path(a.item) < model.path(b.item) ? -1 : 1));
  const at = items.findIndex((i) => i.item === selected);
  const listed = items.slice(0, Math.max(passing.listed, at + 1));
  const choose = (i: number): void => {
    const item = items[i]?.item;
    if (item === undefined) return;
    page.select(item, true, 'list');
    document.getElementById(`item-${item}`)?.scrollIntoView({ block: 'nearest' });
  };
  const key = (e: KeyboardEvent): void => {
    if (e.key === 'ArrowDown') choose(Math.min(items.length - 1, at + 1));
    else if (e.key === 'ArrowUp') choose(Math.max(0, at - 1));
    else if (e.key === 'Home') choose(0);
    else if (e.key === 'End') choose(items.length - 1);
    else if (e.key === 'Enter' && selected !== undefined) page.open(selected);
    else return;
    e.preventDefault();
  };
  return html`<ul
      class="items"
      role="listbox"
      tabindex="0"
      aria-label="Drawn files and folders"
      aria-activedescendant=${at >= 0 ? `item-${items[at]!.item}` : nothing}
      @keydown=${key}
    >
      ${listed.map(({ item, files }, i) => {
        const path = model.path(item);
        const name = model.name(item);
        return html`<li
          id=${`item-${item}`}
          role="option"
          aria-selected=${item === selected}
          aria-setsize=${items.length}
          aria-posinset=${i + 1}
          title=${path}
          @click=${() => choose(i)}
          @dblclick=${() => page.open(item)}
        >
          <span class=${`codicon codicon-${files > 1 || model.isFolder(item) ? 'folder' : 'file'}`} aria-hidden="true"></span>
          <span>${name}</span>
          <small>${model.isFolder(item) ? `${path} · ${files} files` : path.slice(0, Math.max(0, path.length - name.length - 1))}</small>
        </li>`;
      })}
    </ul>
    ${
      listed.length < items.length
        ? html`<button class="more" @click=${() => page.pass({ listed: listed.length + MORE })}>
            Show more of ${items.length.toLocaleString('en')}
          </button>`
        : nothing
    }`;
}
