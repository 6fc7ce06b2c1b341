/** The paths of `use` declarations. */
import type { Node } from 'web-tree-sitter';

export const raw = (name: string): string => name.replace(/^r#/, '');
const path = (text: string): string => text.replace(/\s+/g, '').replaceAll('r#', '');

/** `use a::{self}` names `a`. */
const selfless = (specifier: string): string => (specifier === 'self' ? specifier : specifier.replace(/::self$/, ''));

/** Paths of a use tree, depth first, each with the name it has here; "*" is the name of a glob. */
export function usePaths(node: Node | null, prefix: string): { specifier: string; as: string }[] {
  const within = (text: string): string => (prefix === '' ? path(text) : `${prefix.replace(/::$/, '')}::${path(text)}`);
  const last = (specifier: string): string => specifier.slice(specifier.lastIndexOf(':') + 1);
  switch (node?.type) {
    case 'use_list':
      return node.namedChildren.flatMap((c) => usePaths(c, prefix));
    case 'scoped_use_list': {
      const head = node.childForFieldName('path');
      const all = head ? within(head.text) : node.text.startsWith('::') ? '::' : prefix;
      return usePaths(node.childForFieldName('list'), all);
    }
    case 'use_as_clause': {
      const specifier = selfless(within(node.childForFieldName('path')?.text ?? ''));
      return [{ specifier, as: raw(node.childForFieldName('alias')?.text ?? '') }];
    }
    case 'use_wildcard': {
      const text = path(node.text).replace(/(::)?\*$/, '');
      return [{ specifier: text === '' ? `${prefix}::*` : `${within(text)}::*`, as: '*' }];
    }
    case 'identifier':
    case 'scoped_identifier':
    case 'self':
    case 'crate':
    case 'super': {
      const specifier = selfless(within(node.text));
      return [{ specifier, as: last(specifier) }];
    }
    default:
      return [];
  }
}
