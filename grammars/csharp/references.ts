/** What a name in C# code is used as, told from where it stands. */
import type { Node } from 'web-tree-sitter';
import type { ReferenceDraft } from '../../src/syntax/language.js';
import type { ReferenceKind } from '../../src/syntax/record.js';
import { testedBy } from './bindings.js';
import { argumentLetters, arityOf, localName, shorthandOf, typeOf } from './values.js';

/** Nodes whose children are types wherever they stand. */
const OF_TYPES =
  /^(base_list|primary_constructor_base_type|type_argument_list|nullable_type|array_type|pointer_type|ref_type|scoped_type|typeof_expression|sizeof_expression|default_expression|type_parameter_constraint|explicit_interface_specifier|function_pointer_parameter|tuple_element)$/;

/** Nodes whose field `name` is what they declare, or the name of a parameter. */
const DECLARING =
  /^(parameter|parameter_list|variable_declarator|type_parameter|name_colon|argument|attribute_argument|declaration_expression|declaration_pattern|recursive_pattern|tuple_pattern|catch_declaration|tuple_element|local_function_statement|from_clause|using_directive|namespace_declaration|file_scoped_namespace_declaration|labeled_statement|goto_statement|join_into_clause|query_expression)$/;

/**
 * Last word on a use of a name. Behind a dot the qualifier is the value or type before it;
 * a name with type arguments has their number behind a backtick, "A.B`1", a call a letter for
 * each argument behind a slash, "a.b/fsx": a lambda, a string, anything else. The leftmost name of a dotted expression, which may be a
 * value or a type, is a `member` of nothing; a bare `value` can only be a value.
 */
