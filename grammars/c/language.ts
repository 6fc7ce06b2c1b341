/** C, and headers whose name leaves open whether they are C or C++. */
import type { LanguageSpec } from '../../src/syntax/language.js';
import query from './extract.scm';
import { imports, lineImport, reference, symbol } from './hooks.js';

export const c: LanguageSpec = {
  id: 'c',
  name: 'C',
  extensions: ['.c'],
  grammar: { wasm: 'c.wasm', source: 'node_modules/tree-sitter-c/tree-sitter-c.wasm' },
  query,
  comments: ['comment'],
  hooks: { imports, lineImport, reference, symbol },
};
