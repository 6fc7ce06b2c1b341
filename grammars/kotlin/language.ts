/** Kotlin. */
import type { Node } from 'web-tree-sitter';
import type { ImportDraft, LanguageSpec, ReferenceDraft, SymbolDraft } from '../../src/syntax/language.js';
import type { ImportedName } from '../../src/syntax/record.js';
import query from './extract.scm';
import { bindings, followable, lastName, mergedReceiver, typeIn, typePath } from './values.js';

function imports(node: Node): ImportDraft[] {
  const [, specifier = '', star, alias] = /^import\s+([^\s*]+?)(\.\*)?(?:\s+as\s+(\S+))?\s*;?$/.exec(node.text.trim()) ?? [];
  const path = specifier.replaceAll('`', '');
  const last = star === undefined ? path.slice(path.lastIndexOf('.') + 1) : '*';
  return path === '' ? [] : [{ specifier: path, kind: 'import', names: [{ name: last, as: alias ?? last }] }];
}

/** `@file:JvmName("Name")` is the class that Java sees the file's functions in. */
function exports(node: Node): ImportedName[] {
  const name = /\bJvmName\s*\(\s*"([^"]+)"/.exec(node.text)?.[1];
  return name === undefined ? [] : [{ name: '*', as: name }];
}

const BODIES = /^(class_body|enum_class_body|function_body)$/;

function symbol(draft: SymbolDraft): boolean {
  const { node } = draft;
  const words = node.children.map((c) => c?.type ?? '');
  const modifiers = node.namedChildren.find((c) => c?.type === 'modifiers')?.text ?? '';
  const holder = node.parent?.type ?? '';
  switch (node.type) {
    case 'class_declaration':
      if (words.includes('interface')) draft.kind = 'interface';
      else if (/\benum\b/.test(modifiers)) draft.kind = 'enum';
      break;
    case 'companion_object':
      if (draft.name === 'companion') {
        // One with a name of its own is found by it.
        if (node.childForFieldName('name')) return false;
        draft.name = 'Companion';
      }
      break;
    case 'class_parameter':
      // A parameter without val or var is no property.
      if (!words.includes('val') && !words.includes('var')) return false;
      break;
    case 'property_declaration':
      // Locals of functions are not symbols.
      if (!/(_body|source_file)$/.test(holder) || holder === 'function_body') return false;
      draft.name ||= lastName(mergedReceiver(node) ?? node);
      break;
    case 'type_alias': {
      const aliased = typePath(typeIn(node));
      if (aliased !== '') draft.supers.push(aliased);
      break;
    }
  }
  if (draft.kind === 'function' && holder.endsWith('class_body')) draft.kind = 'method';
  draft.exported = !/\bprivate\b/.test(modifiers);
  draft.body = node.namedChildren.find((c) => c !== null && BODIES.test(c.type)) ?? undefined;
  const receiver = receiverOf(node);
  if (receiver !== '') draft.mark = receiver;
  for (const base of node.namedChildren.find((c) => c?.type === 'delegation_specifiers')?.namedChildren ?? []) {
    const named = base?.descendantsOfType('user_type')[0];
    const name = typePath(named);
    if (name !== '') draft.supers.push(name);
  }
  return true;
}

/** Type that an extension extends, as written; "" for what is none. */
function receiverOf(node: Node): string {
  if (node.type !== 'function_declaration' && node.type !== 'property_declaration') return '';
  const merged = node.type === 'property_declaration' ? mergedReceiver(node) : undefined;
  if (merged) return typePath(merged).replace(/\.[^.]*$/, '');
  const dot = node.children.findIndex((c) => c?.type === '.');
  return dot < 1 ? '' : typePath(node.child(dot - 1));
}

/** Nodes right under which an identifier is a declared name, a label or a part of a longer name: no use. */
const NOT_USES =
  /^(variable_declaration|parameter|class_parameter|type_parameter|catch_block|qualified_identifier|import|enum_entry|package_header|setter|label|this_expression|file_annotation)$/;

function reference(draft: ReferenceDraft, node: Node): ReferenceDraft | undefined {
  const { parent } = node;
  if (!parent) return draft;
  const plain = { ...draft, name: draft.name.replaceAll('`', '') };
  if (draft.kind === 'type') {
    if (parent.parent?.type === 'property_declaration' && lastName(parent) === node.text && mergedReceiver(parent.parent)?.id === parent.id)
      return undefined;
    const before = parent.namedChildren.filter((c) => c?.type === 'identifier' && c.startIndex < node.startIndex);
    return { ...plain, qualifier: before.map((c) => c?.text ?? '').join('.') };
  }
  if (draft.kind === 'value') {
    if (NOT_USES.test(parent.type)) return undefined;
    // `name = …` in a call names a parameter.
    if (parent.type === 'value_argument' && node.nextSibling?.type === '=') return undefined;
    if (parent.childForFieldName('label')?.id === node.id) return undefined;
    // `a to b` calls to.
    if (parent.type === 'infix_expression' && parent.namedChild(1)?.id === node.id)
      return { ...plain, kind: 'call', qualifier: followable(node.previousNamedSibling) || '?' };
    return plain;
  }
  if (draft.qualifier !== '?' && !draft.qualifier.includes('@')) return plain;
  return { ...plain, qualifier: followable(node.previousNamedSibling) || '?' };
}

export const kotlin: LanguageSpec = {
  id: 'kotlin',
  name: 'Kotlin',
  extensions: ['.kt', '.kts'],
  grammar: { wasm: 'kotlin.wasm', source: 'node_modules/@tree-sitter-grammars/tree-sitter-kotlin/tree-sitter-kotlin.wasm' },
  query,
  comments: ['line_comment', 'block_comment'],
  hooks: { imports, exports, bindings, symbol, reference },
};
