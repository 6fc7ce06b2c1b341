; --- definitions
(mod_item name: (identifier) @name) @definition.module
(function_item name: (identifier) @name) @definition.function
(function_signature_item name: (identifier) @name) @definition.function
(struct_item name: (type_identifier) @name) @definition.struct
(union_item name: (type_identifier) @name) @definition.struct
(enum_item name: (type_identifier) @name) @definition.enum
(enum_variant name: (identifier) @name) @definition.enumMember
(field_declaration name: (field_identifier) @name) @definition.field
(trait_item name: (type_identifier) @name) @definition.trait
(impl_item type: [(type_identifier) (generic_type) (scoped_type_identifier) (reference_type)] @name) @definition.impl
(type_item name: (type_identifier) @name) @definition.type
(const_item name: (identifier) @name) @definition.constant
(static_item name: (identifier) @name) @definition.variable
(macro_definition name: (identifier) @name) @definition.macro

(use_declaration) @import
(extern_crate_declaration) @import

; --- references
(call_expression function: (identifier) @reference.call)
(call_expression function: (scoped_identifier path: (_) @qualifier name: (identifier) @reference.call))
(call_expression function: (field_expression value: (_) @qualifier field: (field_identifier) @reference.call))
(call_expression function: (generic_function function: (identifier) @reference.call))
(call_expression function: (generic_function function: (scoped_identifier path: (_) @qualifier name: (identifier) @reference.call)))
(macro_invocation macro: (identifier) @reference.macro)
(macro_invocation macro: (scoped_identifier path: (_) @qualifier name: (identifier) @reference.macro))
(scoped_type_identifier path: (_) @qualifier name: (type_identifier) @reference.type)
(scoped_identifier path: (_) @qualifier name: (identifier) @reference.value)
(type_identifier) @reference.type
(struct_expression name: (type_identifier) @reference.new)
(field_expression value: (_) @qualifier field: (field_identifier) @reference.member)
(token_tree (identifier) @reference.value)
(token_repetition (identifier) @reference.value)
(arguments (identifier) @reference.value)
(impl_item trait: (type_identifier) @reference.extends)

; --- names that hold for a part of the file
(let_declaration) @local
(parameter) @local
(closure_parameters) @local
(match_arm) @local
(let_condition) @local
(for_expression) @local
(type_parameters) @local
(block [
  (function_item)
  (struct_item)
  (enum_item)
  (union_item)
  (trait_item)
  (type_item)
  (const_item)
  (static_item)
  (macro_definition)
] @local)
