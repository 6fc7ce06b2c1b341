/** Kotlin. */
import type { Node } from 'web-tree-sitter';
import type { ImportDraft, LanguageSpec, SymbolDraft } from '../../src/syntax/language.js';
import query from './extract.scm';

function imports(node: Node): ImportDraft[] {
  const [, specifier = '', star, alias] = /^import\s+([\w.`]+?)(\.\*)?(?:\s+as\s+(\w+))?\s*;?$/.exec(node.text.trim()) ?? [];
  const last = star === undefined ? specifier.slice(specifier.lastIndexOf('.') + 1) : '*';
  return specifier === '' ? [] : [{ specifier, kind: 'import', names: [{ name: last, as: alias ?? last }] }];
}

function symbol(draft: SymbolDraft): boolean {
  const { node } = draft;
  const words = node.children.map((c) => c?.type ?? '');
  const modifiers = node.namedChildren.find((c) => c?.type === 'modifiers')?.text ?? '';
  if (draft.kind === 'class' && words.includes('interface')) draft.kind = 'interface';
  if (draft.kind === 'class' && /\benum\b/.test(modifiers)) draft.kind = 'enum';
  const holder = node.parent?.type ?? '';
  if (draft.kind === 'function' && holder.endsWith('class_body')) draft.kind = 'method';
  // Locals of functions are not symbols.
  if (draft.kind === 'property' && node.type === 'property_declaration' && !/(_body|source_file)$/.test(holder)) return false;
  draft.exported = !/\bprivate\b/.test(modifiers);
  draft.body = node.namedChildren.find((c) => c !== null && /^(class_body|enum_class_body|function_body)$/.test(c.type)) ?? undefined;
  return true;
}

export const kotlin: LanguageSpec = {
  id: 'kotlin',
  name: 'Kotlin',
  extensions: ['.kt', '.kts'],
  grammar: { wasm: 'kotlin.wasm', source: 'node_modules/@tree-sitter-grammars/tree-sitter-kotlin/tree-sitter-kotlin.wasm' },
  query,
  comments: ['line_comment', 'block_comment'],
  hooks: { imports, symbol },
};
