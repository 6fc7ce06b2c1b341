/** What JavaScript and TypeScript share beyond their queries: imports, exports, and what a variable holds. */
import type { Node } from 'web-tree-sitter';
import type { BindingDraft, ImportDraft, LanguageHooks, SymbolDraft } from '../../src/syntax/language.js';
import type { ImportedName } from '../../src/syntax/record.js';

const FUNCTIONS = new Set(['arrow_function', 'function_expression', 'generator_function']);

export const hooks: LanguageHooks = { imports, exports, bindings, symbol };

/** Text of a string or of a template without substitutions; undefined for anything computed. */
function literal(node: Node | null | undefined): string | undefined {
  if (!node || node.descendantsOfType('template_substitution').length > 0) return undefined;
  return node.type === 'string' || node.type === 'template_string' ? node.text.slice(1, -1) : undefined;
}

function imports(node: Node): ImportDraft[] {
  if (node.type === 'call_expression') return called(node);
  if (node.type === 'import_alias') return [];
  const required = node.namedChildren.find((c) => c?.type === 'import_require_clause');
  if (required) {
    const specifier = literal(required.childForFieldName('source'));
    const name = required.namedChild(0)?.text ?? '';
    return specifier === undefined ? [] : [{ specifier, kind: 'require', names: [{ name: '*', as: name }] }];
  }
  const specifier = literal(node.childForFieldName('source'));
  if (specifier === undefined) return [];
  const typeOnly = node.child(1)?.type === 'type' || node.child(1)?.type === 'typeof';
  const names = node.type === 'export_statement' ? reexported(node) : imported(node);
  const allTypes = names.length > 0 && names.every((n) => n.typeOnly === true);
  const kind = typeOnly || allTypes ? 'type' : node.type === 'export_statement' ? 'reexport' : 'import';
  // A type-only re-export is one for those who look for what a file exports.
  return [{ specifier, kind, names, ...(node.type === 'export_statement' ? { mark: 'reexport' } : {}) }];
}

function imported(node: Node): ImportedName[] {
  const clause = node.namedChildren.find((c) => c?.type === 'import_clause');
  const names: ImportedName[] = [];
  for (const part of clause?.namedChildren ?? []) {
    if (part?.type === 'identifier') names.push({ name: 'default', as: part.text });
    else if (part?.type === 'namespace_import') names.push({ name: '*', as: part.namedChild(0)?.text ?? '' });
    else if (part?.type === 'named_imports') names.push(...specifiers(part));
  }
  return names;
}

function reexported(node: Node): ImportedName[] {
  const names: ImportedName[] = [];
  for (const part of node.namedChildren) {
    if (part?.type === 'export_clause') names.push(...specifiers(part));
    else if (part?.type === 'namespace_export') names.push({ name: '*', as: part.namedChild(0)?.text ?? '' });
  }
  return names.length > 0 ? names : [{ name: '*', as: '*' }];
}

function specifiers(clause: Node): ImportedName[] {
  return clause.namedChildren.flatMap((s) => {
    const name = s?.childForFieldName('name')?.text;
    if (!s || name === undefined) return [];
    const typeOnly = s.child(0)?.type === 'type' && s.childCount > 1;
    return [{ name: unquoted(name), as: unquoted(s.childForFieldName('alias')?.text ?? name), ...(typeOnly ? { typeOnly } : {}) }];
  });
}

