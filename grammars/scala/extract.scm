(package_clause name: (package_identifier) @package)
(class_definition name: (identifier) @name) @definition.class
(object_definition name: (identifier) @name) @definition.object
(trait_definition name: (identifier) @name) @definition.trait
(enum_definition name: (identifier) @name) @definition.enum
(full_enum_case name: (identifier) @name) @definition.enumMember
(simple_enum_case name: (identifier) @name) @definition.enumMember
(function_definition name: (identifier) @name) @definition.function
(function_declaration name: (identifier) @name) @definition.function
(template_body (val_definition pattern: (identifier) @name) @definition.field)
(template_body (var_definition pattern: (identifier) @name) @definition.field)
(template_body (val_declaration name: (identifier) @name) @definition.field)
(given_definition name: (identifier) @name) @definition.constant
(type_definition name: (type_identifier) @name) @definition.type

(import_declaration) @import

(type_identifier) @reference.type
(call_expression function: (identifier) @reference.call)
(call_expression function: (field_expression value: (_) @qualifier field: (identifier) @reference.call))
(field_expression value: (identifier) @reference.value)
