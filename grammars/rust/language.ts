/** Rust. */
import type { Node } from 'web-tree-sitter';
import type { BindingDraft, ImportDraft, LanguageSpec, ReferenceDraft, SymbolDraft } from '../../src/syntax/language.js';
import query from './extract.scm';
import { unwrapItemMacros } from './unwrap-macros.js';

const raw = (name: string): string => name.replace(/^r#/, '');
const path = (text: string): string => text.replace(/\s+/g, '').replaceAll('r#', '');

/** One import per name that a `use` brings: specifier is the whole path, "*" last for a glob. */
function imports(node: Node): ImportDraft[] {
  const visible = node.namedChildren.some((c) => c?.type === 'visibility_modifier');
  const mark = visible ? { mark: 'pub' } : {};
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

/** Paths of a use tree, depth first, each with the name it has here. */
function usePaths(node: Node | null, prefix: string): { specifier: string; as: string }[] {
  const within = (text: string): string => (prefix === '' ? path(text) : `${prefix}::${path(text)}`);
  const last = (specifier: string): string => specifier.slice(specifier.lastIndexOf(':') + 1);
  switch (node?.type) {
    case 'use_list':
      return node.namedChildren.flatMap((c) => usePaths(c, prefix));
    case 'scoped_use_list': {
      const head = node.childForFieldName('path');
      const all = head ? within(head.text) : node.text.startsWith('::') ? '::' : prefix;
      return usePaths(node.childForFieldName('list'), all);
    }
    case 'use_as_clause': {
      const specifier = selfless(within(node.childForFieldName('path')?.text ?? ''));
      return [{ specifier, as: raw(node.childForFieldName('alias')?.text ?? '') }];
    }
    case 'use_wildcard': {
      const text = path(node.text).replace(/(::)?\*$/, '');
      return [{ specifier: text === '' ? `${prefix}::*` : `${within(text)}::*`, as: '*' }];
    }
    case 'identifier':
    case 'scoped_identifier':
    case 'self':
    case 'crate':
    case 'super': {
      const specifier = selfless(within(node.text));
      return [{ specifier, as: last(specifier) }];
    }
    default:
      return [];
  }
}

/** `use a::{self}` names `a`. */
const selfless = (specifier: string): string => (specifier === 'self' ? specifier : specifier.replace(/::self$/, ''));

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
    const attribute = attributesAbove(node).match(/#\[\s*(?:cfg_attr\([^)]*,\s*)?path\s*=\s*"([^"]+)"/)?.[1];
    draft.mark = draft.body ? 'inline' : (attribute ?? '');
    if (draft.body && attribute !== undefined) draft.mark = `inline ${attribute}`;
  }
  if (draft.kind === 'function') {
    const holder = node.parent?.parent;
    if (holder?.type === 'impl_item' || holder?.type === 'trait_item') draft.kind = 'method';
    // Members of a trait and of an impl of one are as visible as the trait.
    if (holder?.type === 'trait_item' || holder?.childForFieldName('trait')) draft.exported = true;
  }
  if (draft.kind === 'enumMember') draft.exported = true;
  if (draft.kind === 'macro') draft.exported = /macro_export/.test(attributesAbove(node));
  return true;
}

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

function reference(draft: ReferenceDraft, node: Node): ReferenceDraft | undefined {
  draft = { ...draft, name: raw(draft.name), qualifier: draft.qualifier.replaceAll('r#', '') };
  for (let up = node.parent; up && (up.type.startsWith('scoped') || up.type.startsWith('use_')); up = up.parent)
    if (up.type.startsWith('use_')) return undefined;
  if (node.parent?.type !== 'token_tree') return draft;
  // Inside a macro's tokens a path is a row of identifiers and "::".
  const names: string[] = [];
  let at = node.previousSibling;
  while (at?.type === '::' && at.previousSibling && /^(identifier|crate|self|super)$/.test(at.previousSibling.type)) {
    names.unshift(at.previousSibling.text);
    at = at.previousSibling.previousSibling;
  }
  if (names.length === 0 && node.nextSibling?.type !== '(' && node.nextSibling?.type !== '!' && node.nextSibling?.type !== '{')
    return undefined;
  return {
    ...draft,
    qualifier: names.join('::'),
    kind: node.nextSibling?.type === '(' ? 'call' : node.nextSibling?.type === '!' ? 'macro' : 'value',
  };
}

function bindings(node: Node): BindingDraft[] {
  const name = (node.childForFieldName('pattern') ?? node.childForFieldName('name'))?.text ?? '';
  const type = typeName(node.childForFieldName('type'));
  const value = node.childForFieldName('value');
  const callee = value?.type === 'call_expression' ? value.childForFieldName('function') : null;
  const init =
    type === '' && callee?.type === 'scoped_identifier'
      ? `${path(callee.text)}()`
      : type === '' && value?.type === 'struct_expression'
        ? `new ${value.childForFieldName('name')?.text ?? ''}`
        : '';
  return type === '' && init === '' ? [] : [{ name, type, init }];
}

function typeName(node: Node | null | undefined): string {
  switch (node?.type) {
    case 'type_identifier':
    case 'scoped_type_identifier':
      return path(node.text);
    case 'reference_type':
      return typeName(node.childForFieldName('type'));
    case 'generic_type':
      return typeName(node.childForFieldName('type'));
    default:
      return '';
  }
}

export const rust: LanguageSpec = {
  id: 'rust',
  name: 'Rust',
  extensions: ['.rs'],
  grammar: { wasm: 'rust.wasm', source: 'node_modules/tree-sitter-rust/tree-sitter-rust.wasm' },
  query,
  comments: ['line_comment', 'block_comment'],
  leading: ['attribute_item'],
  hooks: { prepare: unwrapItemMacros, imports, bindings, symbol, reference },
};
