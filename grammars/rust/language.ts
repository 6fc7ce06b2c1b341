/** Rust. */
import type { Node } from 'web-tree-sitter';
import type { ImportDraft, LanguageSpec, LocalsAt, ReferenceDraft, SymbolDraft } from '../../src/syntax/language.js';
import query from './extract.scm';
import { isLocal, locals } from './locals.js';
import { unwrapItemMacros, wrappersOf } from './unwrap-macros.js';
import { raw, usePaths } from './uses.js';

/**
 * One import per name that a `use` brings: specifier is the whole path, "*" last for a glob.
 * Marks, one a line: "pub", "extern", "macro_use", "block", "cfg CONDITION", "in MACRO …" for the macros around.
 */
function imports(node: Node): ImportDraft[] {
  const attributes = attributesAbove(node);
  const marks = [
    node.namedChildren.some((c) => c?.type === 'visibility_modifier') ? 'pub' : '',
    node.type === 'extern_crate_declaration' ? 'extern' : '',
    node.parent?.type === 'block' ? 'block' : '',
    ...attributeMarks(attributes),
    ...wrapperMarks(node),
  ].filter((m) => m !== '');
  const mark = marks.length > 0 ? { mark: marks.join('\n') } : {};
  if (node.type === 'extern_crate_declaration') {
    const name = raw(node.childForFieldName('name')?.text ?? '');
    return [{ specifier: name, kind: 'use', names: [{ name, as: raw(node.childForFieldName('alias')?.text ?? name) }], ...mark }];
  }
  return usePaths(node.childForFieldName('argument'), '').map(({ specifier, as }) => ({
    specifier,
    kind: 'use',
    names: [{ name: specifier.slice(specifier.lastIndexOf(':') + 1), as }],
    ...mark,
  }));
}

function wrapperMarks(node: Node): string[] {
  const wrappers = node.parent?.type === 'block' ? [] : wrappersOf(node);
  return wrappers.length === 0 ? [] : [`in ${wrappers.join(' ')}`];
}

