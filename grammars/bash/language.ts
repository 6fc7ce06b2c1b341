/** Bash and POSIX shell. */
import type { Node } from 'web-tree-sitter';
import type { ImportDraft, LanguageSpec } from '../../src/syntax/language.js';
import query from './extract.scm';

/** `source "$dir/a.sh"`: a leading variable or command substitution that gives a folder is left out and marked. */
function imports(node: Node): ImportDraft[] {
  const text = node.childForFieldName('argument')?.text.replace(/^["']|["']$/g, '') ?? '';
  const rest = /^(?:\$\{[^}]*\}|\$\w+|\$\(.*\)|`[^`]*`)\/([^$`]+)$/s.exec(text)?.[1];
  if (rest !== undefined) return [{ specifier: rest, kind: 'include', names: [], mark: 'computed' }];
  return text === '' || /[$`]/.test(text) ? [] : [{ specifier: text, kind: 'include', names: [] }];
}

export const bash: LanguageSpec = {
  id: 'bash',
  name: 'Bash',
  extensions: ['.sh', '.bash', '.zsh', '.ksh', '.bats', '.ebuild'],
  filenames: ['.bashrc', '.bash_profile', '.profile', '.zshrc', 'PKGBUILD'],
  interpreters: ['bash', 'sh', 'zsh', 'ksh', 'dash'],
  grammar: { wasm: 'bash.wasm', source: 'node_modules/tree-sitter-bash/tree-sitter-bash.wasm' },
  query,
  comments: ['comment'],
  wrappers: ['declaration_command'],
  hooks: {
    imports,
    symbol(draft) {
      draft.exported = true;
      return true;
    },
  },
};
