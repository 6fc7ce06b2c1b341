; --- definitions
(namespace_declaration name: (_) @name) @definition.namespace
(file_scoped_namespace_declaration name: (_) @name @package)
(class_declaration name: (identifier) @name) @definition.class
(interface_declaration name: (identifier) @name) @definition.interface
(struct_declaration name: (identifier) @name) @definition.struct
(record_declaration name: (identifier) @name) @definition.record
(enum_declaration name: (identifier) @name) @definition.enum
(enum_member_declaration name: (identifier) @name) @definition.enumMember
(delegate_declaration name: (identifier) @name) @definition.type
(method_declaration name: (identifier) @name) @definition.method
(constructor_declaration name: (identifier) @name) @definition.constructor
(destructor_declaration name: (identifier) @name) @definition.method
(property_declaration name: (identifier) @name) @definition.property
(indexer_declaration "this" @name) @definition.property
(operator_declaration operator: _ @name) @definition.method
(event_declaration name: (identifier) @name) @definition.property
(event_field_declaration (variable_declaration (variable_declarator name: (identifier) @name))) @definition.field
(field_declaration (variable_declaration (variable_declarator name: (identifier) @name))) @definition.field

(using_directive) @import

; --- what names are bound to
[
  (parameter)
  (parameter_list)
  (variable_declarator)
  (declaration_expression)
  (declaration_pattern)
  (recursive_pattern)
  (catch_declaration)
  (foreach_statement)
  (lambda_expression)
  (anonymous_method_expression)
  (from_clause)
  (let_clause)
  (join_clause)
  (join_into_clause)
  (query_expression)
  (method_declaration)
  (local_function_statement)
  (delegate_declaration)
  (property_declaration)
  (indexer_declaration)
  (event_declaration)
] @binding

; --- references
(identifier) @reference.value
