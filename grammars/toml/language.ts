/** TOML: an outline of its tables and of the keys at the top. */
import type { LanguageSpec } from '../../src/syntax/language.js';
import query from './extract.scm';

export const toml: LanguageSpec = {
  id: 'toml',
  name: 'TOML',
  extensions: ['.toml'],
  filenames: ['Pipfile'],
  grammar: { wasm: 'toml.wasm', source: 'node_modules/@tree-sitter-grammars/tree-sitter-toml/tree-sitter-toml.wasm' },
  query,
  comments: ['comment'],
};
