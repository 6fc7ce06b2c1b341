; --- definitions
(package_clause (package_identifier) @package)
(function_declaration name: (identifier) @name) @definition.function
(method_declaration name: (field_identifier) @name) @definition.method
(type_declaration (type_spec name: (type_identifier) @name) @definition.type)
(type_declaration (type_alias name: (type_identifier) @name) @definition.type)
(source_file (const_declaration (const_spec name: (identifier) @name) @definition.constant))
(source_file (var_declaration (var_spec name: (identifier) @name) @definition.variable))
(source_file (var_declaration (var_spec_list (var_spec name: (identifier) @name) @definition.variable)))
(field_declaration name: (field_identifier) @name) @definition.field
(method_elem name: (field_identifier) @name) @definition.method

(import_spec) @import

; --- references
(call_expression function: (identifier) @reference.call)
(call_expression function: (selector_expression operand: (_) @qualifier field: (field_identifier) @reference.call))
(selector_expression operand: (_) @qualifier field: (field_identifier) @reference.member)
(qualified_type package: (package_identifier) @qualifier name: (type_identifier) @reference.type)
(type_identifier) @reference.type
(keyed_element . (literal_element (identifier) @reference.member))
(identifier) @reference.value

; --- what a name is
(parameter_declaration) @binding
(variadic_parameter_declaration) @binding
(var_spec) @binding
(const_spec) @binding
(short_var_declaration) @binding
(source_file (comment) @binding (#match? @binding "^//go:build "))
(range_clause) @binding
(field_declaration) @binding
(type_spec) @binding
(type_alias) @binding
(function_declaration) @binding
(method_declaration) @binding
(method_elem) @binding
(type_switch_statement) @binding
