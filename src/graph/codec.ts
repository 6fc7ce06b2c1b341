/** What resolution found out about one file, as bytes for the store: the edges first, which every start needs, then the links, which few questions do. */
import { ByteReader, ByteWriter } from '../base/bytes.js';
import { Numbering } from '../base/numbering.js';
import type { WorkspacePath } from '../workspace/entry.js';
import type { FileEdge } from './file-edges.js';
import { EDGE_KINDS, type Edge } from './graph.js';
import type { Confidence, FileLinks, ImportLink, UseLink } from './links.js';

/** Numbers of the confidences; the store's version covers their order. */
const CONFIDENCES: readonly Confidence[] = ['resolved', 'named', 'unresolved'];

export function encodeLinks(edges: readonly FileEdge[], { imports, uses }: FileLinks): Uint8Array {
  const paths = new Numbering();
  const rest = new ByteWriter().number(edges.length);
  for (const e of edges) {
    const confidence = CONFIDENCES.indexOf(e.confidence);
    rest.number(paths.of(e.to)).number(EDGE_KINDS.indexOf(e.kind) * 8 + confidence * 2 + (e.typeOnly ? 1 : 0));
    rest.number(e.weight).number(e.line);
  }
  rest.number(imports.length);
  for (const l of imports) {
    rest.number(l.import).number(CONFIDENCES.indexOf(l.confidence) * 4 + (l.external ? 2 : 0) + (l.typeOnly ? 1 : 0));
    rest.number(l.targets.length);
    for (const t of l.targets) rest.number(paths.of(t));
  }
  rest.number(uses.length);
  let last = 0;
  for (const l of uses) {
    rest
      .signed(l.reference - last)
      .number(paths.of(l.target))
      .number(l.symbol + 1);
    rest.number(CONFIDENCES.indexOf(l.confidence) * 2 + (l.indirect ? 1 : 0));
    last = l.reference;
  }
  return new ByteWriter().strings(paths.all).append(rest.bytes()).bytes();
}

/** The edges of the file `path`. */
export function decodeEdges(path: WorkspacePath, bytes: Uint8Array): Edge[] {
  const from = new ByteReader(bytes);
  return readEdges(path, from, from.strings());
}

export function decodeLinks(bytes: Uint8Array): FileLinks {
  const from = new ByteReader(bytes);
  const paths = from.strings();
  readEdges('', from, paths);
  const imports = Array.from({ length: from.number() }, (): ImportLink => {
    const index = from.number();
    const flags = from.number();
    const targets = Array.from({ length: from.number() }, () => paths[from.number()]!);
    const confidence = CONFIDENCES[flags >> 2]!;
    return { import: index, targets, confidence, external: (flags & 2) !== 0, typeOnly: (flags & 1) !== 0 };
  });
  let last = 0;
  const uses = Array.from({ length: from.number() }, (): UseLink => {
    const reference = last + from.signed();
    last = reference;
    const target = paths[from.number()]!;
    const symbol = from.number() - 1;
    const flags = from.number();
    return { reference, target, symbol, confidence: CONFIDENCES[flags >> 1] as UseLink['confidence'], indirect: (flags & 1) !== 0 };
  });
  return { imports, uses };
}

function readEdges(path: WorkspacePath, from: ByteReader, paths: readonly string[]): Edge[] {
  return Array.from({ length: from.number() }, (): Edge => {
    const to = paths[from.number()]!;
    const flags = from.number();
    const weight = from.number();
    const line = from.number();
    const confidence = CONFIDENCES[(flags >> 1) & 3] as Edge['confidence'];
    return { from: path, to, kind: EDGE_KINDS[flags >> 3]!, confidence, typeOnly: (flags & 1) !== 0, weight, line };
  });
}
