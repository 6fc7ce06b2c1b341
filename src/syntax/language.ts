/**
 * What a language brings to extraction. One folder of `grammars/` exports one or
 * more of these; everything that is the same for all languages is in
 * `extract/extract.ts`.
 */
import type { Node } from 'web-tree-sitter';
import type { BindingRecord, ImportedName, ImportRecord, ReferenceRecord, SymbolKind } from './record.js';

/** An import as a language hook gives it; extraction adds line and container. */
export type ImportDraft = Omit<ImportRecord, 'line' | 'within'>;
export type BindingDraft = Pick<BindingRecord, 'name' | 'type' | 'init'>;
export type ReferenceDraft = Pick<ReferenceRecord, 'name' | 'qualifier' | 'kind'>;

/** A name that hides outer ones in a part of a file: a parameter, a variable, type or import of a block. */
export interface LocalDraft {
  readonly name: string;
  /** Where the name itself stands: it declares there and uses nothing. */
  readonly at: number;
  /** Where it holds, in UTF-16 units of the text: from `from`, before `to`. */
  readonly from: number;
  readonly to: number;
  /** What it stands for, in the words of the language's hooks; asked for only when it is used. */
  readonly value: () => string;
}

/** The locals of a name at a place, innermost first. */
export type LocalsAt = (name: string, index: number) => readonly LocalDraft[];

/** A definition that a query found, before containers, tokens and doc comments are known. A hook may change it. */
export interface SymbolDraft {
  name: string;
  kind: SymbolKind;
  exported: boolean;
  supers: string[];
  mark?: string;
  /** The definition's node. */
  readonly node: Node;
  /** The same with the wrappers around it (export statement, decorators, template header). */
  readonly outer: Node;
  /** Where the signature ends and the body begins; undefined for definitions without one. */
  body: Node | undefined;
}

/**
 * Captures an extraction query may use:
 *
 * - `@definition.KIND` around a definition, with `@name` inside; `@body` (else the field `body`), `@super` for each base.
 * - `@reference.KIND` on the name that is used, with `@qualifier` on what stands before it.
 * - `@import`, `@binding`, `@export`: the node is handed to the hook of that name.
 * - `@local` around what declares names for a part of the file, handed to the hook `locals`.
 * - `@package` on the name of the package or module that the file declares.
 *
 * The first pattern that matches a definition's node and name wins. A name node that
 * is the name of a definition is not a reference.
 */
export interface LanguageHooks {
  /** The text to parse instead, with every offset and line as it was: for what a grammar cannot see through. */
  prepare?(text: string): string;
  /** An import that the grammar may have no node for where it stands (an #include inside an initialiser), read off its line. Asked for lines outside comments that no `@import` covers. */
  lineImport?(line: string): ImportDraft | undefined;
  imports?(node: Node): ImportDraft[];
  bindings?(node: Node): BindingDraft[];
  exports?(node: Node): ImportedName[];
  /** Last word on a definition; false drops it. */
  symbol?(draft: SymbolDraft): boolean;
  locals?(node: Node): LocalDraft[];
  /** Last word on a reference; undefined drops it. */
  reference?(draft: ReferenceDraft, node: Node, locals: LocalsAt): ReferenceDraft | undefined;
}

export interface LanguageSpec {
  /** Unique, lower case: "typescript", "tsx". */
  readonly id: string;
  /** As people write it: "TypeScript". */
  readonly name: string;
  /** With the dot, lower case. */
  readonly extensions: readonly string[];
  /** Whole base names ("Makefile"). */
  readonly filenames?: readonly string[];
  /** Interpreters that a `#!` line may name ("bash"). */
  readonly interpreters?: readonly string[];
  readonly grammar?: {
    /** File name under dist/grammars/. */
    readonly wasm: string;
    /** Where the build takes it from. */
    readonly source: string;
  };
  /** Text of extract.scm. */
  readonly query?: string;
  /** Node types of comments. */
  readonly comments: readonly string[];
  /** Parent node types that belong to the definition they hold (export_statement, decorated_definition). */
  readonly wrappers?: readonly string[];
  /** Node types that belong to the definition right below them (attribute_item, decorator). */
  readonly leading?: readonly string[];
  readonly hooks?: LanguageHooks;
}
