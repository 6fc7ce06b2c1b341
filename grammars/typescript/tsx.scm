; JSX in TypeScript, after extract.scm.
(jsx_opening_element name: (identifier) @reference.call)
(jsx_self_closing_element name: (identifier) @reference.call)
(jsx_expression (identifier) @reference.value)
