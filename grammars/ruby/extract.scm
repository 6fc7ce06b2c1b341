; --- definitions
(module name: (_) @name) @definition.module
(class name: (_) @name superclass: (superclass (_) @super)?) @definition.class
(method name: (_) @name) @definition.method
(singleton_method name: (_) @name) @definition.method
(alias name: (_) @name) @definition.method
(assignment left: (constant) @name) @definition.constant
(assignment left: (scope_resolution name: (constant) @name)) @definition.constant
(call method: (identifier) @_attr arguments: (argument_list (simple_symbol) @name @definition.property)
  (#match? @_attr "^(attr_reader|attr_writer|attr_accessor|cattr_accessor|mattr_accessor|delegate|scope|define_method|alias_method)$"))

; Blocks of a test file.
(call method: (identifier) @_block arguments: (argument_list . (_) @name) block: (_) @body
  (#match? @_block "^(describe|context|it|specify|feature|scenario|should|test|shared_examples|shared_context|namespace|task)$")) @definition.section
(call receiver: (constant) method: (identifier) @_block arguments: (argument_list . (_) @name) block: (_) @body
  (#match? @_block "^(describe|context)$")) @definition.section

(call method: (identifier) @_require arguments: (argument_list . (_))
  (#match? @_require "^(require|require_relative|load|autoload|require_dependency)$")) @import

; --- references
(scope_resolution scope: (_) @qualifier name: (constant) @reference.type)
(constant) @reference.type
(call receiver: (_) @qualifier method: (identifier) @reference.call)
(call !receiver method: (identifier) @reference.call)

; --- what a name is
(assignment left: [(identifier) (instance_variable)] right: (call receiver: [(constant) (scope_resolution)] method: (identifier))) @binding
