/** What has names of its own (The Go Programming Language Specification, "Blocks"): node types of functions, and of blocks and clauses in them. */
export const FUNCTIONS = ['function_declaration', 'method_declaration', 'func_literal'] as const;

export const BLOCKS = [
  'block',
  'if_statement',
  'for_statement',
  'expression_switch_statement',
  'type_switch_statement',
  'communication_case',
  'expression_case',
  'type_case',
  'default_case',
] as const;
