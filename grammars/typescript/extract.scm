; TypeScript and TSX, after javascript.scm.

; --- definitions
(class_declaration name: (type_identifier) @name (class_heritage (extends_clause value: (identifier) @super))?) @definition.class
(class_declaration name: (type_identifier) @name (class_heritage (implements_clause (type_identifier) @super))) @definition.class
(abstract_class_declaration name: (type_identifier) @name (class_heritage (extends_clause value: (identifier) @super))?) @definition.class
(abstract_class_declaration name: (type_identifier) @name (class_heritage (implements_clause (type_identifier) @super))) @definition.class
(interface_declaration name: (type_identifier) @name (extends_type_clause (type_identifier) @super)?) @definition.interface
(enum_declaration name: (identifier) @name) @definition.enum
(enum_body (property_identifier) @name @definition.enumMember)
(enum_assignment name: (property_identifier) @name) @definition.enumMember
(type_alias_declaration name: (type_identifier) @name) @definition.type
(internal_module name: (_) @name) @definition.namespace
(module name: (_) @name) @definition.namespace
(function_signature name: (identifier) @name) @definition.function
(public_field_definition name: (_) @name) @definition.field
(abstract_method_signature name: (_) @name) @definition.method
(class_body (method_signature name: (_) @name) @definition.method)
(interface_body (method_signature name: (_) @name) @definition.method)
(interface_body (property_signature name: (_) @name) @definition.property)
(internal_module body: (statement_block (export_statement (lexical_declaration (variable_declarator name: (identifier) @name) @definition.variable))))
(ambient_declaration (lexical_declaration (variable_declarator name: (identifier) @name) @definition.variable))
(ambient_declaration (variable_declaration (variable_declarator name: (identifier) @name) @definition.variable))

; --- imports and exports
(import_alias) @import
(export_statement "=" (identifier)) @export

; --- references
(type_identifier) @reference.type
(nested_type_identifier module: (_) @qualifier name: (type_identifier) @reference.type)
(extends_clause value: (identifier) @reference.extends)
(extends_clause value: (member_expression object: (_) @qualifier property: (property_identifier) @reference.extends))
(implements_clause (type_identifier) @reference.extends)
(extends_type_clause (type_identifier) @reference.extends)
(type_query (identifier) @reference.type)
(required_parameter value: (identifier) @reference.value)
(optional_parameter value: (identifier) @reference.value)
(public_field_definition value: (identifier) @reference.value)
(enum_assignment value: (identifier) @reference.value)
(export_statement "=" (identifier) @reference.value)
(as_expression (identifier) @reference.value)
(satisfies_expression (identifier) @reference.value)
(instantiation_expression (identifier) @reference.value)
(non_null_expression (identifier) @reference.value)

; --- what a name is
(required_parameter pattern: (identifier) type: (type_annotation)) @binding
(optional_parameter pattern: (identifier) type: (type_annotation)) @binding
(public_field_definition type: (type_annotation)) @binding
(public_field_definition value: (new_expression)) @binding
(variable_declarator name: (identifier) type: (type_annotation)) @binding
