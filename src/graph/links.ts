/**
 * What resolution finds out about one file: where its imports lead and which
 * definitions its references mean. Every language's resolver answers in these
 * terms; the graph is built from nothing else.
 */

import type { FileRecord } from '../syntax/record.js';
import type { FileEntry, WorkspacePath } from '../workspace/entry.js';
import type { Asked } from './asked.js';

/**
 * `resolved`: the language's own rules found it. `named`: a unique or likely
 * definition by name, inside what the file can see. `unresolved`: kept with its
 * specifier, never ranked.
 */
export type Confidence = 'resolved' | 'named' | 'unresolved';

/** Where one import leads. */
export interface ImportLink {
  /** Index in the record's `imports`. */
  readonly import: number;
  /** Files of the workspace it reaches, sorted; empty when external or unresolved. A Go package or a Java wildcard reaches several. */
  readonly targets: readonly WorkspacePath[];
  readonly confidence: Confidence;
  /** It names something outside the workspace (standard library, installed package): known to be no fault. */
  readonly external: boolean;
  /** Only types cross this import; it vanishes at run time. */
  readonly typeOnly: boolean;
}

/** A reference joined to a definition in another file of the workspace. */
export interface UseLink {
  /** Index in the record's `references`. */
  readonly reference: number;
  readonly target: WorkspacePath;
  /** Index in the target record's `symbols`; -1 when the file is known but the symbol is not (a module object, a re-export that leads on). */
  readonly symbol: number;
  readonly confidence: 'resolved' | 'named';
  /** It is reached through something else that this file names: a re-export, a header, a value of a known type. False where the language itself sees the definition from here (same package, a path from the crate's root), and in languages whose files need not name what they use; see `EdgeKind`. */
  readonly indirect: boolean;
}

export interface FileLinks {
  readonly imports: readonly ImportLink[];
  readonly uses: readonly UseLink[];
}

/** What a resolver may know of the workspace. */
export interface ResolveInput {
  /** Every file, sorted by path. */
  readonly entries: readonly FileEntry[];
  /** Whether a file of this path exists. */
  has(path: WorkspacePath): boolean;
  /** The same object as long as the resolver is used. Between two files that it resolves, what nobody but the file itself sees of it may change: references, lines, tokens, locals of functions (`syntax/interface.ts`). What is kept from one to the next must not be made of these. */
  record(path: WorkspacePath): FileRecord | undefined;
  /** Text of a manifest (tsconfig.json, go.mod, Cargo.toml, …); undefined when it is not there. Manifests are read through this only, so that their contents key the resolution. */
  manifest(path: WorkspacePath): string | undefined;
}

/** What a resolver prepares with. */
export interface PrepareInput extends ResolveInput {
  /** Takes down what one file's links depend on; see {@link Resolver.keyed}. */
  readonly asked: Asked;
}

/** The same with names for the state of each file. */
export interface ResolutionInput extends ResolveInput {
  /** Names the content of a file; undefined when it could not be read. */
  contentKey(path: WorkspacePath): string | undefined;
  /** Names what other files can see of a file; see `syntax/interface.ts`. */
  interfaceKey(path: WorkspacePath): string | undefined;
}

/** One language family's rules for finding files and definitions. */
export interface Resolver {
  /** Language ids it answers for. */
  readonly languages: readonly string[];
  /** Base names and globs-free suffixes of the manifests that steer it ("tsconfig.json", "go.mod", ".csproj"). */
  readonly manifests: readonly string[];
  /**
   * What its files learn of one another they learn through records of its own languages and
   * through an `Index` or a `Memo` (`asked.ts`). Of the paths in `entries` only those of
   * manifests, and a file's own, count for its links.
   */
  readonly keyed?: boolean;
  /** Builds the look-ups for one state of the workspace; cost should be linear in its files. */
  prepare(input: PrepareInput): PreparedResolver;
}

export interface PreparedResolver {
  /** Links of one file of its languages, as `input` shows it now; depends on `input` alone. */
  resolve(path: WorkspacePath): FileLinks;
}

export const NO_LINKS: FileLinks = { imports: [], uses: [] };
