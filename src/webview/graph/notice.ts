/** Says why nothing, or not all, is drawn, and what to do. */
import { html, nothing } from 'lit';
import { NO_FILTERS } from './filters.js';
import type { GraphPage } from './graph-page.js';

export function notice(page: GraphPage): unknown {
  const { model, scene, workspace, canvas } = page;
  if (!model) return html`<div class="notice" role="status">${absent(page)}</div>`;
  if (workspace.state === 'failed') return html`<div class="notice low" role="status"><p>${workspace.message}</p></div>`;
  if (model.files === 0) return html`<div class="notice" role="status"><p>The workspace has no files that Longview reads.</p></div>`;
  if (scene?.shownFiles === 0)
    return html`<div class="notice" role="status">
      <p>The filters leave no file.</p>
      <button class="primary" @click=${() => page.change({ filters: NO_FILTERS })}>Clear Filters</button>
    </div>`;
  if (!canvas)
    return html`<div class="notice" role="status"><p>Nothing can be drawn here without WebGL. The list has the same files and facts.</p></div>`;
  if (scene && scene.more > 0)
    return html`<div class="notice low" role="status"><p>${scene.more.toLocaleString('en')} more are left out: take fewer steps.</p></div>`;
  return nothing;
}

function absent(page: GraphPage): unknown {
  const { workspace } = page;
  switch (workspace.state) {
    case 'no-folder':
      return html`<p>Open a folder to see how its files hang together.</p>`;
    case 'indexing':
      return html`<p>
          Reading the
          workspace${workspace.total > 0 ? `: ${workspace.done.toLocaleString('en')} of ${workspace.total.toLocaleString('en')} files` : ''}
        </p>
        <progress aria-label="Files read" max=${Math.max(1, workspace.total)} value=${workspace.done}></progress>`;
    case 'paused':
      return html`<p>Indexing is paused.</p>
        <button class="primary" @click=${() => page.host.tell({ kind: 'resume' })}>Resume</button>`;
    case 'failed':
      return html`<p>${workspace.message}</p>`;
    default:
      return html`<p>Drawing the graph…</p>`;
  }
}
