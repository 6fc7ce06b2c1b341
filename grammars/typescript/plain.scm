; What TSX has no syntax for, after extract.scm: `<Foo>value`.
(type_assertion (identifier) @reference.value)