/** What attributes say about where a module or import is and when it counts. */
function attributeMarks(attributes: string): string[] {
  const path = /#\[\s*(?:cfg_attr\([^)]*,\s*)?path\s*=\s*"([^"]+)"/.exec(attributes)?.[1];
  const conditions = [...attributes.matchAll(/#\[\s*cfg\((.*?)\)\s*\](?=#|\s*$)/gs)].map((m) => m[1]!.replace(/\s+/g, ''));
  return [
    path === undefined ? '' : `path ${path}`,
    /#\[\s*macro_use\b/.test(attributes) ? 'macro_use' : '',
    conditions.length === 0 ? '' : `cfg all(${conditions.join(',')})`,
  ];
}

function symbol(draft: SymbolDraft): boolean {
  const { node } = draft;
  draft.name = raw(draft.name);
  draft.exported = node.namedChildren.some((c) => c?.type === 'visibility_modifier');
  if (draft.kind === 'impl') {
    draft.name = draft.name.replace(/<.*$/s, '').replace(/^&(mut )?/, '');
    const trait = node.childForFieldName('trait')?.text.replace(/<.*$/s, '');
    if (trait !== undefined) draft.supers.push(trait);
  }
  if (draft.kind === 'module') {
    const marks = [draft.body ? 'inline' : '', ...attributeMarks(attributesAbove(node)), ...wrapperMarks(node)];
    draft.mark = marks.filter((m) => m !== '').join('\n');
  }
  if (draft.kind === 'function') {
    const holder = node.parent?.parent;
    if (holder?.type === 'impl_item' || holder?.type === 'trait_item') draft.kind = 'method';
    // Members of a trait and of an impl of one are as visible as the trait.
    if (holder?.type === 'trait_item' || holder?.childForFieldName('trait')) draft.exported = true;
  }
  if (draft.kind === 'enumMember') draft.exported = true;
  if (draft.kind === 'macro') {
    draft.exported = /macro_export/.test(attributesAbove(node));
    // The condition that a macro puts on the items it passes through.
    const condition = /#\[\s*cfg\((.*?)\)\s*\]\s*[#$]/s.exec(node.text.slice(0, MAX_MACRO))?.[1];
    if (condition !== undefined) draft.mark = `cfg ${condition.replace(/\s+/g, '')}`;
  }
  return true;
}

/** As much of a macro is looked at. */
const MAX_MACRO = 2_000;

function attributesAbove(node: Node): string {
  let text = '';
  for (
    let at = node.previousNamedSibling;
    at && (at.type === 'attribute_item' || at.type.endsWith('comment'));
    at = at.previousNamedSibling
  ) {
    if (at.type === 'attribute_item') text += at.text;
  }
  return text;
}

function reference(draft: ReferenceDraft, node: Node, at: LocalsAt): ReferenceDraft | undefined {
  const parent = node.parent;
  for (let up = parent; up && (up.type.startsWith('scoped') || up.type.startsWith('use_')); up = up.parent)
    if (up.type.startsWith('use_')) return undefined;
  const plain = { ...draft, name: raw(draft.name), qualifier: draft.qualifier.replaceAll('r#', '') };
  // x.f() and x.f name a member of a value, whatever x is.
  if (parent?.type === 'field_expression') return { ...plain, kind: 'member' };
  const inTokens = parent?.type === 'token_tree' || parent?.type === 'token_repetition';
  const written = inTokens ? pathInTokens(plain, node) : withoutArguments(plain, parent);
  return written && isLocal(written, node.startIndex, at) ? undefined : written;
}

/** Foo::<T>::new(): the path without its type arguments. */
function withoutArguments(draft: ReferenceDraft, parent: Node | null): ReferenceDraft {
  const path = draft.qualifier === '?' ? (parent?.childForFieldName('path')?.text ?? '') : '';
  const bare = path.startsWith('<') ? '' : path.replace(/(::)?<.*>/s, '').replace(/\s+/g, '');
  return /^[\w:]+$/.test(bare) ? { ...draft, qualifier: bare } : draft;
}

/** Inside a macro's tokens a path is a row of identifiers and "::". */
function pathInTokens(draft: ReferenceDraft, node: Node): ReferenceDraft | undefined {
  const names: string[] = [];
  let at = node.previousSibling;
  while (
    names.length < MAX_PATH &&
    at?.type === '::' &&
    at.previousSibling &&
    /^(identifier|crate|self|super|metavariable)$/.test(at.previousSibling.type)
  ) {
    names.unshift(at.previousSibling.text);
    at = at.previousSibling.previousSibling;
  }
  // a.f(…) is a method, and fn f(…) a definition.
  if (names.length === 0 && (at?.type === '.' || at?.type === 'fn')) return undefined;
  const next = node.nextSibling?.type;
  const isCall = next === 'token_tree' && node.nextSibling?.text.startsWith('(') === true;
  const isMacro = next === '!';
  if (names.length === 0 && !isCall && !isMacro) return undefined;
  const around = macroAround(node);
  // Where a macro is defined only $crate says whose names it means; quoted code is code elsewhere.
  if (around === undefined ? names[0] !== '$crate' : QUOTING.test(around)) return undefined;
  if (names.some((n, i) => n.startsWith('$') && (i > 0 || n !== '$crate'))) return undefined;
  // A bare name is one of Rust's only in a macro that takes expressions.
  if (names.length === 0 && !EXPRESSIONS.test(around ?? '')) return undefined;
  return { ...draft, qualifier: names.join('::'), kind: isCall ? 'call' : isMacro ? 'macro' : 'value' };
}

/** Paths of more names, and tokens nested deeper, are given up. */
const MAX_PATH = 24;

const QUOTING = /^(quote|quote_spanned|parse_quote|parse_quote_spanned)$/;
const EXPRESSIONS =
  /^((debug_)?assert(_eq|_ne)?|assert_matches|e?print(ln)?|format(_args)?|write(ln)?|panic|vec|matches|todo|unimplemented|unreachable|dbg|ready|trace|debug|info|warn|error)$/;

/** Name of the macro that a place in tokens is given to; undefined inside a macro's definition. */
function macroAround(node: Node): string | undefined {
  let up = node.parent;
  for (let depth = 0; depth < MAX_PATH && (up?.type === 'token_tree' || up?.type === 'token_repetition'); depth++) up = up.parent;
  if (up?.type === 'macro_rule') return undefined;
  const name = up?.childForFieldName('macro')?.text ?? '';
  return name.slice(name.lastIndexOf(':') + 1);
}

export const rust: LanguageSpec = {
  id: 'rust',
  name: 'Rust',
  extensions: ['.rs'],
  grammar: { wasm: 'rust.wasm', source: 'node_modules/tree-sitter-rust/tree-sitter-rust.wasm' },
  query,
  comments: ['line_comment', 'block_comment'],
  leading: ['attribute_item'],
  hooks: { prepare: unwrapItemMacros, imports, locals, symbol, reference },
};
