/**
 * The file record: all that Longview knows of one file, a pure function of
 * (bytes, language, extractor version). Everything downstream — resolution,
 * graph, ranking, packing — reads records and never a syntax tree.
 *
 * Lines are 0-based, `end` lines are inclusive. Tokens are o200k tokens.
 */

export type SymbolKind =
  | 'class'
  | 'interface'
  | 'struct'
  | 'enum'
  | 'trait'
  | 'impl'
  | 'object'
  | 'record'
  | 'type'
  | 'function'
  | 'method'
  | 'constructor'
  | 'field'
  | 'property'
  | 'enumMember'
  | 'variable'
  | 'constant'
  | 'macro'
  | 'namespace'
  | 'module'
  | 'section'
  | 'key'
  | 'rule';

/** A definition. Parameters and locals of functions are not symbols; fields and methods are. */
export interface SymbolRecord {
  readonly name: string;
  readonly kind: SymbolKind;
  /** Index in `symbols` of the innermost symbol around it, -1 at the top of the file. A symbol's container always has a smaller index. */
  readonly container: number;
  /** First line, without the doc comment and with decorators or attributes. */
  readonly start: number;
  /** Last line. */
  readonly end: number;
  /** Last line of the signature: everything before the body. `start..signatureEnd` is what an outline prints. */
  readonly signatureEnd: number;
  /** Line of the name itself. */
  readonly nameLine: number;
  /** First line of the doc comment above it; equals `start` when there is none. */
  readonly docStart: number;
  /** Whether the language lets other files see it (export, pub, public, upper case in Go, no leading underscore in Python, …). */
  readonly exported: boolean;
  /** o200k tokens of lines docStart..end, joined with "\n". */
  readonly tokens: number;
  /** What it extends, implements or is an impl of: names as written, without type arguments (C# keeps them). */
  readonly supers?: readonly string[];
  /** Language-specific mark that a resolver needs (Rust `#[path]`, C `static`, C# `partial`, receiver type of a Go method, …). */
  readonly mark?: string;
}

export type ReferenceKind = 'call' | 'new' | 'type' | 'member' | 'value' | 'extends' | 'macro' | 'annotation';

/** Uses of one name in one symbol. Same (name, qualifier, kind, symbol) are one record with a count. */
export interface ReferenceRecord {
  readonly name: string;
  /** What stands before the dot or `::`, as written when it is a plain path ("a", "a.b", "crate::x", "this"); "" for a bare name; "?" for any other expression. */
  readonly qualifier: string;
  readonly kind: ReferenceKind;
  /** Index in `symbols` of the innermost symbol around it; -1 at the top. */
  readonly within: number;
  /** First line it stands on. */
  readonly line: number;
  /** How often, at least 1. */
  readonly count: number;
}

export type ImportKind =
  | 'import'
  | 'type'
  | 'reexport'
  | 'dynamic'
  | 'require'
  | 'include'
  | 'system-include'
  | 'module'
  | 'use'
  | 'package'
  | 'asset'
  | 'autoload';

export interface ImportedName {
  /** Name in the imported file; "default" or "*" as the language means it. */
  readonly name: string;
  /** Name it has here; equals `name` when not renamed. */
  readonly as: string;
  /** This name alone is imported for types only. */
  readonly typeOnly?: boolean;
}

export interface ImportRecord {
  /** As written, unquoted. */
  readonly specifier: string;
  readonly kind: ImportKind;
  /** Names it brings; empty for side effects and for whole modules without a name. */
  readonly names: readonly ImportedName[];
  readonly line: number;
  /** Symbol around it (an import in a function, a `use` in an inline `mod`), -1 at the top. */
  readonly within: number;
  /** Language-specific mark for the resolver (Python relative level, Rust `pub`, static import, …). */
  readonly mark?: string;
}

/** A local fact about types, so that a resolver can say what `x` in `x.f()` is: a parameter, variable or field with a written type or a simple initialiser. */
export interface BindingRecord {
  readonly name: string;
  /** C# writes both in a shorthand of its own, with type arguments (grammars/csharp/values.ts). Written type without type arguments, pointers and nullability ("Context", "pkg.Type"); "" if none. */
  readonly type: string;
  /** Plain initialiser when there is no type: "new Foo", "foo()", "pkg.Foo()", "x.y", …; "" if none. */
  readonly init: string;
  readonly within: number;
  readonly line: number;
}

export type ParseState =
  /** No grammar for this language, or a file that is not parsed by choice (minified, lock file). */
  | { readonly kind: 'none' }
  | { readonly kind: 'parsed' /** ERROR and MISSING nodes, counted at the top of each broken region. */; readonly errors: number }
  /** Over the parse limit: an outline by lines, no tree. */
  | { readonly kind: 'huge' }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'failed'; readonly reason: string };

/** What a file's bytes say about it. */
export interface TextTraits {
  readonly encoding: 'utf8' | 'utf8-bom' | 'utf16le' | 'utf16be' | 'windows-1252' | 'binary';
  readonly eol: 'lf' | 'crlf' | 'cr' | 'mixed' | 'none';
  /** Bytes that are not valid in the encoding were replaced. */
  readonly broken: boolean;
  readonly minified: boolean;
  /** The comments at its top say that a tool wrote it. */
  readonly generated: boolean;
}

/**
 * Words of the file with the lines they stand on, the raw material of lexical
 * ranking. A word is a lower-cased part of an identifier or of prose, split at
 * camelCase, digits and punctuation (see `base/words.ts`).
 */
export interface WordIndex {
  /** Distinct words, sorted by code unit. */
  readonly words: readonly string[];
  /** `lines[offsets[i] .. offsets[i + 1]]` are the lines of `words[i]`, ascending, one entry per occurrence (a line repeats when the word does). Length words.length + 1. */
  readonly offsets: Uint32Array;
  readonly lines: Uint32Array;
}

export interface FileRecord {
  readonly language: string | undefined;
  readonly parse: ParseState;
  readonly text: TextTraits;
  /** Number of lines; a final line break does not open another one. */
  readonly lineCount: number;
  /** o200k tokens of the whole decoded text, 0 for binary files. Of a huge file over a million characters an estimate from its beginning. */
  readonly tokens: number;
  /** Package, module or namespace the file declares itself ("com.acme.io", "main"), "" if none. */
  readonly package: string;
  /** Ordered by start line, containers before what they hold. */
  readonly symbols: readonly SymbolRecord[];
  readonly references: readonly ReferenceRecord[];
  readonly imports: readonly ImportRecord[];
  readonly bindings: readonly BindingRecord[];
  /** Names exported under another name or from an expression: `export { a as b }`, `module.exports = x`, `__all__`. */
  readonly exports: readonly ImportedName[];
  readonly words: WordIndex;
}