const unquoted = (name: string): string => (/^["']/.test(name) ? name.slice(1, -1) : name);

/** import('x') and require('x'), with the names that a declaration around the call takes out of it. */
function called(node: Node): ImportDraft[] {
  const specifier = literal(node.childForFieldName('arguments')?.namedChild(0));
  if (specifier === undefined) return [];
  const kind = node.childForFieldName('function')?.type === 'import' ? 'dynamic' : 'require';
  let holder = node.parent;
  let member: string | undefined;
  while (holder && ['await_expression', 'parenthesized_expression', 'member_expression'].includes(holder.type)) {
    if (holder.type === 'member_expression') member ??= holder.childForFieldName('property')?.text;
    holder = holder.parent;
  }
  const names: ImportedName[] = [];
  if (holder?.type === 'variable_declarator') {
    const pattern = holder.childForFieldName('name');
    if (pattern?.type === 'identifier') names.push({ name: member ?? '*', as: pattern.text });
    else if (member === undefined) names.push(...destructured(pattern));
  }
  return [{ specifier, kind, names }];
}

function destructured(pattern: Node | null | undefined): ImportedName[] {
  return (pattern?.type === 'object_pattern' ? pattern.namedChildren : []).flatMap((p) => {
    if (p?.type === 'shorthand_property_identifier_pattern') return [{ name: p.text, as: p.text }];
    const key = p?.childForFieldName('key');
    const value = p?.childForFieldName('value');
    return p?.type === 'pair_pattern' && key && value?.type === 'identifier' ? [{ name: key.text, as: value.text }] : [];
  });
}

/** Names a file exports that are not marked where they are defined. */
function exports(node: Node): ImportedName[] {
  if (node.type === 'assignment_expression') return assigned(node);
  if (node.childForFieldName('source')) return [];
  const clause = node.namedChildren.find((c) => c?.type === 'export_clause');
  if (clause) return specifiers(clause);
  const value = node.childForFieldName('value') ?? node.namedChildren.find((c) => c?.type === 'identifier');
  return value ? [{ name: value.text, as: node.children.some((c) => c?.type === '=') ? '=' : 'default' }] : [];
}

/** CommonJS: module.exports = x gives { name: "x", as: "=" }, exports.a = b gives { name: "b", as: "a" }. */
function assigned(node: Node): ImportedName[] {
  const left = node.childForFieldName('left')?.text ?? '';
  const right = node.childForFieldName('right');
  if (left === 'module.exports' || left === 'exports') {
    if (right?.type === 'object') {
      return right.namedChildren.flatMap((p) => {
        if (p?.type === 'shorthand_property_identifier') return [{ name: p.text, as: p.text }];
        const value = p?.childForFieldName('value');
        return p?.type === 'pair' && value
          ? [{ name: value.type === 'identifier' ? value.text : '', as: unquoted(p.childForFieldName('key')?.text ?? '') }]
          : [];
      });
    }
    return [{ name: right?.type === 'identifier' ? right.text : '', as: '=' }];
  }
  const member = /^(?:module\.)?exports\.([\w$]+)$/.exec(left)?.[1];
  return member === undefined ? [] : [{ name: right?.type === 'identifier' ? right.text : member, as: member }];
}

function bindings(node: Node): BindingDraft[] {
  const name = (node.childForFieldName('pattern') ?? node.childForFieldName('name') ?? node.childForFieldName('property'))?.text;
  if (name === undefined) return [];
  const type = typeName(node.childForFieldName('type')?.namedChild(0));
  const init = type === '' ? initialiser(node.childForFieldName('value')) : '';
  return type === '' && init === '' ? [] : [{ name, type, init }];
}

/** The one class or interface that a written type names: Foo, Foo<T>, ns.Foo, Foo | undefined, Promise<Foo> stays Promise. */
function typeName(node: Node | null | undefined): string {
  if (!node) return '';
  if (node.type === 'type_identifier' || node.type === 'nested_type_identifier') return node.text;
  if (node.type === 'generic_type') return node.childForFieldName('name')?.text ?? '';
  if (node.type === 'readonly_type' || node.type === 'parenthesized_type') return typeName(node.namedChild(0));
  if (node.type === 'union_type') {
    const named = node.namedChildren.map(typeName).filter((t) => t !== '');
    return named.length === 1 ? (named[0] ?? '') : '';
  }
  return '';
}

function initialiser(node: Node | null | undefined): string {
  if (!node) return '';
  if (node.type === 'await_expression') return initialiser(node.namedChild(0));
  const path = /^[\w$]+(\.[\w$]+)*$/;
  if (node.type === 'new_expression') {
    const made = node.childForFieldName('constructor')?.text ?? '';
    return path.test(made) ? `new ${made}` : '';
  }
  if (node.type === 'call_expression') {
    const callee = node.childForFieldName('function')?.text ?? '';
    return path.test(callee) && callee !== 'require' ? `${callee}()` : '';
  }
  return node.type === 'member_expression' && path.test(node.text) ? node.text : '';
}

function symbol(draft: SymbolDraft): boolean {
  const { node, outer } = draft;
  if (draft.kind === 'section') {
    draft.name = unquoted(draft.name.replace(/^`|`$/g, ''));
    draft.body = node.descendantsOfType('statement_block')[0] ?? undefined;
    return true;
  }
  const value = node.childForFieldName('value') ?? node.childForFieldName('right');
  // A variable that holds a required module is an import, not a definition.
  if (draft.kind === 'variable' && value?.type === 'call_expression' && value.childForFieldName('function')?.text === 'require')
    return false;
  if (value && FUNCTIONS.has(value.type)) {
    if (draft.kind === 'variable') draft.kind = 'function';
    if (draft.kind === 'field') draft.kind = 'method';
    draft.body = value.childForFieldName('body') ?? undefined;
  } else if (value?.type === 'class') {
    draft.kind = 'class';
    draft.body = value.childForFieldName('body') ?? undefined;
  } else if (value && (draft.kind === 'variable' || draft.kind === 'field') && value.endPosition.row > value.startPosition.row) {
    draft.body = value;
  }
  if (draft.kind === 'method') {
    if (draft.name === 'constructor') draft.kind = 'constructor';
    else if (node.type === 'method_definition' && node.children.some((c) => c?.type === 'get' || c?.type === 'set'))
      draft.kind = 'property';
  }
  draft.name = unquoted(draft.name);
  draft.exported = isExported(draft);
  if (node.type === 'assignment_expression') draft.mark = node.childForFieldName('left')?.text.replace(/\s+/g, '').slice(0, 80) ?? '';
  if (outer.type === 'export_statement' && outer.children.some((c) => c?.type === 'default')) draft.mark = 'default';
  return true;
}

function isExported({ node, outer, name, kind }: SymbolDraft): boolean {
  if (outer.type === 'export_statement' || node.type === 'export_statement') return true;
  if (/^(module\.)?exports\b/.test(node.childForFieldName('left')?.text ?? '')) return true;
  const holder = node.parent?.parent;
  // Members are as visible as what holds them, unless they say otherwise.
  if (kind === 'method' || kind === 'field' || kind === 'property' || kind === 'constructor' || kind === 'enumMember') {
    if (name.startsWith('#') || node.children.some((c) => c?.type === 'accessibility_modifier' && c.text === 'private')) return false;
    return holder?.parent?.type === 'export_statement' || holder?.type === 'export_statement';
  }
  return false;
}
