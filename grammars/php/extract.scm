; --- definitions
(namespace_definition name: (namespace_name) @package)
(namespace_definition) @binding
(class_declaration name: (name) @name) @definition.class
(interface_declaration name: (name) @name) @definition.interface
(trait_declaration name: (name) @name) @definition.trait
(enum_declaration name: (name) @name) @definition.enum
(enum_case name: (name) @name) @definition.enumMember
(function_definition name: (name) @name) @definition.function
(method_declaration name: (name) @name) @definition.method
(property_declaration (property_element name: (variable_name) @name)) @definition.property
(property_promotion_parameter name: (variable_name) @name) @definition.property
(const_declaration (const_element . (name) @name)) @definition.constant
(function_call_expression
  function: [(name) (qualified_name)] @_define
  arguments: (arguments . (argument (string (string_content) @name)) . (argument)) @binding
  (#match? @_define "^\\\\?[dD][eE][fF][iI][nN][eE]$")) @definition.constant

(namespace_use_declaration) @import
(use_declaration [(name) (qualified_name) (relative_name)] @reference.extends)
(require_expression) @import
(require_once_expression) @import
(include_expression) @import
(include_once_expression) @import

; --- references to classes
(base_clause [(name) (qualified_name) (relative_name)] @reference.extends)
(class_interface_clause [(name) (qualified_name) (relative_name)] @reference.extends)
(named_type [(name) (qualified_name) (relative_name)] @reference.type)
(object_creation_expression [(name) (qualified_name) (relative_name)] @reference.new)
(scoped_call_expression scope: [(name) (qualified_name) (relative_name)] @reference.type)
(class_constant_access_expression . [(name) (qualified_name) (relative_name)] @reference.type)
(scoped_property_access_expression scope: [(name) (qualified_name) (relative_name)] @reference.type)
(binary_expression operator: "instanceof" right: [(name) (qualified_name) (relative_name)] @reference.type)
(attribute . [(name) (qualified_name) (relative_name)] @reference.annotation)

; --- references to functions and members
(function_call_expression function: [(name) (qualified_name) (relative_name)] @reference.call)
(scoped_call_expression scope: (_) @qualifier name: (name) @reference.call)
(class_constant_access_expression . (_) @qualifier (name) @reference.member .)
(scoped_property_access_expression scope: (_) @qualifier name: (variable_name) @reference.member)
(member_call_expression object: (_) @qualifier name: (name) @reference.call)
(nullsafe_member_call_expression object: (_) @qualifier name: (name) @reference.call)
(member_access_expression object: (_) @qualifier name: (name) @reference.member)
(nullsafe_member_access_expression object: (_) @qualifier name: (name) @reference.member)

; --- references to constants: a name where a value is wanted
(binary_expression [(name) (qualified_name) (relative_name)] @reference.value)
(unary_op_expression [(name) (qualified_name) (relative_name)] @reference.value)
(cast_expression value: [(name) (qualified_name) (relative_name)] @reference.value)
(parenthesized_expression [(name) (qualified_name) (relative_name)] @reference.value)
(conditional_expression [(name) (qualified_name) (relative_name)] @reference.value)
(assignment_expression right: [(name) (qualified_name) (relative_name)] @reference.value)
(augmented_assignment_expression right: [(name) (qualified_name) (relative_name)] @reference.value)
(argument [(name) (qualified_name) (relative_name)] @reference.value .)
(array_element_initializer [(name) (qualified_name) (relative_name)] @reference.value)
(subscript_expression [(name) (qualified_name) (relative_name)] @reference.value)
(return_statement [(name) (qualified_name) (relative_name)] @reference.value)
(echo_statement [(name) (qualified_name) (relative_name)] @reference.value)
(sequence_expression [(name) (qualified_name) (relative_name)] @reference.value)
(arrow_function body: [(name) (qualified_name) (relative_name)] @reference.value)
(const_element (name) [(name) (qualified_name) (relative_name)] @reference.value)
(property_element default_value: [(name) (qualified_name) (relative_name)] @reference.value)
(simple_parameter default_value: [(name) (qualified_name) (relative_name)] @reference.value)
(property_promotion_parameter default_value: [(name) (qualified_name) (relative_name)] @reference.value)
(static_variable_declaration value: [(name) (qualified_name) (relative_name)] @reference.value)
(match_condition_list [(name) (qualified_name) (relative_name)] @reference.value)
(match_conditional_expression return_expression: [(name) (qualified_name) (relative_name)] @reference.value)
(match_default_expression return_expression: [(name) (qualified_name) (relative_name)] @reference.value)
(case_statement value: [(name) (qualified_name) (relative_name)] @reference.value)
(enum_case value: [(name) (qualified_name) (relative_name)] @reference.value)

; --- what a name is
(simple_parameter) @binding
(variadic_parameter) @binding
(property_promotion_parameter type: (_)) @binding
(property_declaration type: (_)) @binding
(assignment_expression left: (variable_name)) @binding
(reference_assignment_expression left: (variable_name)) @binding
(list_literal (variable_name)) @binding
(foreach_statement) @binding
(catch_clause name: (variable_name)) @binding
(const_element) @binding
