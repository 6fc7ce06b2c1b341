/** What a model proposes to do to files: data, until the user has accepted it. */
import type { WorkspacePath } from '../workspace/entry.js';

/** Text of a file that is to be replaced. */
export interface Replacement {
  /** What stands there now, lines ended by "\n". Found once or not at all: see {@link file://./match.ts}. */
  readonly find: string;
  readonly replace: string;
}

/** Paths are as the model wrote them; nothing has been checked yet. */
export type ProposedChange =
  | { readonly kind: 'edit'; readonly path: string; readonly replacements: readonly Replacement[] }
  | { readonly kind: 'create'; readonly path: string; readonly content: string }
  | { readonly kind: 'delete'; readonly path: string }
  | { readonly kind: 'move'; readonly path: string; readonly to: string };

/** Something in the answer that looks like a change and is none. */
export interface Misread {
  /** 1-based line of the answer. */
  readonly line: number;
  /** What is wrong, for the user and for the model that may mend it. */
  readonly reason: string;
}

/** What was read out of an answer. */
export interface Proposal {
  /** The answer without its changes: what the model says about them. */
  readonly message: string;
  /** In the order of the answer, replacements of one file together. */
  readonly changes: readonly ProposedChange[];
  readonly misread: readonly Misread[];
}

/** Files that the model was shown something of, each with {@link hashOf} its text at that time. */
export type Basis = ReadonlyMap<WorkspacePath, string>;
