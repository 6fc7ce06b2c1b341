/**
 * What the scan knows of a file before anyone opens it: where it is, how big,
 * how old, and what its name alone says about it.
 */

/** Path of a file inside the workspace: relative, "/" between names, no leading "./". With several roots the first name is the root's name. */
export type WorkspacePath = string;

/** What a file's name and place say about it. What its bytes say is in {@link TextTraits}. */
export interface NameTraits {
  /** A dependency lock file (package-lock.json, Cargo.lock, go.sum, …). */
  readonly lock: boolean;
  /** Third-party code kept in the tree: by its folder (vendor/, third_party/, node_modules/, …) or as `.gitattributes` says (linguist-vendored). */
  readonly vendored: boolean;
  /** Written by a tool: by its name (*.pb.go, *.g.cs, *.min.js, …) or as `.gitattributes` says (linguist-generated). */
  readonly generated: boolean;
  /** What its language's tools take for a test, by its name or folder. */
  readonly test: boolean;
  /** Binary by extension; such a file is never opened. */
  readonly binary: boolean;
}

export interface FileEntry extends NameTraits {
  readonly path: WorkspacePath;
  /** Absolute path on disk, as given to the file system. */
  readonly absolute: string;
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since 1970, with the file system's fraction. */
  readonly mtimeMs: number;
  /** Language id from `grammars/`, or undefined for a file that is text at most. */
  readonly language: string | undefined;
}

export type ScanProblemKind =
  | 'no-folder'
  | 'unreadable'
  | 'vanished'
  | 'symlink-loop'
  | 'dangling-link'
  | 'outside-root'
  | 'bad-name'
  | 'not-a-file'
  | 'git-failed'
  | 'nested-repository'
  | 'submodule-absent'
  | 'store-rebuilt'
  | 'store-unwritable';

/** Something the scan could not take in, and why; never fatal. */
export interface ScanProblem {
  /** Of a file or folder as in the workspace, "" or a root's prefix for the whole root; absolute for what is no part of the workspace. */
  readonly path: string;
  readonly kind: ScanProblemKind;
  readonly detail: string;
}

export interface Scan {
  /** Sorted by path (code-unit order), so that the same tree gives the same list. */
  readonly entries: readonly FileEntry[];
  /** Sorted by path. */
  readonly problems: readonly ScanProblem[];
  /** Each root that could be read with what stands before its files' paths: "" for a single root, else "name/". */
  readonly roots: readonly { readonly folder: string; readonly prefix: string }[];
  /** Whether git named the files (false: a walk with ignore rules did). */
  readonly git: boolean;
}
