/** Scala 2 and 3. */
import type { Node } from 'web-tree-sitter';
import type { ImportDraft, LanguageSpec, ReferenceDraft, SymbolDraft } from '../../src/syntax/language.js';
import query from './extract.scm';
import { bindings, followable, typePath } from './values.js';

/** `import a.b.{C, D => E, _}` is one import per name; a package clause opens a package inside the ones before it. */
function imports(node: Node): ImportDraft[] {
  if (node.type === 'package_clause') {
    const specifier = node.childForFieldName('name')?.text.replace(/\s+/g, '') ?? '';
    return specifier === '' ? [] : [{ specifier, kind: 'package', names: [] }];
  }
  const drafts: ImportDraft[] = [];
  let path: string[] = [];
  for (const child of node.children) {
    switch (child?.type) {
      case ',':
        drafts.push(...one(path));
        path = [];
        break;
      case 'namespace_wildcard':
        drafts.push(all(path));
        path = [];
        break;
      case 'namespace_selectors':
        for (const s of child.namedChildren) drafts.push(...selected(path, s));
        path = [];
        break;
      case 'as_renamed_identifier':
        drafts.push(...selected(path, child));
        path = [];
        break;
      case 'identifier':
      case 'operator_identifier':
        path.push(child.text.replaceAll('`', ''));
        break;
    }
  }
  return [...drafts, ...one(path)];
}

const all = (path: readonly string[]): ImportDraft => ({ specifier: path.join('.'), kind: 'import', names: [{ name: '*', as: '*' }] });

function one(path: readonly string[], as = path.at(-1) ?? ''): ImportDraft[] {
  return path.length === 0 ? [] : [{ specifier: path.join('.'), kind: 'import', names: [{ name: path.at(-1) ?? '', as }] }];
}

function selected(path: readonly string[], selector: Node | null): ImportDraft[] {
  if (selector?.type === 'namespace_wildcard') return [all(path)];
  const name = (selector?.childForFieldName('name') ?? selector)?.text.replaceAll('`', '') ?? '';
  const alias = selector?.childForFieldName('alias')?.text;
  // `Name => _` hides a name.
  return alias === '_' || !selector || selector.type.includes('comment') ? [] : one([...path, name], alias ?? name);
}

/** Where a val or a def is a member or a top-level definition; anywhere else it is a local. */
const HOLDERS = new Set(['template_body', 'enum_body', 'compilation_unit', 'with_template_body']);

function symbol(draft: SymbolDraft): boolean {
  const { node } = draft;
  const modifiers = node.namedChildren.find((c) => c?.type === 'modifiers')?.text ?? '';
  const holder = node.parent?.type ?? '';
  switch (draft.kind) {
    case 'function':
      if (draft.name === 'this') draft.kind = 'constructor';
      else if (holder === 'template_body' || holder === 'enum_body') draft.kind = 'method';
      break;
    case 'field':
      if (node.type !== 'class_parameter' && !HOLDERS.has(holder)) return false;
      if (holder === 'compilation_unit') draft.kind = 'variable';
      break;
    case 'object':
      if (node.type === 'package_object') draft.mark = 'package';
      break;
    case 'type': {
      const aliased = typePath(node.childForFieldName('type'));
      if (aliased !== '') draft.supers.push(aliased);
      break;
    }
  }
  // `private[pkg]` lets the package see it.
  draft.exported = !/\bprivate\b(?!\s*\[)|\bprivate\s*\[\s*this\s*\]/.test(modifiers);
  for (const base of node.childForFieldName('extend')?.childrenForFieldName('type') ?? []) {
    const name = typePath(base);
    if (name !== '') draft.supers.push(name);
  }
  return true;
}

/** Nodes right under which an identifier is a declared name or a part of a longer one: no use. */
const NOT_USES =
  /^(package_identifier|import_declaration|namespace_selectors|arrow_renamed_identifier|as_renamed_identifier|access_qualifier|self_type|binding|type_parameters)$/;

function reference(draft: ReferenceDraft, node: Node): ReferenceDraft | undefined {
  const { parent } = node;
  if (!parent) return draft;
  const plain = { ...draft, name: draft.name.replaceAll('`', '') };
  if (draft.kind === 'value') {
    if (NOT_USES.test(parent.type)) return undefined;
    if (parent.childForFieldName('name')?.id === node.id || parent.childForFieldName('interpolator')?.id === node.id) return undefined;
    // `name = …` in a call names a parameter.
    if (parent.type === 'assignment_expression' && parent.parent?.type === 'arguments' && parent.childForFieldName('left')?.id === node.id)
      return undefined;
    // `a op b` calls op.
    if (parent.type === 'infix_expression' && parent.childForFieldName('operator')?.id === node.id)
      return { ...plain, kind: 'call', qualifier: followable(parent.childForFieldName('left')) || '?' };
    if (parent.type === 'stable_identifier' || parent.type === 'stable_type_identifier') {
      const before = parent.namedChildren.filter((c) => c !== null && c.startIndex < node.startIndex);
      return { ...plain, kind: before.length > 0 ? 'member' : 'value', qualifier: before.map((c) => c?.text ?? '').join('.') };
    }
    return plain;
  }
  if (draft.qualifier !== '?') return plain;
  return { ...plain, qualifier: followable(parent.childForFieldName('value')) || '?' };
}

export const scala: LanguageSpec = {
  id: 'scala',
  name: 'Scala',
  extensions: ['.scala', '.sc', '.sbt'],
  interpreters: ['scala'],
  grammar: { wasm: 'scala.wasm', source: 'grammars/scala/parser/tree-sitter-scala.wasm' },
  query,
  comments: ['comment', 'block_comment'],
  leading: ['annotation'],
  hooks: { imports, bindings, symbol, reference },
};
