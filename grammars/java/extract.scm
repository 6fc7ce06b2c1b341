; --- definitions
(package_declaration [(identifier) (scoped_identifier)] @package)
(class_declaration name: (identifier) @name) @definition.class
(interface_declaration name: (identifier) @name) @definition.interface
(enum_declaration name: (identifier) @name) @definition.enum
(record_declaration name: (identifier) @name) @definition.record
(annotation_type_declaration name: (identifier) @name) @definition.interface
(method_declaration name: (identifier) @name) @definition.method
(annotation_type_element_declaration name: (identifier) @name) @definition.method
(constructor_declaration name: (identifier) @name) @definition.constructor
(compact_constructor_declaration name: (identifier) @name) @definition.constructor
(field_declaration declarator: (variable_declarator name: (identifier) @name)) @definition.field
(constant_declaration declarator: (variable_declarator name: (identifier) @name)) @definition.constant
(enum_constant name: (identifier) @name) @definition.enumMember
(record_declaration parameters: (formal_parameters (formal_parameter name: (identifier) @name) @definition.field))

(import_declaration) @import

; --- references
(scoped_type_identifier (_) @qualifier . (type_identifier) @reference.type)
(type_identifier) @reference.type
(method_invocation !object name: (identifier) @reference.call)
(method_invocation object: (_) @qualifier name: (identifier) @reference.call)
(field_access object: (_) @qualifier field: (identifier) @reference.member)
(field_access object: (identifier) @reference.value)
(method_invocation object: (identifier) @reference.value)
(method_reference . (_) @qualifier (identifier) @reference.call .)
(method_reference . (identifier) @reference.value)
(annotation name: (identifier) @reference.annotation)
(marker_annotation name: (identifier) @reference.annotation)
(annotation name: (scoped_identifier scope: (_) @qualifier name: (identifier) @reference.annotation))
(marker_annotation name: (scoped_identifier scope: (_) @qualifier name: (identifier) @reference.annotation))
(identifier) @reference.value

; --- what a name is
(formal_parameter) @binding
(spread_parameter) @binding
(local_variable_declaration) @binding
(field_declaration) @binding
(constant_declaration) @binding
(enhanced_for_statement) @binding
(catch_formal_parameter) @binding
(resource) @binding
(instanceof_expression name: (identifier)) @binding
(type_pattern) @binding
(record_pattern_component) @binding
(method_declaration) @binding
(annotation_type_element_declaration) @binding
(lambda_expression) @binding
(type_parameter) @binding
(enum_constant) @binding
