/** YAML: an outline of its keys, two levels deep. */
import type { LanguageSpec } from '../../src/syntax/language.js';
import query from './extract.scm';

export const yaml: LanguageSpec = {
  id: 'yaml',
  name: 'YAML',
  extensions: ['.yml', '.yaml'],
  grammar: { wasm: 'yaml.wasm', source: 'node_modules/@tree-sitter-grammars/tree-sitter-yaml/tree-sitter-yaml.wasm' },
  query,
  comments: ['comment'],
  hooks: {
    symbol(draft) {
      draft.body = draft.node.childForFieldName('value') ?? undefined;
      return true;
    },
  },
};
