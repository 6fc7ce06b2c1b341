/** Python 3. */
import type { Node } from 'web-tree-sitter';
import type { BindingDraft, ImportDraft, LanguageSpec, ReferenceDraft, SymbolDraft } from '../../src/syntax/language.js';
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

/** A value as a resolver can follow it: "f()", "a.b().c", "new Foo" for a cast; "" for anything else. */
function followable(node: Node | null | undefined): string {
  switch (node?.type) {
    case 'identifier':
      return node.text;
    case 'parenthesized_expression':
    case 'await':
      return followable(node.namedChild(0));
    case 'named_expression':
      return followable(node.childForFieldName('value'));
    case 'attribute': {
      const object = followable(node.childForFieldName('object'));
      return object === '' ? '' : `${object}.${node.childForFieldName('attribute')?.text ?? ''}`;
    }
    case 'call': {
      const callee = followable(node.childForFieldName('function'));
      if (/^(t\.|typing\.)?cast$/.test(callee)) {
        const type = plainType(node.childForFieldName('arguments')?.namedChild(0)?.text ?? '');
        return type === '' ? '' : `new ${type}`;
      }
      return callee === '' ? '' : `${callee}()`;
    }
    default:
      return '';
  }
}

/** What a name is bound to: every parameter, target and alias is remembered, so that a local name hides an outer one even where nothing is known of its value. */
function bindings(node: Node): BindingDraft[] {
  switch (node.type) {
    case 'function_definition': {
      const type = node.childForFieldName('return_type');
      return [{ name: `${node.childForFieldName('name')?.text ?? ''}()`, init: '', ...annotated(type) }];
    }
    case 'parameters':
    case 'lambda_parameters':
      return node.namedChildren.flatMap((c) => (c ? parameter(c) : []));
    case 'named_expression':
      return [{ name: node.childForFieldName('name')?.text ?? '', type: '', init: followable(node.childForFieldName('value')) }];
    case 'as_pattern': {
      const value = followable(node.namedChild(0));
      const caught = node.parent?.type === 'except_clause';
      const entered = value === '' ? '' : `${value}.__enter__()`;
      return targets(node.childForFieldName('alias')).map((name) => ({ name, type: caught ? value : '', init: caught ? '' : entered }));
    }
    case 'assignment': {
      const left = node.childForFieldName('left');
      const init = followable(node.childForFieldName('right'));
      if (left?.type !== 'identifier' && left?.type !== 'attribute') return unknown(targets(left));
      // self.x = … is remembered as "self.x"; other attributes belong to objects we know nothing of.
      return left.type === 'attribute' && !/^self\.\w+$/.test(left.text)
        ? []
        : [{ name: left.text, init, ...annotated(node.childForFieldName('type')) }];
    }
    default:
      return unknown(targets(node.childForFieldName('left')));
  }
}

function parameter(node: Node): BindingDraft[] {
  const name = node.type === 'identifier' ? node : (node.childForFieldName('name') ?? node.namedChild(0));
  // What *args: T holds is a tuple of T.
  if (name?.type !== 'identifier' || node.type.endsWith('splat_pattern')) return unknown(targets(name));
  return /^(self|cls)$/.test(name.text) ? [] : [{ name: name.text, init: '', ...annotated(node.childForFieldName('type')) }];
}

const unknown = (names: readonly string[]): BindingDraft[] => names.map((name) => ({ name, type: '', init: '' }));

/** Names that a target binds: "a", "(a, *b)". */
function targets(node: Node | null | undefined): string[] {
  if (node?.type === 'identifier') return [node.text];
  return node && /pattern|^(tuple|list)$/.test(node.type) ? node.namedChildren.flatMap(targets) : [];
}

/** An annotation as a binding keeps it: an instance by its type, type[Foo] by the class that is the value. */
function annotated(type: Node | null): { type: string; init?: string } {
  const text = type?.text ?? '';
  const held = /^["']?(?:\w+\.)?[tT]ype\[([\w.]+)\]["']?$/.exec(text)?.[1];
  const plain = held === undefined ? plainType(text) : '';
  if (held !== undefined) return { type: '', init: held };
  // Nothing of use written: an initialiser may still say something.
  return plain === '' ? { type: '' } : { type: plain, init: '' };
}

/** The one class in an annotation: "Foo", "t.Foo", '"Foo"', "Foo | None", "Optional[Foo]". */
function plainType(text: string): string {
  const bare = text
    .replace(/["'\s]/g, '')
    .replace(/^(?:[\w.]+\.)?Optional\[(.+)\]$/, '$1')
    .replace(/\|None$|^None\|/, '');
  return /^[A-Za-z_][\w.]*$/.test(bare) ? bare : (/^([A-Za-z_][\w.]*)\[[^|]*\]$/.exec(bare)?.[1] ?? '');
}

function symbol(draft: SymbolDraft): boolean {
  const { node, outer } = draft;
  if (draft.kind === 'function' && outer.parent?.parent?.type === 'class_definition') {
    const decorators = outer.type === 'decorated_definition' ? outer.namedChildren.filter((c) => c?.type === 'decorator') : [];
    const isProperty = decorators.some((d) => d && /^@\s*(?:[\w.]*property|\w+\.(?:setter|getter|deleter))$/.test(d.text.trim()));
    draft.kind = isProperty ? 'property' : /^__(init|new)__$/.test(draft.name) ? 'constructor' : 'method';
  }
  // Bases in the order in which names are looked up in them; Generic[T] without its arguments, metaclass=… left out.
  for (const base of node.childForFieldName('superclasses')?.namedChildren ?? []) {
    const plain = base?.type === 'subscript' ? base.childForFieldName('value') : base;
    if (plain?.type === 'identifier' || plain?.type === 'attribute') draft.supers.push(plain.text);
  }
  if (draft.kind === 'variable' && /^[A-Z][A-Z0-9_]*$/.test(draft.name)) draft.kind = 'constant';
  draft.exported = !draft.name.startsWith('_') || /^__\w+__$/.test(draft.name);
  return true;
}

/** The names in a quoted annotation are uses; calls before a dot are kept as a path that can be followed. */
function reference(draft: ReferenceDraft, node: Node): ReferenceDraft | undefined {
  if (node.type === 'string_content') {
    const [, path = '', name] = /^(?:([\w.]+)\.)?(\w+)$/.exec(plainType(node.text)) ?? [];
    return name === undefined ? undefined : { ...draft, name, qualifier: path };
  }
  if (draft.qualifier !== '?') return draft;
  return { ...draft, qualifier: followable(node.parent?.childForFieldName('object')) || '?' };
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
  hooks: { imports, exports, bindings, symbol, reference },
};
