/** TypeScript and TSX: one set of rules, two grammars. */
import type { LanguageSpec } from '../../src/syntax/language.js';
import { hooks } from '../javascript/hooks.js';
import shared from '../javascript/javascript.scm';
import query from './extract.scm';
import plain from './plain.scm';
import jsx from './tsx.scm';

const common = {
  comments: ['comment'],
  wrappers: ['export_statement', 'lexical_declaration', 'variable_declaration', 'ambient_declaration', 'expression_statement'],
  leading: ['decorator'],
  hooks,
} as const;

export const typescript: LanguageSpec = {
  ...common,
  id: 'typescript',
  name: 'TypeScript',
  extensions: ['.ts', '.mts', '.cts'],
  grammar: { wasm: 'typescript.wasm', source: 'node_modules/tree-sitter-typescript/tree-sitter-typescript.wasm' },
  query: shared + query + plain,
};

export const tsx: LanguageSpec = {
  ...common,
  id: 'tsx',
  name: 'TSX',
  extensions: ['.tsx'],
  grammar: { wasm: 'tsx.wasm', source: 'node_modules/tree-sitter-typescript/tree-sitter-tsx.wasm' },
  query: shared + query + jsx,
};
