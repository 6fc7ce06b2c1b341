/** JavaScript with JSX. */
import type { LanguageSpec } from '../../src/syntax/language.js';
import query from './extract.scm';
import { hooks } from './hooks.js';
import shared from './javascript.scm';

export const javascript: LanguageSpec = {
  id: 'javascript',
  name: 'JavaScript',
  extensions: ['.js', '.mjs', '.cjs', '.jsx'],
  interpreters: ['node', 'nodejs', 'deno', 'bun'],
  grammar: { wasm: 'javascript.wasm', source: 'node_modules/tree-sitter-javascript/tree-sitter-javascript.wasm' },
  query: shared + query,
  comments: ['comment'],
  wrappers: ['export_statement', 'lexical_declaration', 'variable_declaration', 'expression_statement'],
  leading: ['decorator'],
  hooks,
};
