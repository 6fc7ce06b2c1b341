/**
 * From a syntax tree to a file record: runs a language's query once over the
 * tree and puts what it captures into the record's terms.
 */
import type { Node, Query, QueryMatch, Tree } from 'web-tree-sitter';
import type { LanguageSpec, SymbolDraft } from '../language.js';
import type {
  BindingRecord,
  FileRecord,
  ImportedName,
  ImportRecord,
  ReferenceKind,
  ReferenceRecord,
  SymbolKind,
  SymbolRecord,
} from '../record.js';
import { localsOf } from './locals.js';

export type Extracted = Pick<FileRecord, 'package' | 'symbols' | 'references' | 'imports' | 'bindings' | 'exports'>;

interface Found {
  readonly drafts: SymbolDraft[];
  /** Start index of every definition's name, so that it is not taken for a use. */
  readonly names: Set<number>;
  readonly references: { node: Node; qualifier: string; kind: ReferenceKind }[];
  readonly imports: Node[];
  readonly bindings: Node[];
  readonly exports: Node[];
  readonly locals: Node[];
  package: string;
}

/** Adds to the work that a file has taken, in characters of nodes looked at; true where that is too much. */
export type Spend = (work: number) => boolean;

/** Of work, what the query does between two reports. */
const QUERY_STEPS = 100;

/** o200k tokens of some lines, first and last inclusive. */
export type LineTokens = (first: number, last: number) => number;

/**
 * Everything the query of `spec` finds in `tree`; `lines` are the lines of the same text.
 * Undefined when it is too much work: hooks look into the nodes that they are given, which
 * takes quadratic time in a chain of ten thousand members.
 */
export function extractSyntax(
  spec: LanguageSpec,
  query: Query,
  tree: Tree,
  lines: readonly string[],
  tokensOf: LineTokens,
  spend: Spend,
): Extracted | undefined {
  const found = collect(spec, query.matches(tree.rootNode, { progressCallback: () => spend(QUERY_STEPS) }), spend);
  if (!found) return undefined;
  const symbols = placeSymbols(spec, found.drafts, lines, tokensOf, spend);
  if (!symbols) return undefined;
  const innermost = enclosing(symbols);
  const hooks = spec.hooks ?? {};
  const locals = localsOf(found.locals.flatMap((node) => hooks.locals?.(node) ?? []));

  const references: (ReferenceRecord & { count: number })[] = [];
  // Asked for every name of the file: two maps are faster than one of joined keys.
  const known = new Map<string, Map<number, (ReferenceRecord & { count: number })[]>>();
  const seen = new Set<number>();
  for (const { node, qualifier, kind } of found.references) {
    if (spend(1)) return undefined;
    if (found.names.has(node.startIndex) || seen.has(node.startIndex)) continue;
    seen.add(node.startIndex);
    const plain = { name: node.text, qualifier, kind };
    const draft = hooks.reference ? hooks.reference(plain, node, locals) : plain;
    if (!draft) continue;
    const line = node.startPosition.row;
    const within = innermost(line);
    const { name } = draft;
    let ofName = known.get(name);
    if (!ofName) {
      ofName = new Map();
      known.set(name, ofName);
    }
    const here = ofName.get(within);
    const old = here?.find((r) => r.kind === draft.kind && r.qualifier === draft.qualifier);
    if (old) {
      old.count++;
      continue;
    }
    const made = { name, qualifier: draft.qualifier, kind: draft.kind, within, line, count: 1 };
    references.push(made);
    if (here) here.push(made);
    else ofName.set(within, [made]);
  }

  const imports: ImportRecord[] = [];
  for (const node of found.imports) {
    const line = node.startPosition.row;
    if (spend(lengthOf(node))) return undefined;
    for (const draft of hooks.imports?.(node) ?? []) imports.push({ ...draft, line, within: innermost(line) });
  }
  if (hooks.lineImport) imports.push(...lineImports(spec, tree, lines, new Set(imports.map((i) => i.line)), innermost));
  const bindings: BindingRecord[] = [];
  for (const node of found.bindings) {
    const line = node.startPosition.row;
    if (spend(lengthOf(node))) return undefined;
    for (const draft of hooks.bindings?.(node) ?? []) bindings.push({ ...draft, line, within: innermost(line) });
  }
  const exports: ImportedName[] = [];
  for (const node of found.exports) {
    if (spend(lengthOf(node))) return undefined;
    exports.push(...(hooks.exports?.(node) ?? []));
  }

  return {
    package: found.package,
    symbols,
    references: references.sort((a, b) => a.line - b.line),
    imports: imports.sort((a, b) => a.line - b.line),
    bindings: bindings.sort((a, b) => a.line - b.line),
    exports,
  };
}

