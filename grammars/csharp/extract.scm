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

; --- references
(qualified_name qualifier: (_) @qualifier name: (identifier) @reference.type)
(invocation_expression function: (identifier) @reference.call)
(invocation_expression function: (generic_name (identifier) @reference.call))
(invocation_expression function: (member_access_expression expression: (_) @qualifier name: (identifier) @reference.call))
(invocation_expression function: (member_access_expression expression: (_) @qualifier name: (generic_name (identifier) @reference.call)))
(member_access_expression expression: (_) @qualifier name: (identifier) @reference.member)
(generic_name (identifier) @reference.type)
(attribute name: (identifier) @reference.annotation)
(identifier) @reference.value
