/** TypeScript and TSX: one query, two grammars. */
import type { Node } from 'web-tree-sitter';
import type { ImportDraft, LanguageHooks, LanguageSpec, SymbolDraft } from '../../src/syntax/language.js';
import query from './extract.scm';

function imports(node: Node): ImportDraft[] {
  const source = node.childForFieldName('source');
  if (!source) return [];
  const specifier = source.text.slice(1, -1);
  const typeOnly = node.child(1)?.type === 'type';
  const names = node.descendantsOfType('import_specifier').flatMap((s) => {
    const name = s?.childForFieldName('name')?.text;
    return s && name !== undefined
      ? [{ name, as: s.childForFieldName('alias')?.text ?? name, ...(s.child(0)?.type === 'type' ? { typeOnly: true } : {}) }]
      : [];
  });
  return [{ specifier, kind: typeOnly ? 'type' : 'import', names }];
}

const hooks: LanguageHooks = {
  imports,
  symbol(draft: SymbolDraft) {
    draft.exported = draft.node.type === 'export_statement';
    return true;
  },
};

const common = {
  query,
  comments: ['comment'],
  wrappers: ['export_statement', 'lexical_declaration'],
  leading: ['decorator'],
  hooks,
} as const;

export const typescript: LanguageSpec = {
  ...common,
  id: 'typescript',
  name: 'TypeScript',
  extensions: ['.ts', '.mts', '.cts'],
  grammar: { wasm: 'typescript.wasm', source: 'node_modules/tree-sitter-typescript/tree-sitter-typescript.wasm' },
};

export const tsx: LanguageSpec = {
  ...common,
  id: 'tsx',
  name: 'TSX',
  extensions: ['.tsx'],
  grammar: { wasm: 'tsx.wasm', source: 'node_modules/tree-sitter-typescript/tree-sitter-tsx.wasm' },
};