function collect(spec: LanguageSpec, matches: readonly QueryMatch[], spend: Spend): Found | undefined {
  const found: Found = { drafts: [], names: new Set(), references: [], imports: [], bindings: [], exports: [], locals: [], package: '' };
  const taken = new Map<string, SymbolDraft>();
  for (const { captures } of matches) {
    if (spend(captures.length)) return undefined;
    let name: Node | undefined;
    let body: Node | undefined;
    let qualifier: Node | undefined;
    const supers: string[] = [];
    for (const c of captures) {
      if (c.name === 'name') name = c.node;
      else if (c.name === 'body') body = c.node;
      else if (c.name === 'qualifier') qualifier = c.node;
      else if (c.name === 'super') supers.push(c.node.text);
    }
    for (const { name: capture, node } of captures) {
      if (capture.startsWith('definition.')) {
        if (!name) continue;
        const key = `${node.startIndex}:${node.endIndex}:${name.startIndex}`;
        const old = taken.get(key);
        if (old) {
          for (const s of supers) if (!old.supers.includes(s)) old.supers.push(s);
          continue;
        }
        const kind = capture.slice('definition.'.length) as SymbolKind;
        const draft: SymbolDraft = {
          name: name.text,
          kind,
          exported: false,
          supers,
          node,
          outer: outermost(spec, node),
          body: body ?? node.childForFieldName('body') ?? undefined,
        };
        taken.set(key, draft);
        found.drafts.push(draft);
        found.names.add(name.startIndex);
      } else if (capture.startsWith('reference.')) {
        const before = qualifier?.text ?? '';
        if (spend(before.length)) return undefined;
        found.references.push({
          node,
          qualifier: qualifier ? plainPath(before) : '',
          kind: capture.slice('reference.'.length) as ReferenceKind,
        });
      } else if (capture === 'import') found.imports.push(node);
      else if (capture === 'binding') found.bindings.push(node);
      else if (capture === 'export') found.exports.push(node);
      else if (capture === 'local') found.locals.push(node);
      else if (capture === 'package') found.package ||= node.text;
    }
  }
  return found;
}

const lengthOf = (node: Node): number => node.endIndex - node.startIndex;

function lineImports(
  spec: LanguageSpec,
  tree: Tree,
  lines: readonly string[],
  covered: ReadonlySet<number>,
  innermost: (line: number) => number,
): ImportRecord[] {
  return lines.flatMap((text, line) => {
    const draft = covered.has(line) ? undefined : spec.hooks?.lineImport?.(text);
    if (!draft) return [];
    const node = tree.rootNode.descendantForPosition({ row: line, column: text.search(/\S/) });
    return node && spec.comments.includes(node.type) ? [] : [{ ...draft, line, within: innermost(line) }];
  });
}

/**
 * A qualifier as a record keeps it: the path as written, "?" when it is any other expression. No character can be
 * of a name and between two: any text is told in one pass.
 */
