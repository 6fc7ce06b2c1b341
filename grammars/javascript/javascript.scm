; Shared by JavaScript, TypeScript and TSX: only node types that all three grammars have.

; --- definitions
(function_declaration name: (identifier) @name) @definition.function
(generator_function_declaration name: (identifier) @name) @definition.function
(method_definition name: (_) @name) @definition.method

; A variable of the module, not of a function.
(program (lexical_declaration (variable_declarator name: (identifier) @name) @definition.variable))
(program (variable_declaration (variable_declarator name: (identifier) @name) @definition.variable))
(program (export_statement (lexical_declaration (variable_declarator name: (identifier) @name) @definition.variable)))
(program (export_statement (variable_declaration (variable_declarator name: (identifier) @name) @definition.variable)))

; export default function () {}, export default {…}
(export_statement "default" @name value: (_) @definition.variable)

; Assigned functions: exports.a = …, app.use = function …, Foo.prototype.bar = …
(program (expression_statement (assignment_expression left: (member_expression property: (property_identifier) @name) right: [(function_expression) (arrow_function) (class)]) @definition.function))
; exports.a = value
(program (expression_statement (assignment_expression left: (member_expression object: (identifier) @_exports property: (property_identifier) @name)) @definition.variable)
  (#eq? @_exports "exports"))
(program (expression_statement (assignment_expression left: (member_expression object: (member_expression object: (identifier) @_module property: (property_identifier) @_exports) property: (property_identifier) @name)) @definition.variable)
  (#eq? @_module "module") (#eq? @_exports "exports"))

; Functions in an object literal.
(pair key: (property_identifier) @name value: [(function_expression) (arrow_function)]) @definition.method

; Blocks of a test file.
(call_expression function: (identifier) @_block arguments: (arguments . [(string) (template_string)] @name)
  (#match? @_block "^(describe|context|suite|it|test|specify)$")) @definition.section
(call_expression function: (member_expression object: (identifier) @_block property: (property_identifier) @_mode) arguments: (arguments . [(string) (template_string)] @name)
  (#match? @_block "^(describe|context|suite|it|test|specify)$")
  (#match? @_mode "^(skip|only|todo|concurrent|each)$")) @definition.section

; --- imports and exports
(import_statement) @import
(export_statement source: (string)) @import
(call_expression function: (import)) @import
(call_expression function: (identifier) @_require arguments: (arguments . [(string) (template_string)])
  (#eq? @_require "require")) @import
(export_statement (export_clause)) @export
(export_statement "default" value: (identifier)) @export
(assignment_expression left: (member_expression)) @export

; --- references
(call_expression function: (identifier) @reference.call)
(call_expression function: (member_expression object: (_) @qualifier property: [(property_identifier) (private_property_identifier)] @reference.call))
(new_expression constructor: (identifier) @reference.new)
(new_expression constructor: (member_expression object: (_) @qualifier property: (property_identifier) @reference.new))
(member_expression object: (_) @qualifier property: [(property_identifier) (private_property_identifier)] @reference.member)
(member_expression object: (identifier) @reference.value)
(subscript_expression (identifier) @reference.value)
(arguments (identifier) @reference.value)
(array (identifier) @reference.value)
(pair value: (identifier) @reference.value)
(computed_property_name (identifier) @reference.value)
(shorthand_property_identifier) @reference.value
(variable_declarator value: (identifier) @reference.value)
(assignment_expression (identifier) @reference.value)
(augmented_assignment_expression (identifier) @reference.value)
(update_expression (identifier) @reference.value)
(assignment_pattern right: (identifier) @reference.value)
(object_assignment_pattern right: (identifier) @reference.value)
(parenthesized_expression (identifier) @reference.value)
(sequence_expression (identifier) @reference.value)
(unary_expression (identifier) @reference.value)
(binary_expression (identifier) @reference.value)
(ternary_expression (identifier) @reference.value)
(await_expression (identifier) @reference.value)
(yield_expression (identifier) @reference.value)
(spread_element (identifier) @reference.value)
(template_substitution (identifier) @reference.value)
(arrow_function body: (identifier) @reference.value)
(return_statement (identifier) @reference.value)
(throw_statement (identifier) @reference.value)
(expression_statement (identifier) @reference.value)
(for_in_statement right: (identifier) @reference.value)
(switch_case value: (identifier) @reference.value)
(export_statement value: (identifier) @reference.value)
(decorator (identifier) @reference.annotation)
(decorator (call_expression function: (identifier) @reference.annotation))

; --- what a name is
(variable_declarator name: (identifier) value: [(new_expression) (call_expression) (await_expression) (member_expression)]) @binding