export function reference(_: ReferenceDraft, identifier: Node): ReferenceDraft | undefined {
  const name = identifier.text;
  const generic = identifier.parent?.type === 'generic_name' ? identifier.parent : undefined;
  const node = generic ?? identifier;
  const parent = node.parent;
  if (!parent || name === 'var' || name === '_') return undefined;
  const draft = (kind: ReferenceKind, before = ''): ReferenceDraft => ({
    name,
    kind,
    qualifier: `${before}${generic ? `\`${arityOf(generic)}` : ''}${kind === 'call' ? `/${shapeOf(node)}` : ''}`,
  });
  const is = (field: string): boolean => parent.childForFieldName(field)?.id === node.id;

  switch (parent.type) {
    case 'member_access_expression':
      if (is('name')) return draft(called(parent) ? 'call' : 'member', shorthandOf(parent.childForFieldName('expression')) || '?');
      return leftmost(node, draft);
    case 'member_binding_expression':
      return draft(
        parent.parent && called(parent.parent) ? 'call' : 'member',
        shorthandOf(parent.parent?.childForFieldName('condition')) || '?',
      );
    case 'conditional_access_expression':
      return leftmost(node, draft);
    case 'invocation_expression':
      return is('function') && name !== 'nameof' ? draft('call') : undefined;
    case 'qualified_name':
    case 'alias_qualified_name':
      if (inDirective(parent) || is('alias')) return undefined;
      return draft('type', is('name') ? qualifierOf(parent) : '');
    case 'attribute':
      return draft('annotation');
    case 'attribute_argument':
      if (is('name')) return draft('member', attributeOf(parent));
      break;
    case 'object_creation_expression':
      if (is('type')) return draft('new');
      break;
    case 'assignment_expression': {
      const into = parent.parent;
      if (is('left') && into?.type === 'initializer_expression') return draft('member', initialised(into) || '?');
      break;
    }
    case 'with_initializer':
      if (parent.namedChild(0)?.id === node.id) return draft('member', shorthandOf(parent.parent?.namedChild(0)) || '?');
      break;
    case 'subpattern':
      if (parent.namedChildCount > 1 && parent.namedChild(0)?.id === node.id) return draft('member', testedOn(parent) || '?');
      return leftmost(node, draft);
    case 'using_directive':
    case 'implicit_parameter':
    case 'type_parameter_constraints_clause':
      return undefined;
    case 'let_clause':
    case 'join_clause':
      if (parent.namedChild(0)?.id === node.id) return undefined;
      break;
    case 'as_expression':
    case 'is_expression':
      if (is('right')) return draft('type');
      break;
    case 'declaration_pattern':
    case 'constant_pattern':
      // `x is Foo` names a constant or a type.
      if (!is('name')) return is('type') ? draft('type') : leftmost(node, draft);
      break;
  }
  if (is('type') || is('returns') || OF_TYPES.test(parent.type)) return is('name') ? undefined : draft('type');
  if (DECLARING.test(parent.type) && (is('name') || /^(join_into_clause|query_expression)$/.test(parent.type))) return undefined;
  if (parent.type === 'foreach_statement' && is('left')) return undefined;
  if (insideNameof(parent)) return leftmost(node, draft);
  return generic ? draft('type') : localName(identifier) === name ? draft('value') : undefined;
}

/** A name that may stand for a value or for a type. Lambda parameters are neither's. */
const leftmost = (node: Node, draft: (kind: ReferenceKind) => ReferenceDraft): ReferenceDraft | undefined =>
  node.type === 'identifier' && localName(node) !== node.text ? undefined : draft(node.type === 'generic_name' ? 'type' : 'member');

/** The arguments that a name is called with, a letter for each. */
function shapeOf(name: Node): string {
  let call = name.parent;
  while (call && call.type !== 'invocation_expression') call = call.parent;
  return call ? argumentLetters(call) : '';
}

const called = (access: Node): boolean =>
  access.parent?.type === 'invocation_expression' && access.parent.childForFieldName('function')?.id === access.id;

const insideNameof = (argument: Node): boolean =>
  argument.type === 'argument' && argument.parent?.parent?.childForFieldName('function')?.text === 'nameof';

/** The path before the last name of a dotted type; "global::" falls away, another alias stays. */
function qualifierOf(path: Node): string {
  if (path.type === 'qualified_name') return typeOf(path.childForFieldName('qualifier'));
  const alias = path.childForFieldName('alias')?.text ?? '';
  return alias === 'global' ? 'global::' : alias;
}

function inDirective(path: Node): boolean {
  let up: Node | null = path;
  while (up && /^(qualified_name|alias_qualified_name|generic_name|type_argument_list)$/.test(up.type)) up = up.parent;
  return up !== null && /^(using_directive|namespace_declaration|file_scoped_namespace_declaration)$/.test(up.type);
}

/** What `{ Name = value }` initialises: the object made before it, or the property that it stands behind. */
function initialised(initializer: Node): string {
  const holder = initializer.parent;
  if (holder?.type === 'object_creation_expression') {
    const type = typeOf(holder.childForFieldName('type'));
    return type === '' ? '' : `(${type})`;
  }
  if (holder?.type === 'implicit_object_creation_expression') return targetOf(holder);
  if (holder?.type !== 'assignment_expression') return '';
  const outer = holder.parent?.type === 'initializer_expression' ? initialised(holder.parent) : '';
  return outer === '' ? '' : `${outer}.${holder.childForFieldName('left')?.text ?? ''}`;
}

/** The attribute whose property an argument sets. */
function attributeOf(argument: Node): string {
  const name = typeOf(argument.parent?.parent?.childForFieldName('name'));
  return name === '' ? '?' : `(${name.replace(/Attribute$/, '')}Attribute)`;
}

/** What `new()` makes where a declaration says it. */
function targetOf(creation: Node): string {
  const holder = creation.parent;
  const typed = holder?.type === 'variable_declarator' ? holder.parent : holder?.type === 'property_declaration' ? holder : undefined;
  const type = typeOf(typed?.childForFieldName('type'));
  return type === '' ? '' : `(${type})`;
}

/** What `{ Name: … }` looks into. */
function testedOn(subpattern: Node): string {
  const inner = subpattern.namedChildren.at(-1);
  const path = inner ? testedBy(inner) : '';
  const name = subpattern.namedChild(0)?.text ?? '';
  return path.endsWith(`.${name}`) ? path.slice(0, -name.length - 1) : '';
}
