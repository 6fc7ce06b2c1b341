/** Graphs of the page for tests, written as "a/x -> b/y, b/y -> a/x": through the layout and the messages that the page gets. */
import { layoutGraph } from '../../../src/graph/layout/layout.js';
import { graphMessages } from '../../../src/vscode/graph/graph-messages.js';
import { GraphModel } from '../../../src/webview/graph/model.js';
import type { EdgesMessage, GraphMessage } from '../../../src/webview/graph/protocol.js';

/** "a => b" is a type-only import, "a ~> b" a use by name alone. `.ts` files are typescript, `.py` files python. */
export function messagesOf(text: string): [GraphMessage, ...EdgesMessage[]] {
  const parts = text.split(',').map((part) => /^\s*(\S+)(?:\s*(->|=>|~>)\s*(\S+))?\s*$/.exec(part)!);
  const files = [...new Set(parts.flatMap(([, from, , to]) => (to ? [from!, to] : [from!])))].sort();
  const edges = parts
    .filter(([, , , to]) => to !== undefined)
    .map(([, from, arrow, to]) => ({ from: files.indexOf(from!), to: files.indexOf(to!), arrow: arrow! }))
    .sort((a, b) => a.from - b.from || a.to - b.to);
  const facts = {
    files,
    languages: files.map((f) => ({ ts: 'typescript', py: 'python' })[f.split('.').at(-1)!]),
    tokens: Uint32Array.from(files, (_, n) => 100 + n),
    lines: Uint32Array.from(files, () => 10),
    from: Uint32Array.from(edges, (e) => e.from),
    to: Uint32Array.from(edges, (e) => e.to),
    kinds: ['import', 'use', 'reference'] as const,
    kind: Uint8Array.from(edges, (e) => (e.arrow === '~>' ? 1 : 0)),
    resolved: Uint8Array.from(edges, (e) => (e.arrow === '~>' ? 0 : 1)),
    typeOnly: Uint8Array.from(edges, (e) => (e.arrow === '=>' ? 1 : 0)),
    line: Uint32Array.from(edges, (_, e) => e),
  };
  const pair = edges.find((e) => edges.some((b) => b.from === e.to && b.to === e.from));
  const cycles = pair ? [{ files: Uint32Array.of(pair.from, pair.to), shortest: Uint32Array.of(pair.from, pair.to) }] : [];
  const steps = layoutGraph({ ...facts, weight: Float32Array.from(edges, () => 1) });
  for (;;) {
    const step = steps.next();
    if (step.done) return [...graphMessages({ facts, layout: step.value.layout, cycles }, 1)] as [GraphMessage, ...EdgesMessage[]];
  }
}

export function modelOf(text: string): GraphModel {
  const [graph, ...edges] = messagesOf(text);
  return new GraphModel(graph, edges);
}
