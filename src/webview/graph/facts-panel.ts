/** All that is known of the selected file or folder, and what can be done with it. */
import { html, nothing } from 'lit';
import { factOfFile, factOfFolder, type LinkFact } from './facts.js';
import type { GraphPage } from './graph-page.js';
import type { GraphModel, Item } from './model.js';

/** Entries of a list of links before the rest is asked for. */
const FEW = 25;

export function factsPanel(page: GraphPage): unknown {
  const { model, selected } = page;
  if (!model) return nothing;
  if (selected === undefined) return overview(page, model);
  return model.isFolder(selected) ? folderFacts(page, model, selected) : fileFacts(page, model, selected);
}

const count = (n: number): string => n.toLocaleString('en');

function row(name: string, value: unknown, title = ''): unknown {
  return html`<div title=${title}>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`;
}

function overview(page: GraphPage, model: GraphModel): unknown {
  const tokens = model.columns.tokens.reduce((sum, t) => sum + t, 0);
  const { cycles } = model.columns;
  return html`<h2>Workspace</h2>
    <dl>
      ${row('Files', count(model.files))} ${row('Tokens', count(tokens), 'Counted with the o200k vocabulary')}
      ${row('Dependencies', count(model.edges))} ${row('Cycles', count(cycles.length))}
    </dl>
    ${
      cycles.length === 0
        ? html`<p class="hint">No dependency cycles.</p>`
        : html`<h3>Cycles</h3>
            <ul class="links">
              ${cycles.slice(0, FEW).map(
                ({ files, shortest }) => html`<li>
                    <button title=${[...shortest].map((n) => model.path(n)).join(' → ')} @click=${() => page.select(shortest[0])}>
                      <span class="codicon codicon-sync cycle" aria-hidden="true"></span>
                      <span>${model.name(shortest[0]!)}</span>
                      <small>${files.length} files, loop of ${shortest.length}</small>
                    </button>
                  </li>`,
              )}
            </ul>
            ${cycles.length > FEW ? html`<p class="hint">and ${cycles.length - FEW} smaller ones</p>` : nothing}`
    }
    <p class="hint">Select a file or folder to see its facts.</p>`;
}

function heading(model: GraphModel, item: Item): unknown {
  const path = model.path(item);
  const name = path.split('/').at(-1) || model.name(item);
  return html`<h2>${name}</h2>
    <p class="path">${path || model.name(item)}</p>`;
}

function folderFacts(page: GraphPage, model: GraphModel, folder: Item): unknown {
  const fact = factOfFolder(model, folder);
  const isOpen = page.scene?.rings.some((r) => r.item === folder) === true;
  const path = model.path(folder);
  return html`${heading(model, folder)}
    <div class="actions">
      ${
        isOpen
          ? html`<button class="primary" @click=${() => page.close(folder)}>Close Folder</button>`
          : html`<button class="primary" @click=${() => page.open(folder)}>Open Folder</button>`
      }
      <button @click=${() => page.change({ filters: { ...page.view.filters, folder: path } })}>Show Only This</button>
    </div>
    <dl>
      ${row('Files', count(fact.files))} ${row('Tokens', count(fact.tokens), 'Counted with the o200k vocabulary')}
      ${row('Lines', count(fact.lines))} ${row('Dependencies inside', count(fact.inside))}
      ${row('To other folders', count(fact.outgoing))} ${row('From other folders', count(fact.incoming))}
    </dl>`;
}

function fileFacts(page: GraphPage, model: GraphModel, file: number): unknown {
  const path = model.path(file);
  const fact = factOfFile(model, file);
  const { tokens, lines } = model.columns;
  return html`${heading(model, file)}
    <div class="actions">
      <button class="primary" @click=${() => page.open(file)}>Open File</button>
      <button title="The context starts from this file" @click=${() => page.host.tell({ kind: 'pack-around', path })}>
        Pack Around This
      </button>
      <button title="The context has this file in full, whatever the task" @click=${() => page.host.tell({ kind: 'pin', path })}>
        Pin to Context
      </button>
      <button title="Explain, refactor, test it, …" @click=${() => page.host.tell({ kind: 'act', path })}>Run Action…</button>
      <button @click=${() => page.centre(path)}>Neighbourhood</button>
      <button @click=${() => page.host.tell({ kind: 'reveal', path })}>Reveal in Explorer</button>
    </div>
    <dl>
      ${row('Language', model.language(file) ?? 'none')}
      ${row('Tokens', count(tokens[file]!), 'Counted with the o200k vocabulary')} ${row('Lines', count(lines[file]!))}
      ${row('Depends on', count(fact.dependencies.length), 'Fan-out: files that it depends on')}
      ${row('Used by', count(fact.dependents.length), 'Fan-in: files that depend on it')}
      ${row(
        'Instability',
        fact.instability === undefined ? 'no dependencies' : fact.instability.toFixed(2),
        'Fan-out ÷ (fan-in + fan-out): 0 is stable, 1 unstable',
      )}
    </dl>
    ${
      fact.loop
        ? html`<h3 class="cycle">In a cycle of ${fact.cycle} files</h3>
            <ol class="links loop" aria-label="Shortest loop">
              ${fact.loop.map((n) => html`<li>${fileButton(page, model, n)}</li>`)}
            </ol>`
        : nothing
    }
    ${links(page, model, 'Depends on', file, fact.dependencies)} ${links(page, model, 'Used by', file, fact.dependents)}`;
}

function links(page: GraphPage, model: GraphModel, title: string, file: number, facts: readonly LinkFact[]): unknown {
  if (facts.length === 0) return nothing;
  const inFull = page.passing.inFull.includes(title);
  const shown = inFull ? facts : facts.slice(0, FEW);
  return html`<h3>${title} <small>${count(facts.length)}</small></h3>
    <ul class="links">
      ${shown.map(
        (l) => html`<li>
          ${fileButton(page, model, l.file, marks(l))}
          <button
            class="icon"
            aria-label=${`Open line ${l.line + 1} of ${model.name(title === 'Depends on' ? file : l.file)}`}
            title=${`Go to line ${l.line + 1}`}
            @click=${() => page.open(title === 'Depends on' ? file : l.file, l.line)}
          >
            <span class="codicon codicon-go-to-file" aria-hidden="true"></span>
          </button>
        </li>`,
      )}
    </ul>
    ${
      facts.length > shown.length
        ? html`<button class="more" @click=${() => page.pass({ inFull: [...page.passing.inFull, title] })}>
            Show all ${count(facts.length)}
          </button>`
        : nothing
    }`;
}

/** What is not an ordinary, certain import. */
function marks({ kind, resolved, typeOnly }: LinkFact): string {
  return [kind === 'import' ? '' : kind, typeOnly ? 'types' : '', resolved ? '' : 'by name'].filter(Boolean).join(', ');
}

function fileButton(page: GraphPage, model: GraphModel, file: number, mark = ''): unknown {
  const path = model.path(file);
  const folder = path.slice(0, Math.max(0, path.length - model.name(file).length - 1));
  return html`<button title=${path} @click=${() => page.select(file)}>
    <span>${model.name(file)}</span> <small>${folder}</small>${mark === '' ? nothing : html` <em>${mark}</em>`}
  </button>`;
}
