; --- definitions
(module name: [(constant) @name (scope_resolution name: (constant) @name)]) @definition.module
(class name: [(constant) @name (scope_resolution name: (constant) @name)]) @definition.class
(method name: (_) @name) @definition.method
(singleton_method name: (_) @name) @definition.method
(alias name: (_) @name) @definition.method
(call method: (identifier) @_attr arguments: (argument_list (simple_symbol) @name @definition.property)
  (#match? @_attr "^(attr_reader|attr_writer|attr_accessor|cattr_accessor|mattr_accessor|delegate|scope|define_method|alias_method)$"))

; Included modules are ancestors like the superclass, which the hook adds.
(class name: [(constant) @name (scope_resolution name: (constant) @name)]
  body: (body_statement [(call !receiver method: (identifier) @_mix arguments: (argument_list [(constant) (scope_resolution)] @super))
                         (if_modifier body: (call !receiver method: (identifier) @_mix arguments: (argument_list [(constant) (scope_resolution)] @super)))])
  (#match? @_mix "^(include|prepend)$")) @definition.class
(module name: [(constant) @name (scope_resolution name: (constant) @name)]
  body: (body_statement [(call !receiver method: (identifier) @_mix arguments: (argument_list [(constant) (scope_resolution)] @super))
                         (if_modifier body: (call !receiver method: (identifier) @_mix arguments: (argument_list [(constant) (scope_resolution)] @super)))])
  (#match? @_mix "^(include|prepend)$")) @definition.module

; What another constant is, or Class.new makes, has its constants.
(assignment left: [(constant) @name (scope_resolution name: (constant) @name)] right: [(constant) (scope_resolution)] @super) @definition.constant
(assignment left: [(constant) @name (scope_resolution name: (constant) @name)]
  right: (call receiver: (constant) @_class method: (identifier) @_new arguments: (argument_list . [(constant) (scope_resolution)] @super))
  (#eq? @_class "Class") (#eq? @_new "new")) @definition.constant
(assignment left: [(constant) @name (scope_resolution name: (constant) @name)]) @definition.constant
(operator_assignment left: [(constant) @name (scope_resolution name: (constant) @name)]) @definition.constant
(left_assignment_list (constant) @name @definition.constant)

; Blocks of a test file; the hook names them by their first argument, which stays a reference.
(call method: (identifier) @name arguments: (argument_list . (_)) block: (_) @body
  (#match? @name "^(describe|context|it|specify|feature|scenario|should|test|shared_examples|shared_context|namespace|task)$")) @definition.section

(call !receiver method: (identifier) @_require arguments: (argument_list . (_))
  (#match? @_require "^(require|require_relative|load|autoload|require_dependency)$")) @import
(call receiver: (constant) @_kernel method: (identifier) @_require arguments: (argument_list . (_))
  (#eq? @_kernel "Kernel") (#match? @_require "^(require|load|autoload)$")) @import

; --- references
(scope_resolution scope: (_) @qualifier name: (constant) @reference.type)
(constant) @reference.type
(call receiver: (_) @qualifier method: (identifier) @reference.call)
(call !receiver method: (identifier) @reference.call)

; --- folders put on the load path, and those that Rails autoloads from
(call receiver: (global_variable) @_path arguments: (argument_list) (#match? @_path "^[$](:|LOAD_PATH)$")) @binding
(binary left: (global_variable) @_path operator: "<<" (#match? @_path "^[$](:|LOAD_PATH)$")) @binding
(call receiver: (call method: (identifier) @_path) arguments: (argument_list) (#match? @_path "^(autoload|eager_load)_paths$")) @binding
(binary left: (call method: (identifier) @_path) operator: "<<" (#match? @_path "^(autoload|eager_load)_paths$")) @binding
(operator_assignment left: (call method: (identifier) @_path) (#match? @_path "^(autoload|eager_load)_paths$")) @binding
