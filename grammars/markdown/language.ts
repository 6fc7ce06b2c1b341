/** Markdown: its sections. */
import type { LanguageSpec } from '../../src/syntax/language.js';
import query from './extract.scm';

export const markdown: LanguageSpec = {
  id: 'markdown',
  name: 'Markdown',
  extensions: ['.md', '.markdown', '.mdx', '.mdown'],
  grammar: { wasm: 'markdown.wasm', source: 'node_modules/@kerebron/wasm/assets/tree-sitter-markdown/tree-sitter-markdown.wasm' },
  query,
  comments: [],
  hooks: {
    symbol(draft) {
      draft.name = draft.name.trim();
      draft.body = draft.node.namedChild(1) ?? undefined;
      return true;
    },
  },
};
