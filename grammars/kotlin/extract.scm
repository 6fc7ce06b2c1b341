(package_header (_) @package)
(class_declaration name: (identifier) @name) @definition.class
(object_declaration name: (identifier) @name) @definition.object
(companion_object name: (identifier) @name) @definition.object
(function_declaration name: (identifier) @name) @definition.function
(property_declaration (variable_declaration (identifier) @name)) @definition.property
(class_parameter (identifier) @name) @definition.property
(type_alias type: (identifier) @name) @definition.type
(enum_entry (identifier) @name) @definition.enumMember

(import) @import

(user_type (identifier) @reference.type .)
(call_expression . (identifier) @reference.call)
(call_expression . (navigation_expression (_) @qualifier (identifier) @reference.call .))
(navigation_expression . (identifier) @reference.value)
