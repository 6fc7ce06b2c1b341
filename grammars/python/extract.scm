; --- definitions
(function_definition name: (identifier) @name) @definition.function
(class_definition name: (identifier) @name) @definition.class
(module (expression_statement (assignment left: (identifier) @name) @definition.variable))
(module (expression_statement (assignment left: (pattern_list (identifier) @name)) @definition.variable))
(class_definition body: (block (expression_statement (assignment left: (identifier) @name) @definition.field)))
(class_definition body: (block (expression_statement (assignment left: (pattern_list (identifier) @name)) @definition.field)))
; Module level is also what stands in its branches.
(module (if_statement (block (expression_statement (assignment left: (identifier) @name) @definition.variable))))
(module (if_statement (_ (block (expression_statement (assignment left: (identifier) @name) @definition.variable)))))
(module (try_statement (block (expression_statement (assignment left: (identifier) @name) @definition.variable))))
(module (try_statement (_ (block (expression_statement (assignment left: (identifier) @name) @definition.variable)))))
(module (with_statement (block (expression_statement (assignment left: (identifier) @name) @definition.variable))))
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
(type (string (string_content) @reference.type))
(subscript value: (identifier) @reference.value)
(subscript subscript: (identifier) @reference.value)
(binary_operator (identifier) @reference.value)
(unary_operator (identifier) @reference.value)
(not_operator (identifier) @reference.value)
(conditional_expression (identifier) @reference.value)
(interpolation (identifier) @reference.value)
(for_statement right: (identifier) @reference.value)
(for_in_clause right: (identifier) @reference.value)
(default_parameter value: (identifier) @reference.value)
(typed_default_parameter value: (identifier) @reference.value)
(with_item value: (identifier) @reference.value)
(if_statement condition: (identifier) @reference.value)
(while_statement condition: (identifier) @reference.value)
(named_expression value: (identifier) @reference.value)
(expression_list (identifier) @reference.value)
(augmented_assignment right: (identifier) @reference.value)
(list_splat (identifier) @reference.value)
(dictionary_splat (identifier) @reference.value)
(pair key: (identifier) @reference.value)
(set (identifier) @reference.value)
(await (identifier) @reference.value)
(yield (identifier) @reference.value)
(class_pattern (dotted_name . (identifier) @reference.type .))

; --- what a name is
(function_definition return_type: (type)) @binding
(parameters) @binding
(lambda_parameters) @binding
(assignment) @binding
(named_expression) @binding
(as_pattern) @binding
(for_statement) @binding
(for_in_clause) @binding
