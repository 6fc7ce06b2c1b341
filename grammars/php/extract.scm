; --- definitions
(namespace_definition name: (namespace_name) @package)
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

(namespace_use_declaration) @import
(use_declaration [(name) (qualified_name)] @reference.extends)
(require_expression) @import
(require_once_expression) @import
(include_expression) @import
(include_once_expression) @import

; --- references
(base_clause [(name) (qualified_name)] @reference.extends)
(class_interface_clause [(name) (qualified_name)] @reference.extends)
(named_type [(name) (qualified_name)] @reference.type)
(object_creation_expression [(name) (qualified_name)] @reference.new)
(scoped_call_expression scope: [(name) (qualified_name)] @reference.type)
(scoped_call_expression scope: (_) @qualifier name: (name) @reference.call)
(class_constant_access_expression . [(name) (qualified_name)] @reference.type)
(scoped_property_access_expression scope: [(name) (qualified_name)] @reference.type)
(function_call_expression function: [(name) (qualified_name)] @reference.call)
(member_call_expression object: (_) @qualifier name: (name) @reference.call)
(nullsafe_member_call_expression object: (_) @qualifier name: (name) @reference.call)
(member_access_expression object: (_) @qualifier name: (name) @reference.member)
(binary_expression "instanceof" right: [(name) (qualified_name)] @reference.type)
(attribute [(name) (qualified_name)] @reference.annotation)

; --- what a name is
(simple_parameter type: (_)) @binding
(property_promotion_parameter type: (_)) @binding
(property_declaration type: (_)) @binding
(assignment_expression left: (variable_name) right: (object_creation_expression)) @binding
