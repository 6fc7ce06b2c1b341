(package_clause name: (package_identifier) @package) @import

; --- definitions
(class_definition name: (identifier) @name) @definition.class
(object_definition name: (identifier) @name) @definition.object
(package_object name: (identifier) @name) @definition.object
(trait_definition name: (identifier) @name) @definition.trait
(enum_definition name: (identifier) @name) @definition.enum
(full_enum_case name: (identifier) @name) @definition.enumMember
(simple_enum_case name: (identifier) @name) @definition.enumMember
(function_definition name: [(identifier) (operator_identifier)] @name) @definition.function
(function_declaration name: [(identifier) (operator_identifier)] @name) @definition.function
(val_definition pattern: (identifier) @name) @definition.field
(var_definition pattern: (identifier) @name) @definition.field
(val_declaration name: (identifier) @name) @definition.field
(var_declaration name: (identifier) @name) @definition.field
(class_parameter name: (identifier) @name) @definition.field
(given_definition name: (identifier) @name) @definition.constant
(type_definition name: (type_identifier) @name) @definition.type

(import_declaration) @import

; --- references
(stable_type_identifier (_) @qualifier . (type_identifier) @reference.type .)
(type_identifier) @reference.type
(call_expression function: (identifier) @reference.call)
(call_expression function: (field_expression value: (_) @qualifier field: (identifier) @reference.call))
(call_expression
  function: (generic_function function: (field_expression value: (_) @qualifier field: (identifier) @reference.call)))
(field_expression value: (_) @qualifier field: (identifier) @reference.member)
(identifier) @reference.value

; --- what a name is
(parameter) @binding
(class_parameter) @binding
(val_definition) @binding
(var_definition) @binding
(val_declaration) @binding
(var_declaration) @binding
(function_definition) @binding
(function_declaration) @binding
(lambda_expression) @binding
(enumerator) @binding
(case_clause) @binding
(type_parameters) @binding
(simple_enum_case) @binding
(self_type) @binding
