/** C++, and every header: C's headers parse as C++, not the other way round. */
import type { LanguageSpec, SymbolDraft } from '../../src/syntax/language.js';
import shared from '../c/extract.scm';
import { symbol as cSymbol, imports, lineImport, reference } from '../c/hooks.js';
import query from './extract.scm';

function symbol(draft: SymbolDraft): boolean {
  if (!cSymbol(draft)) return false;
  if (draft.kind === 'section') draft.name = draft.name.slice(1, -1);
  // A conversion's name is what it converts to, without its empty list of parameters.
  if (draft.kind === 'method') draft.name = draft.name.replace(/^((?:.*::)?operator\s+[\w:<>*&\s]+?)\s*\(.*$/s, '$1');
  const afterMacro = /^(?!operator\b)\w+\s+(\w+)$/.exec(draft.name)?.[1];
  if (draft.kind === 'method' && afterMacro !== undefined) {
    // `API type name(…)`: the grammar reads type::name and misses the colons.
    draft.name = afterMacro;
    draft.kind = 'function';
    if (draft.node.type === 'declaration' && draft.mark === undefined) draft.mark = 'declaration';
  }
  const cut = draft.name.lastIndexOf('::');
  // A variable made with arguments, a::b c(d), looks like a prototype.
  if (cut >= 0 && draft.node.type === 'declaration' && draft.kind === 'method') return false;
  if (cut >= 0 && draft.kind === 'method') {
    // Foo::bar outside its class: what stands before the name says where it belongs.
    draft.mark = draft.name.slice(0, cut).replace(/\s+/g, '');
    draft.name = draft.name.slice(cut + 2).trim();
  }
  if (draft.node.parent?.type === 'field_declaration_list' && draft.kind === 'function') draft.kind = 'method';
  if (draft.node.type === 'field_declaration' || draft.node.type === 'declaration') draft.body = undefined;
  return true;
}

export const cpp: LanguageSpec = {
  id: 'cpp',
  name: 'C++',
  extensions: ['.cpp', '.cc', '.cxx', '.c++', '.hpp', '.hh', '.hxx', '.h++', '.h', '.ipp', '.tpp', '.inl', '.cu', '.cuh', '.ino'],
  grammar: { wasm: 'cpp.wasm', source: 'node_modules/tree-sitter-cpp/tree-sitter-cpp.wasm' },
  query: shared + query,
  comments: ['comment'],
  wrappers: ['template_declaration'],
  hooks: { imports, lineImport, reference, symbol },
};
