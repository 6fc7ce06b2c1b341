/** Ruby. */
import type { Node } from 'web-tree-sitter';
import type { BindingDraft, ImportDraft, LanguageSpec, SymbolDraft } from '../../src/syntax/language.js';
import query from './extract.scm';

function imports(node: Node): ImportDraft[] {
  const method = node.childForFieldName('method')?.text ?? '';
  const given = node.childForFieldName('arguments')?.namedChildren ?? [];
  const path = method === 'autoload' ? given[1] : given[0];
  const specifier = requiredPath(path);
  if (specifier === undefined) return [];
  const name = method === 'autoload' ? given[0]?.text.replace(/^:/, '') : undefined;
  return [
    {
      specifier,
      kind: method === 'autoload' ? 'autoload' : 'require',
      names: name === undefined ? [] : [{ name, as: name }],
      mark: method,
    },
  ];
}

/** A literal path, or what File.expand_path / File.join make of literals and __dir__, given relative to the file ("./…"). */
function requiredPath(node: Node | null | undefined): string | undefined {
  if (!node) return undefined;
  if (node.type === 'string') return node.descendantsOfType('interpolation').length > 0 ? undefined : node.text.slice(1, -1);
  if (node.type !== 'call' || node.childForFieldName('receiver')?.text !== 'File') return undefined;
  const parts = (node.childForFieldName('arguments')?.namedChildren ?? []).flatMap((a) => (a ? [a] : []));
  const base = parts.find((a) => a.text === '__dir__' || a.text === '__FILE__' || /^File\.dirname\(__FILE__\)$/.test(a.text));
  const strings = parts.filter((a) => a.type === 'string').map((a) => a.text.slice(1, -1));
  if (!base || strings.length === 0) return undefined;
  return base.text === '__FILE__' ? `./${strings.join('/').replace(/^\.\.\//, '')}` : `./${strings.join('/')}`;
}

function bindings(node: Node): BindingDraft[] {
  const right = node.childForFieldName('right');
  const made = right?.childForFieldName('method')?.text === 'new' ? right.childForFieldName('receiver')?.text : undefined;
  return made === undefined ? [] : [{ name: node.childForFieldName('left')?.text ?? '', type: '', init: `new ${made}` }];
}

function symbol(draft: SymbolDraft): boolean {
  const { node } = draft;
  if (draft.kind === 'section') draft.name = draft.name.replace(/^["':]|["']$/g, '').slice(0, 120);
  if (draft.kind === 'property') draft.name = draft.name.replace(/^:/, '');
  if (draft.kind === 'method' && node.type === 'singleton_method') draft.mark = 'self';
  if (draft.name === 'initialize') draft.kind = 'constructor';
  if (draft.kind === 'constant' && !/^(program|body_statement|module|class)$/.test(node.parent?.type ?? '')) return false;
  draft.exported = !draft.name.startsWith('_');
  return true;
}

export const ruby: LanguageSpec = {
  id: 'ruby',
  name: 'Ruby',
  extensions: ['.rb', '.rake', '.gemspec', '.ru', '.podspec', '.jbuilder', '.rabl'],
  filenames: ['Rakefile', 'Gemfile', 'Guardfile', 'Vagrantfile', 'Capfile', 'Podfile', 'Fastfile', 'Dangerfile', 'Brewfile'],
  interpreters: ['ruby', 'jruby', 'rake'],
  grammar: { wasm: 'ruby.wasm', source: 'node_modules/tree-sitter-ruby/tree-sitter-ruby.wasm' },
  query,
  comments: ['comment'],
  hooks: { imports, bindings, symbol },
};
