/** Ruby. */
import type { Node } from 'web-tree-sitter';
import type { BindingDraft, ImportDraft, LanguageSpec, ReferenceDraft, SymbolDraft } from '../../src/syntax/language.js';
import query from './extract.scm';

/**
 * Requires and autoloads. Marks: `require`, `load`, `autoload` and the like for a path on the load path, `beside` for one
 * from this file's folder, `constant` for an autoload whose path follows from its name (ActiveSupport::Autoload).
 */
function imports(node: Node): ImportDraft[] {
  const method = node.childForFieldName('method')?.text ?? '';
  const given = argumentsOf(node);
  if (method === 'autoload') return autoloads(node, given);
  const path = pathOf(given[0]);
  return path === undefined
    ? []
    : [{ specifier: path.specifier, kind: 'require', names: [], mark: path.beside || method === 'require_relative' ? 'beside' : method }];
}

function autoloads(node: Node, [constant, file]: readonly Node[]): ImportDraft[] {
  const name = constant?.text.replace(/^:|^["']|["']$/g, '') ?? '';
  if (!/^[A-Z]\w*$/.test(name)) return [];
  const draft = { kind: 'autoload', names: [{ name, as: name }] } as const;
  if (file) {
    const path = pathOf(file);
    return path === undefined ? [] : [{ ...draft, specifier: path.specifier, mark: path.beside ? 'beside' : 'autoload' }];
  }
  // autoload_at "path" do … end and autoload_under "folder" do … end hold for the autoloads inside.
  for (let at = node.parent; at && at.type !== 'module' && at.type !== 'class'; at = at.parent) {
    const around = at.type === 'call' ? at.childForFieldName('method')?.text : undefined;
    const path = around === 'autoload_at' || around === 'autoload_under' ? pathOf(argumentsOf(at)[0]) : undefined;
    if (path) {
      return around === 'autoload_at'
        ? [{ ...draft, specifier: path.specifier, mark: 'autoload' }]
        : [{ ...draft, specifier: `${path.specifier}::${name}`, mark: 'constant' }];
    }
  }
  return [{ ...draft, specifier: name, mark: 'constant' }];
}

function argumentsOf(call: Node): Node[] {
  return (call.childForFieldName('arguments')?.namedChildren ?? []).flatMap((a) => (a && a.type !== 'comment' ? [a] : []));
}

/** A literal path, or what File.expand_path, File.join, "+" and "#{}" make of literals and this file's place. */
function pathOf(node: Node | undefined): { readonly specifier: string; readonly beside: boolean } | undefined {
  if (!node) return undefined;
  const plain = literal(node);
  if (plain !== undefined) return plain === '' ? undefined : { specifier: plain, beside: false };
  const path = besideFile(node);
  return path === undefined ? undefined : { specifier: normal(path), beside: true };
}

function literal(node: Node | undefined): string | undefined {
  if (node?.type !== 'string') return undefined;
  const parts = node.namedChildren;
  return parts.every((p) => p?.type === 'string_content') ? parts.map((p) => p?.text ?? '').join('') : undefined;
}

/** A path from this file's folder; the file itself is "./F". */
function besideFile(node: Node | null | undefined): string | undefined {
  if (!node) return undefined;
  if (node.text === '__dir__') return '.';
  if (node.text === '__FILE__') return './F';
  switch (node.type) {
    case 'parenthesized_statements':
      return besideFile(node.namedChild(0));
    case 'binary': {
      const head = besideFile(node.childForFieldName('left'));
      const tail = literal(node.childForFieldName('right') ?? undefined);
      return node.childForFieldName('operator')?.text === '+' && head !== undefined && tail !== undefined ? head + tail : undefined;
    }
    case 'string': {
      const [first, ...rest] = node.namedChildren;
      const head = first?.type === 'interpolation' ? besideFile(first.namedChild(0)) : undefined;
      return head !== undefined && rest.every((p) => p?.type === 'string_content')
        ? head + rest.map((p) => p?.text ?? '').join('')
        : undefined;
    }
    case 'call':
      return /^(::)?File$/.test(node.childForFieldName('receiver')?.text ?? '') ? fileCall(node) : undefined;
    default:
      return undefined;
  }
}

function fileCall(node: Node): string | undefined {
  const given = argumentsOf(node);
  const method = node.childForFieldName('method')?.text;
  if (method === 'dirname' && given.length === 1) {
    const path = besideFile(given[0]);
    return path === undefined ? undefined : `${path}/..`;
  }
  if (method === 'join') {
    const head = besideFile(given[0]);
    const tail = given.slice(1).map(literal);
    return head === undefined || tail.includes(undefined) ? undefined : [head, ...tail].join('/');
  }
  if (method !== 'expand_path' && method !== 'absolute_path' && method !== 'realpath') return undefined;
  if (given.length === 1) return besideFile(given[0]);
  const base = besideFile(given[1]);
  const tail = literal(given[0]);
  return base === undefined || tail === undefined ? undefined : `${base}/${tail}`;
}

/** "./F/../a" → "./a". */
function normal(path: string): string {
  const names: string[] = [];
  for (const name of path.split('/')) {
    if (name === '..' && names.length > 0 && names.at(-1) !== '..') names.pop();
    else if (name !== '.' && name !== '') names.push(name);
  }
  return names[0] === '..' ? names.join('/') : ['.', ...names].join('/');
}

/** A folder that `$LOAD_PATH.unshift`, `<<` and the like add, from this file's folder; one of Rails's autoload_paths, from the application's root. */
function bindings(node: Node): BindingDraft[] {
  const list = node.childForFieldName('receiver') ?? node.childForFieldName('left');
  if (list?.type === 'call') {
    const folders = node.text.matchAll(/\broot(?:\}\/|\.join\(["'])([\w./-]+)/g);
    return [...folders].map(([, folder]) => ({ name: 'autoload_paths', type: '', init: folder! }));
  }
  const added = node.type === 'binary' ? [node.childForFieldName('right')] : argumentsOf(node);
  return added.flatMap((a) => {
    const path = pathOf(a ?? undefined);
    return path?.beside ? [{ name: '$LOAD_PATH', type: '', init: path.specifier }] : [];
  });
}

/** Marks: `self` for what is called on the class itself, `derived` for a class whose first super is its superclass. */
function symbol(draft: SymbolDraft): boolean {
  const { node } = draft;
  switch (draft.kind) {
    case 'section':
      draft.name = (argumentsOf(node)[0]?.text ?? '').replace(/^["':]|["']$/g, '').slice(0, 120);
      break;
    case 'property':
      draft.name = draft.name.replace(/^:/, '');
      if (/^([cm]attr_accessor|scope)$/.test(node.parent?.parent?.childForFieldName('method')?.text ?? '')) draft.mark = 'self';
      else if (inSingletonClass(node.parent?.parent)) draft.mark = 'self';
      break;
    case 'method':
      if (node.type === 'singleton_method' || inSingletonClass(node)) draft.mark = 'self';
      break;
    case 'class':
    case 'module':
    case 'constant':
      draft.name = (node.childForFieldName('name') ?? node.childForFieldName('left') ?? node).text;
      break;
  }
  const superclass = draft.kind === 'class' ? node.childForFieldName('superclass')?.namedChild(0) : undefined;
  if (superclass) {
    draft.mark = 'derived';
    draft.supers.unshift(superclass.text);
  }
  if (draft.name === 'initialize') draft.kind = 'constructor';
  // A constant of `class << self` is the singleton class's: no path leads to it.
  if (draft.kind === 'constant' && inSingletonClass(node)) return false;
  draft.exported = !draft.name.startsWith('_');
  return true;
}

function inSingletonClass(node: Node | null | undefined): boolean {
  const around = node?.parent;
  return (around?.type === 'body_statement' ? around.parent : around)?.type === 'singleton_class';
}

/** A constant path is one reference, to its end; what a class inherits from and what `class A::B` opens B in are read outside the class. */
function reference(draft: ReferenceDraft, node: Node): ReferenceDraft | undefined {
  if (node.type !== 'constant') return draft;
  const path = node.parent?.type === 'scope_resolution' ? node.parent : undefined;
  const scope = path?.childForFieldName('scope');
  const isScope = scope?.id === node.id;
  const whole = path && !isScope ? path : node;
  const around = path && isScope ? path : whole.parent;
  const passed = around?.type === 'scope_resolution' && around.childForFieldName('scope')?.id === whole.id;
  const holder = around?.parent;
  const opened = [holder?.childForFieldName('name'), holder?.childForFieldName('left')].some((n) => n && n.id === around?.id);
  if (passed && !opened) return undefined;
  const qualifier = whole === node ? '' : (scope?.text.replace(/\s+/g, '') ?? '::');
  return {
    name: draft.name,
    qualifier: qualifier === '::' || qualifier === '' || /^(::)?[A-Z]\w*(::[A-Z]\w*)*$/.test(qualifier) ? qualifier : '?',
    kind: passed || whole.parent?.type === 'superclass' ? 'extends' : draft.kind,
  };
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
  hooks: { imports, bindings, symbol, reference },
};
