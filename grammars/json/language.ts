/** JSON: an outline of its keys, two levels deep. */
import type { LanguageSpec } from '../../src/syntax/language.js';
import query from './extract.scm';

export const json: LanguageSpec = {
  id: 'json',
  name: 'JSON',
  extensions: ['.json', '.jsonc', '.json5', '.geojson', '.webmanifest'],
  filenames: ['.babelrc', '.eslintrc', '.prettierrc', '.swcrc'],
  grammar: { wasm: 'json.wasm', source: 'node_modules/tree-sitter-json/tree-sitter-json.wasm' },
  query,
  comments: ['comment'],
  hooks: {
    symbol(draft) {
      draft.name = draft.name.slice(1, -1);
      draft.body = draft.node.childForFieldName('value') ?? undefined;
      return true;
    },
  },
};
