/** Python 3. */
import type { Node } from 'web-tree-sitter';
import type { BindingDraft, ImportDraft, LanguageSpec, SymbolDraft } from '../../src/syntax/language.js';
import type { ImportedName } from '../../src/syntax/record.js';
import query from './extract.scm';

/** `from ..a import b` has specifier "..a"; `import a.b` has specifier "a.b" and binds "a", or its alias. */
function imports(node: Node): ImportDraft[] {
  if (node.type === 'call') {
    const specifier = /^["'](.*)["']$/.exec(node.childForFieldName('arguments')?.namedChild(0)?.text ?? '')?.[1];
    return specifier === undefined ? [] : [{ specifier, kind: 'dynamic', names: [] }];
  }
  const kind = insideTypeChecking(node) ? 'type' : 'import';
  const named = node.childrenForFieldName('name').filter((n) => n !== null);
  if (node.type === 'import_statement') {
    return named.map((n) => {
      const { name, as } = aliased(n);
      return {
        specifier: name,
        kind,
        names: [{ name: '*', as: as ?? name.split('.')[0] ?? name }],
        ...(as === undefined ? {} : { mark: 'as' }),
      };
    });
  }
  const specifier =
    node.type === 'future_import_statement' ? '__future__' : (node.childForFieldName('module_name')?.text.replace(/\s+/g, '') ?? '');
  const star = node.namedChildren.some((c) => c?.type === 'wildcard_import');
  const names = star
    ? [{ name: '*', as: '*' }]
    : named.map((n) => {
        const { name, as } = aliased(n);
        return { name, as: as ?? name };
      });
  return [{ specifier, kind, names, mark: 'from' }];
}

function aliased(node: Node): { name: string; as: string | undefined } {
  if (node.type !== 'aliased_import') return { name: node.text.replace(/\s+/g, ''), as: undefined };
  return { name: node.childForFieldName('name')?.text.replace(/\s+/g, '') ?? '', as: node.childForFieldName('alias')?.text };
}

/** Whether it stands under `if TYPE_CHECKING:`, where only checkers go. */
function insideTypeChecking(node: Node): boolean {
  for (let up = node.parent; up; up = up.parent) {
    if (up.type === 'if_statement' && /(^|\.)TYPE_CHECKING$/.test(up.childForFieldName('condition')?.text ?? '')) return true;
  }
  return false;
}

function exports(node: Node): ImportedName[] {
  return node.descendantsOfType('string_content').flatMap((s) => (s ? [{ name: s.text, as: s.text }] : []));
}

function bindings(node: Node): BindingDraft[] {
  const left = node.childForFieldName('left') ?? node.childForFieldName('name') ?? node.namedChild(0);
  // self.x = … is remembered as "self.x"; other attributes belong to objects we know nothing of.
  if (!left || (left.type === 'attribute' && !left.text.startsWith('self.'))) return [];
  const written = node.childForFieldName('type');
  const type = written ? plainType(written.text) : '';
  const callee = type === '' ? node.childForFieldName('right')?.childForFieldName('function')?.text : undefined;
  return type === '' && callee === undefined ? [] : [{ name: left.text, type, init: callee === undefined ? '' : `${callee}()` }];
}

/** The one class in an annotation: "Foo", "t.Foo", '"Foo"', "Foo | None", "Optional[Foo]". */
function plainType(text: string): string {
  const bare = text
    .replace(/["'\s]/g, '')
    .replace(/^(?:[\w.]+\.)?Optional\[(.+)\]$/, '$1')
    .replace(/\|None$|^None\|/, '');
  return /^[A-Za-z_][\w.]*$/.test(bare) ? bare : (/^([A-Za-z_][\w.]*)\[/.exec(bare)?.[1] ?? '');
}

function symbol(draft: SymbolDraft): boolean {
  if (draft.kind === 'function' && draft.outer.parent?.parent?.type === 'class_definition') {
    draft.kind = /^__(init|new)__$/.test(draft.name) ? 'constructor' : 'method';
  }
  if (draft.kind === 'variable' && /^[A-Z][A-Z0-9_]*$/.test(draft.name)) draft.kind = 'constant';
  draft.exported = !draft.name.startsWith('_') || /^__\w+__$/.test(draft.name);
  return true;
}

export const python: LanguageSpec = {
  id: 'python',
  name: 'Python',
  extensions: ['.py', '.pyi', '.pyw'],
  filenames: ['SConstruct', 'SConscript', 'wscript'],
  interpreters: ['python', 'pypy'],
  grammar: { wasm: 'python.wasm', source: 'node_modules/tree-sitter-python/tree-sitter-python.wasm' },
  query,
  comments: ['comment'],
  wrappers: ['decorated_definition'],
  hooks: { imports, exports, bindings, symbol },
};
