/** C#. */
import type { Node } from 'web-tree-sitter';
import type { ImportDraft, LanguageSpec, SymbolDraft } from '../../src/syntax/language.js';
import { bindings } from './bindings.js';
import query from './extract.scm';
import { prepare } from './prepare.js';
import { reference } from './references.js';
import { typeOf } from './values.js';

/** `using A.B;`, `using static A.B;`, `global using A.B;`, `using X = A.B<C>;` (named X); `scoped` behind a file-scoped namespace. */
function imports(node: Node): ImportDraft[] {
  const alias = node.childForFieldName('name');
  const target = node.namedChildren.findLast((c) => c !== null && c.id !== alias?.id);
  const words = node.children.flatMap((c) => (c && !c.isNamed ? [c.type] : []));
  const marks = ['global', 'static'].filter((w) => words.includes(w));
  for (let before = node.previousNamedSibling; before; before = before.previousNamedSibling)
    if (before.type === 'file_scoped_namespace_declaration') marks.push('scoped');
  return [
    {
      specifier: typeOf(target).replace(/^global::/, ''),
      kind: 'use',
      names: alias ? [{ name: '*', as: alias.text }] : [],
      ...(marks.length > 0 ? { mark: marks.join(' ') } : {}),
    },
  ];
}

const TYPE = /^(class|interface|struct|record|enum|delegate)_declaration$/;

/**
 * A definition's mark tells what its name does not: modifiers that matter, type parameters
 * "<T,U>" with their bounds "T:Foo", what a method or primary constructor takes "(Foo,List<Bar>,int?,Foo[]*)": "?" behind
 * what may be left out, "*" behind `params`.
 */
function symbol(draft: SymbolDraft): boolean {
  const { node } = draft;
  const modifiers = node.namedChildren.flatMap((c) => (c?.type === 'modifier' ? [c.text] : []));
  draft.exported =
    draft.kind === 'namespace' ||
    draft.kind === 'enumMember' ||
    modifiers.some((m) => m === 'public' || m === 'protected' || m === 'internal') ||
    node.parent?.parent?.type === 'interface_declaration';
  const parameters = node.childForFieldName('parameters') ?? node.namedChildren.find((c) => c?.type === 'parameter_list');
  const marks: string[] = modifiers.filter((m) => m === 'partial' || m === 'static' || m === 'private' || m === 'file');
  if (modifiers.includes('public')) marks.push('public');
  if (parameters?.namedChild(0)?.children.some((c) => c?.type === 'modifier' && c.text === 'this')) marks.push('extension');
  if (node.namedChildren.some((c) => c?.type === 'explicit_interface_specifier')) marks.push('explicit');
  marks.push(...generics(node));
  if (parameters) marks.push(`(${taken(parameters).join(',')})`);
  if (marks.length > 0) draft.mark = marks.join(' ');
  const bases = node.namedChildren.find((c) => c?.type === 'base_list');
  for (const base of bases?.namedChildren ?? []) {
    const type = typeOf(base);
    if (type !== '') draft.supers.push(type);
  }
  // A record's parameters are its properties.
  draft.body ??= node.childForFieldName('accessors') ?? undefined;
  return draft.kind !== 'constructor' || TYPE.test(node.parent?.parent?.type ?? '') || node.parent?.type === 'ERROR';
}

function generics(node: Node): string[] {
  const list = node.childForFieldName('type_parameters') ?? node.namedChildren.find((c) => c?.type === 'type_parameter_list');
  const names = list?.namedChildren.flatMap((p) => p?.childForFieldName('name')?.text ?? []) ?? [];
  if (names.length === 0) return [];
  const bounds = node.namedChildren
    .filter((c) => c?.type === 'type_parameter_constraints_clause')
    .flatMap((c) => {
      const types =
        c?.namedChildren.flatMap((t) => (t?.type === 'type_parameter_constraint' ? typeOf(t.childForFieldName('type')) : '')) ?? [];
      return types.filter((t) => t !== '').map((t) => `${c?.namedChild(0)?.text}:${t}`);
    });
  return [`<${names.join(',')}>`, ...bounds];
}

/** Types of parameters in their order; "object" for what has no name of its own. */
function taken(list: Node): string[] {
  const types = list.namedChildren.flatMap((p) =>
    p?.type === 'parameter' ? [`${typeOf(p.childForFieldName('type')) || 'object'}${isOptional(p) ? '?' : ''}`] : [],
  );
  // `params Foo[] more` stands in the list itself.
  const rest = list.childForFieldName('type');
  return rest ? [...types, `${typeOf(rest)}*`] : types;
}

const isOptional = (parameter: Node): boolean => parameter.children.some((c) => c?.type === '=');

export const csharp: LanguageSpec = {
  id: 'csharp',
  name: 'C#',
  extensions: ['.cs', '.csx'],
  grammar: { wasm: 'csharp.wasm', source: 'node_modules/tree-sitter-c-sharp/tree-sitter-c_sharp.wasm' },
  query,
  comments: ['comment'],
  hooks: { prepare, imports, bindings, symbol, reference },
};
