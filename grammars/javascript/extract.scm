; JavaScript alone, after javascript.scm.
(class_declaration name: (identifier) @name (class_heritage (identifier) @super)?) @definition.class
(field_definition property: (_) @name) @definition.field
(field_definition value: (identifier) @reference.value)
(class_heritage (identifier) @reference.extends)
(class_heritage (member_expression object: (_) @qualifier property: (property_identifier) @reference.extends))
(jsx_opening_element name: (identifier) @reference.call)
(jsx_self_closing_element name: (identifier) @reference.call)
(jsx_expression (identifier) @reference.value)
