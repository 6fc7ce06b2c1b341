(function_declaration name: (identifier) @name) @definition.function
(class_declaration name: (type_identifier) @name (class_heritage (extends_clause value: (identifier) @super))?) @definition.class
(interface_declaration name: (type_identifier) @name) @definition.interface
(method_definition name: (property_identifier) @name) @definition.method
(type_alias_declaration name: (type_identifier) @name) @definition.type

(import_statement) @import

(call_expression function: (identifier) @reference.call)
(call_expression function: (member_expression object: (_) @qualifier property: (property_identifier) @reference.call))
(type_identifier) @reference.type
