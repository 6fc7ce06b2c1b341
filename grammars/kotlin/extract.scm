(package_header (_) @package)

; --- definitions
(class_declaration name: (identifier) @name) @definition.class
(object_declaration name: (identifier) @name) @definition.object
(companion_object name: (identifier) @name) @definition.object
(companion_object "companion" @name) @definition.object
(function_declaration name: (identifier) @name) @definition.function
(secondary_constructor "constructor" @name) @definition.constructor
(property_declaration (variable_declaration . (identifier) @name)) @definition.property
(class_parameter (identifier) @name) @definition.property
(type_alias type: (identifier) @name) @definition.type
(enum_entry . (identifier) @name) @definition.enumMember
(enum_entry (modifiers) . (identifier) @name) @definition.enumMember

; The grammar takes an annotation class without parameters for an infix call.
((infix_expression . (identifier) @word . (identifier) @class . (identifier) @name) @definition.class
  (#eq? @word "annotation") (#eq? @class "class"))
; And a constant behind an annotation for an assignment to one.
((assignment left: (annotated_expression (infix_expression . (identifier) @word . (identifier) @val . (identifier) @name))) @definition.property
  (#eq? @word "const") (#eq? @val "val"))

(import) @import
(file_annotation) @export

; --- references
(user_type (identifier) @reference.type)
(call_expression . (identifier) @reference.call)
(call_expression . (navigation_expression (_) @qualifier . (identifier) @reference.call .))
(navigation_expression (_) @qualifier . (identifier) @reference.member .)
(identifier) @reference.value

; --- what a name is
(parameter) @binding
(class_parameter) @binding
(property_declaration) @binding
(function_declaration) @binding
(lambda_parameters) @binding
(for_statement) @binding
(catch_block) @binding
(when_subject) @binding
(type_parameter) @binding
(enum_entry) @binding
