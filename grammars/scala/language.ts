/** Scala 2 and 3. */
import type { Node } from 'web-tree-sitter';
import type { ImportDraft, LanguageSpec, SymbolDraft } from '../../src/syntax/language.js';
import query from './extract.scm';

/** `import a.b.{C, D => E, _}` is one import per name. */
function imports(node: Node): ImportDraft[] {
  const text = node.text.replace(/^import\s+/, '').replace(/\s+/g, ' ');
  return text.split(/,(?![^{]*\})/).flatMap((clause) => {
    const [, path = '', list] = /^\s*([\w.`$]+?)(?:\.\{(.*)\}|\.[_*])?\s*$/.exec(clause) ?? [];
    if (path === '') return [];
    if (list !== undefined) {
      return list.split(',').map((item) => {
        const [name = '', as = name] = item.split(/=>|\bas\b/).map((s) => s.trim());
        const all = name === '_' || name === '*' || name === 'given';
        return {
          specifier: all ? path : `${path}.${name}`,
          kind: 'import' as const,
          names: [{ name: all ? '*' : name, as: all ? '*' : as }],
        };
      });
    }
    const last = /\.[_*]\s*$/.test(clause) ? '*' : path.slice(path.lastIndexOf('.') + 1);
    return [{ specifier: path, kind: 'import' as const, names: [{ name: last, as: last }] }];
  });
}

function symbol(draft: SymbolDraft): boolean {
  const modifiers = draft.node.namedChildren.find((c) => c?.type === 'modifiers')?.text ?? '';
  if (draft.kind === 'function' && draft.node.parent?.type === 'template_body') draft.kind = 'method';
  draft.exported = !/\bprivate\b/.test(modifiers);
  return true;
}

export const scala: LanguageSpec = {
  id: 'scala',
  name: 'Scala',
  extensions: ['.scala', '.sc', '.sbt'],
  interpreters: ['scala'],
  grammar: { wasm: 'scala.wasm', source: 'node_modules/tree-sitter-scala/tree-sitter-scala.wasm' },
  query,
  comments: ['comment', 'block_comment'],
  hooks: { imports, symbol },
};
