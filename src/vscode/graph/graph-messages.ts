/** The engine's drawing as messages to the page: one with files and folders, then the edges in parts. */
import type { GraphDrawing } from '../../engine/protocol.js';
import { EDGE_FLAGS, type EdgesMessage, type GraphMessage, NO_LANGUAGE, SEPARATOR } from '../../webview/graph/protocol.js';

/** Edges of one message: about 2.6 MB, so that none holds up the editor's other messages. */
const PART = 200_000;

export function* graphMessages({ facts, layout, cycles }: GraphDrawing, revision: number): Generator<GraphMessage | EdgesMessage> {
  const { folders, ...discs } = layout;
  const languages = [...new Set(facts.languages.filter((l) => l !== undefined))].sort();
  const numbers = new Map(languages.map((l, i) => [l, i]));
  yield {
    kind: 'graph',
    revision,
    names: facts.files.map((path) => path.slice(path.lastIndexOf('/') + 1)).join(SEPARATOR),
    folders: folders.paths.join(SEPARATOR),
    parents: folders.parents,
    folderOf: folders.folderOf,
    languages,
    language: Uint8Array.from(facts.languages, (l) => (l === undefined ? NO_LANGUAGE : numbers.get(l)!)),
    tokens: facts.tokens,
    lines: facts.lines,
    ...discs,
    cycles,
    edges: facts.from.length,
  };
  const flags = Uint8Array.from(
    facts.kind,
    (kind, e) => kind | (facts.resolved[e] === 1 ? EDGE_FLAGS.resolved : 0) | (facts.typeOnly[e] === 1 ? EDGE_FLAGS.typeOnly : 0),
  );
  for (let start = 0; start < flags.length; start += PART) {
    const end = start + PART;
    yield {
      kind: 'edges',
      revision,
      start,
      // Copies: what is posted is the part alone, not the buffer behind it.
      from: facts.from.slice(start, end),
      to: facts.to.slice(start, end),
      line: facts.line.slice(start, end),
      flags: flags.slice(start, end),
    };
  }
}
