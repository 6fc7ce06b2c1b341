; --- definitions
(function_definition name: (identifier) @name) @definition.function
(class_definition name: (identifier) @name superclasses: (argument_list (identifier) @super)?) @definition.class
(class_definition name: (identifier) @name superclasses: (argument_list (attribute) @super)) @definition.class
(module (expression_statement (assignment left: (identifier) @name)) @definition.variable)
(class_definition body: (block (expression_statement (assignment left: (identifier) @name)) @definition.field))
(module (if_statement (block (expression_statement (assignment left: (identifier) @name)) @definition.variable)))
(module (try_statement (block (expression_statement (assignment left: (identifier) @name)) @definition.variable)))
(type_alias_statement left: (type (identifier) @name)) @definition.type

; --- imports and exports
(import_statement) @import
(import_from_statement) @import
(future_import_statement) @import
(call function: [(identifier) (attribute)] @_import arguments: (argument_list . (string))
  (#match? @_import "^(importlib\\.)?(import_module|__import__)$")) @import
(module (expression_statement (assignment left: (identifier) @_all) @export)
  (#eq? @_all "__all__"))

; --- references
(call function: (identifier) @reference.call)
(call function: (attribute object: (_) @qualifier attribute: (identifier) @reference.call))
(class_definition superclasses: (argument_list (identifier) @reference.extends))
(class_definition superclasses: (argument_list (attribute object: (_) @qualifier attribute: (identifier) @reference.extends)))
(decorator (identifier) @reference.annotation)
(decorator (attribute object: (_) @qualifier attribute: (identifier) @reference.annotation))
(type (identifier) @reference.type)
(type (attribute object: (_) @qualifier attribute: (identifier) @reference.type))
(type (subscript (identifier) @reference.type))
(type (generic_type (identifier) @reference.type))
(attribute object: (_) @qualifier attribute: (identifier) @reference.member)
(attribute object: (identifier) @reference.value)
(argument_list (identifier) @reference.value)
(keyword_argument value: (identifier) @reference.value)
(assignment right: (identifier) @reference.value)
(return_statement (identifier) @reference.value)
(list (identifier) @reference.value)
(tuple (identifier) @reference.value)
(pair value: (identifier) @reference.value)
(comparison_operator (identifier) @reference.value)
(boolean_operator (identifier) @reference.value)
(except_clause (identifier) @reference.type)
(as_pattern (identifier) @reference.type)
(raise_statement (identifier) @reference.type)

; --- what a name is
(typed_parameter (identifier) type: (type)) @binding
(typed_default_parameter name: (identifier) type: (type)) @binding
(assignment left: (identifier) type: (type)) @binding
(assignment left: (identifier) right: (call function: [(identifier) (attribute)])) @binding
(assignment left: (attribute object: (identifier) attribute: (identifier)) right: (call function: [(identifier) (attribute)])) @binding
