; --- definitions
(class_declaration declaration_kind: "extension" @name name: (_)) @definition.impl
(class_declaration name: (type_identifier) @name) @definition.class
(protocol_declaration name: (type_identifier) @name) @definition.interface
(function_declaration name: (simple_identifier) @name) @definition.function
(protocol_function_declaration name: (simple_identifier) @name) @definition.method
(init_declaration "init" @name) @definition.constructor
(subscript_declaration "subscript" @name) @definition.method
(property_declaration name: (pattern bound_identifier: (simple_identifier) @name)) @definition.property
(protocol_property_declaration name: (pattern bound_identifier: (simple_identifier) @name)) @definition.property
(enum_entry name: (simple_identifier) @name) @definition.enumMember
(typealias_declaration name: (type_identifier) @name) @definition.type
(associatedtype_declaration name: (type_identifier) @name) @definition.type

(import_declaration) @import

; --- references
(user_type (type_identifier) @reference.type)
(key_path_expression (type_identifier) @reference.type)
(call_expression . (simple_identifier) @reference.call)
(call_expression
  . (navigation_expression target: (_) @qualifier suffix: (navigation_suffix suffix: (simple_identifier) @reference.call)))
(navigation_expression target: (_) @qualifier suffix: (navigation_suffix suffix: (simple_identifier) @reference.member))
(simple_identifier) @reference.value

; --- what a name is
(parameter) @binding
(lambda_parameter) @binding
(property_declaration) @binding
(protocol_property_declaration) @binding
(function_declaration) @binding
(protocol_function_declaration) @binding
(subscript_declaration) @binding
(if_statement) @binding
(guard_statement) @binding
(while_statement) @binding
(for_statement) @binding
(switch_pattern) @binding
(catch_block) @binding
(type_parameter) @binding
(associatedtype_declaration) @binding
(enum_entry) @binding