function plainPath(text: string): string {
  return text.length <= 120 && /^[\p{L}_$@\\][\p{L}\p{N}_$@]*(\s*(\.|::|->|\?\.|\\)\s*[\p{L}_$#][\p{L}\p{N}_$]*)*!?$/u.test(text)
    ? text.replace(/\s+/g, '')
    : '?';
}

function placeSymbols(
  spec: LanguageSpec,
  drafts: readonly SymbolDraft[],
  lines: readonly string[],
  tokensOf: LineTokens,
  spend: Spend,
): SymbolRecord[] | undefined {
  const kept = drafts
    .filter((draft) => spec.hooks?.symbol?.(draft) ?? true)
    .sort((a, b) => a.node.startIndex - b.node.startIndex || b.node.endIndex - a.node.endIndex);

  const symbols: SymbolRecord[] = [];
  const open: { index: number; end: number; node: number }[] = [];
  for (const draft of kept) {
    if (spend(1)) return undefined;
    const { node, outer } = draft;
    // Names declared together (`int a, b;`) stand beside each other: none holds the next.
    for (let at = open.at(-1); at && (at.end < node.endIndex || at.node === node.id); at = open.at(-1)) open.pop();
    const first = withLeading(spec, outer);
    const start = first.startPosition.row;
    const end = lastRow(outer);
    const docStart = docAbove(spec, first);
    symbols.push({
      name: draft.name,
      kind: draft.kind,
      container: open.at(-1)?.index ?? -1,
      start,
      end,
      signatureEnd: signatureEnd(draft.body, start, end, lines),
      nameLine: node.startPosition.row,
      docStart,
      exported: draft.exported,
      tokens: tokensOf(docStart, end),
      ...(draft.supers.length > 0 ? { supers: draft.supers } : {}),
      ...(draft.mark !== undefined ? { mark: draft.mark } : {}),
    });
    open.push({ index: symbols.length - 1, end: node.endIndex, node: node.id });
  }
  return symbols;
}

/** The definition with what is wrapped around it alone; a declaration that holds several (const ( a = 1; b = 2 )) wraps none of them. */
function outermost(spec: LanguageSpec, node: Node): Node {
  let at = node;
  for (let up = at.parent; up && spec.wrappers?.includes(up.type); up = at.parent) {
    const { type } = at;
    if (up.namedChildren.filter((c) => c?.type === type).length > 1) break;
    at = up;
  }
  return at;
}

function withLeading(spec: LanguageSpec, node: Node): Node {
  let at = node;
  for (let up = at.previousNamedSibling; up && spec.leading?.includes(up.type); up = at.previousNamedSibling) at = up;
  return at;
}

/** A node that ends with the line break after it (Python blocks, preprocessor lines) ends on the line before. */
function lastRow(node: Node): number {
  const { row, column } = node.endPosition;
  return column === 0 && row > node.startPosition.row ? row - 1 : row;
}

function docAbove(spec: LanguageSpec, first: Node): number {
  let top = first.startPosition.row;
  for (let c = first.previousSibling; c && spec.comments.includes(c.type); c = c.previousSibling) {
    if (lastRow(c) < top - 1) break;
    const before = c.previousSibling;
    // A comment at the end of a line of code belongs to that line.
    if (before && !spec.comments.includes(before.type) && lastRow(before) === c.startPosition.row && before.endIndex > 0) break;
    top = Math.min(top, c.startPosition.row);
  }
  return top;
}

function signatureEnd(body: Node | undefined, start: number, end: number, lines: readonly string[]): number {
  if (!body) return end;
  const { row, column } = body.startPosition;
  const alone = (lines[row] ?? '').slice(0, column).trim() === '';
  return Math.min(end, Math.max(start, alone ? row - 1 : row));
}

/** Look-up of the innermost symbol on a line; -1 outside all. */
function enclosing(symbols: readonly SymbolRecord[]): (line: number) => number {
  const size = symbols.reduce((m, s) => Math.max(m, s.end + 1), 0);
  const at = new Int32Array(size).fill(-1);
  // Containers come first, so what is inside overwrites them.
  for (const [i, s] of symbols.entries()) at.fill(i, s.start, s.end + 1);
  return (line) => at[line] ?? -1;
}
