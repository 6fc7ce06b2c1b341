/** CSS: its rules and what it imports. */
import type { Node } from 'web-tree-sitter';
import type { ImportDraft, LanguageSpec } from '../../src/syntax/language.js';
import query from './extract.scm';

function imports(node: Node): ImportDraft[] {
  const specifier = /["']([^"']+)["']|url\(\s*([^"')\s]+)/
    .exec(node.text)
    ?.slice(1)
    .find((s) => s !== undefined);
  return specifier === undefined || /^([a-z]+:|\/\/)/i.test(specifier) ? [] : [{ specifier, kind: 'asset', names: [] }];
}

export const css: LanguageSpec = {
  id: 'css',
  name: 'CSS',
  extensions: ['.css'],
  grammar: { wasm: 'css.wasm', source: 'node_modules/tree-sitter-css/tree-sitter-css.wasm' },
  query,
  comments: ['comment'],
  hooks: {
    imports,
    symbol(draft) {
      draft.name = draft.name.replace(/\s+/g, ' ').slice(0, 80);
      draft.body = draft.node.namedChildren.at(-1) ?? undefined;
      return true;
    },
  },
};
