; --- definitions
(package_clause (package_identifier) @package)
(function_declaration name: (identifier) @name) @definition.function
(method_declaration name: (field_identifier) @name) @definition.method
(type_declaration (type_spec name: (type_identifier) @name) @definition.type)
(type_declaration (type_alias name: (type_identifier) @name) @definition.type)
(source_file (const_declaration (const_spec (identifier) @name) @definition.constant))
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
(source_file (comment) @binding (#match? @binding "^//(go:build | *\\+build )"))
(source_file (var_declaration (var_spec) @binding))
(source_file (var_declaration (var_spec_list (var_spec) @binding)))
(source_file (const_declaration (const_spec) @binding))
(source_file (type_declaration [(type_spec) (type_alias)] @binding))
(field_declaration) @binding
(function_declaration) @binding
(method_declaration) @binding
(method_elem) @binding
(interface_type (type_elem) @binding)

; --- names that hold for a part of the file
(function_declaration) @local
(method_declaration) @local
(func_literal) @local
(function_type) @local
(method_elem) @local
(type_parameter_list) @local
(short_var_declaration) @local
(range_clause) @local
(receive_statement) @local
(type_switch_statement) @local
(statement_list (var_declaration (var_spec) @local))
(statement_list (var_declaration (var_spec_list (var_spec) @local)))
(statement_list (const_declaration (const_spec) @local))
(statement_list (type_declaration [(type_spec) (type_alias)] @local))
