; C++, after C's query.

; --- definitions
(class_specifier name: (type_identifier) @name (base_class_clause (type_identifier) @super)? body: (_)) @definition.class
(struct_specifier name: (type_identifier) @name (base_class_clause (type_identifier) @super) body: (_)) @definition.struct
(class_specifier name: (template_type name: (type_identifier) @name) body: (_)) @definition.class
(struct_specifier name: (template_type name: (type_identifier) @name) body: (_)) @definition.struct
(namespace_definition name: (_) @name) @definition.namespace
(alias_declaration name: (type_identifier) @name) @definition.type
(concept_definition name: (identifier) @name) @definition.type
(function_definition declarator: (function_declarator declarator: (field_identifier) @name)) @definition.method
(function_definition declarator: (reference_declarator (function_declarator declarator: (field_identifier) @name))) @definition.method
(function_definition declarator: (pointer_declarator declarator: (function_declarator declarator: (field_identifier) @name))) @definition.method
(function_definition declarator: (reference_declarator (function_declarator declarator: (identifier) @name))) @definition.function
(function_definition declarator: (function_declarator declarator: (qualified_identifier) @name)) @definition.method
(function_definition declarator: (reference_declarator (function_declarator declarator: (qualified_identifier) @name))) @definition.method
(declaration declarator: (function_declarator declarator: (qualified_identifier) @name)) @definition.method
(function_definition declarator: (pointer_declarator declarator: (function_declarator declarator: (qualified_identifier) @name))) @definition.method
(function_definition declarator: (function_declarator declarator: [(operator_name) (destructor_name)] @name)) @definition.method
(function_definition declarator: (reference_declarator (function_declarator declarator: (operator_name) @name))) @definition.method
(function_definition declarator: (pointer_declarator declarator: (function_declarator declarator: (operator_name) @name))) @definition.method
(field_declaration declarator: (reference_declarator (function_declarator declarator: (operator_name) @name))) @definition.method
(field_declaration declarator: (pointer_declarator declarator: (function_declarator declarator: (operator_name) @name))) @definition.method
(function_definition declarator: [(operator_cast) (qualified_identifier name: (operator_cast))] @name) @definition.method
(field_declaration declarator: (function_declarator declarator: [(field_identifier) (identifier) (operator_name) (destructor_name)] @name)) @definition.method
(field_declaration declarator: (reference_declarator (function_declarator declarator: (field_identifier) @name))) @definition.method
(field_declaration declarator: (pointer_declarator declarator: (function_declarator declarator: (field_identifier) @name))) @definition.method
(field_declaration_list (declaration declarator: (function_declarator declarator: (identifier) @name)) @definition.constructor)

; Test macros: TEST_CASE("name"), SCENARIO(…), SECTION(…)
(call_expression function: (identifier) @_test arguments: (argument_list . (string_literal) @name)
  (#match? @_test "^(TEST_CASE|SCENARIO|SECTION|GIVEN|WHEN|THEN)$")) @definition.section

; --- references
(call_expression function: (qualified_identifier scope: (_) @qualifier name: (identifier) @reference.call))
(qualified_identifier scope: (_) @qualifier name: (type_identifier) @reference.type)
(qualified_identifier scope: (_) @qualifier name: (identifier) @reference.value)
(template_function name: (identifier) @reference.call)
(base_class_clause (type_identifier) @reference.extends)
(namespace_identifier) @reference.value
