/** What C and C++ share beyond their queries. */
import type { Node } from 'web-tree-sitter';
import type { ImportDraft, ReferenceDraft, SymbolDraft } from '../../src/syntax/language.js';

/** `#include "a.h"` is an include, `#include <a.h>` a system include; an include of a macro names nothing. */
export function imports(node: Node): ImportDraft[] {
  const path = node.childForFieldName('path');
  if (path?.type === 'string_literal') return [{ specifier: path.text.slice(1, -1), kind: 'include', names: [] }];
  if (path?.type === 'system_lib_string') return [{ specifier: path.text.slice(1, -1), kind: 'system-include', names: [] }];
  return [];
}

export function lineImport(line: string): ImportDraft | undefined {
  const [, open, specifier] = /^\s*#\s*include\s*(["<])([^">]+)[">]/.exec(line) ?? [];
  return specifier === undefined ? undefined : { specifier, kind: open === '"' ? 'include' : 'system-include', names: [] };
}

/** What the grammar takes for a function's name where a macro before it leads it astray. */
const KEYWORDS = new Set(['if', 'else', 'for', 'while', 'do', 'switch', 'return', 'sizeof', 'catch']);

export function symbol(draft: SymbolDraft): boolean {
  const { node } = draft;
  if (draft.kind === 'function') draft.name = nameAfterMacro(node) ?? draft.name;
  if (KEYWORDS.has(draft.name)) return false;
  const fixed = node.children.some((c) => c?.type === 'storage_class_specifier' && c.text === 'static');
  draft.exported = !fixed;
  if (fixed) draft.mark = 'static';
  // A prototype tells where a name can be seen, a definition where it is.
  else if (node.type === 'declaration' && draft.kind === 'function') draft.mark = 'declaration';
  else if (node.children.some((c) => c?.type === 'storage_class_specifier' && c.text === 'extern')) draft.mark = 'declaration';
  // A prototype inside a function body is a declaration of that function alone.
  if (node.type === 'declaration' && node.parent?.type === 'compound_statement') return false;
  return true;
}

/** `API type name(…)`: the grammar has room for one word before the name, so it takes `type` for the name and the name for an error. */
function nameAfterMacro(node: Node): string | undefined {
  let declarator = node.childForFieldName('declarator');
  while (declarator && declarator.type !== 'function_declarator') declarator = declarator.childForFieldName('declarator');
  const after = declarator?.childForFieldName('declarator')?.nextSibling;
  return after?.type === 'ERROR' && /^[A-Za-z_]\w*$/.test(after.text) ? after.text : undefined;
}

/** Names of parameters, labels and locals that are being declared are not uses. */
export function reference(draft: ReferenceDraft, node: Node): ReferenceDraft | undefined {
  if (draft.kind !== 'value') return draft;
  let declared = node;
  while (declared.parent && /declarator$/.test(declared.parent.type)) {
    const holder = declared.parent;
    if (holder.childForFieldName('declarator')?.id !== declared.id) return draft;
    declared = holder;
  }
  return /^(parameter_declaration|optional_parameter_declaration|declaration|labeled_statement|goto_statement|preproc_params|for_range_loop)$/.test(
    declared.parent?.type ?? '',
  )
    ? undefined
    : draft;
}
