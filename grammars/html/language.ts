/** HTML: elements with an id, and the files it loads. */
import type { Node } from 'web-tree-sitter';
import type { ImportDraft, LanguageSpec } from '../../src/syntax/language.js';
import query from './extract.scm';

function imports(node: Node): ImportDraft[] {
  const specifier = node.text;
  return /^([a-z]+:|\/\/|#)/i.test(specifier) ? [] : [{ specifier, kind: 'asset', names: [] }];
}

export const html: LanguageSpec = {
  id: 'html',
  name: 'HTML',
  extensions: ['.html', '.htm', '.xhtml'],
  grammar: { wasm: 'html.wasm', source: 'node_modules/tree-sitter-html/tree-sitter-html.wasm' },
  query,
  comments: ['comment'],
  hooks: { imports },
};
