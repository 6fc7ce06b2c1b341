/** What the graph's page and its host tell each other. The graph goes over in columns: numbers of files and folders are positions in them. */
import type { GraphLayout } from '../../graph/layout/layout.js';
import type { WorkspacePath } from '../../workspace/entry.js';

/** Stands between the names of a column; no path has it. */
export const SEPARATOR = '\0';

/** No language is known of a file. */
export const NO_LANGUAGE = 255;

/** Bits of an edge's flags. The two lowest are its kind: 0 import, 1 use, 2 reference. */
export const EDGE_FLAGS = { kind: 3, resolved: 4, typeOnly: 8 } as const;

export interface CycleColumns {
  /** All files of the strongly connected component. */
  readonly files: Uint32Array;
  /** The shortest way round: each file depends on the next, the last on the first. */
  readonly shortest: Uint32Array;
}

/** All but the edges, which follow: the discs of files and folders, and what is known of them. */
export interface GraphMessage extends Omit<GraphLayout, 'folders'> {
  readonly kind: 'graph';
  /** Grows with every graph that is sent; edges name the graph that they belong to. */
  readonly revision: number;
  /** Base name of each file, sorted by path. */
  readonly names: string;
  /** Path of each folder; the first is the outermost, parents stand before children. */
  readonly folders: string;
  readonly parents: Int32Array;
  readonly folderOf: Uint32Array;
  /** Language ids. */
  readonly languages: readonly string[];
  /** Index in `languages` of each file's, or {@link NO_LANGUAGE}. */
  readonly language: Uint8Array;
  /** o200k tokens of each file. */
  readonly tokens: Uint32Array;
  readonly lines: Uint32Array;
  /** Largest first. */
  readonly cycles: readonly CycleColumns[];
  /** Edges of the whole graph. */
  readonly edges: number;
}

/** A run of edges, in order. The graph is complete when as many have come as it has. */
export interface EdgesMessage {
  readonly kind: 'edges';
  readonly revision: number;
  /** Position of the first of them in the whole. */
  readonly start: number;
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  /** 0-based line of the edge's first link, in the file that depends. */
  readonly line: Uint32Array;
  readonly flags: Uint8Array;
}

/** Why there is no graph, or none yet, and what is being done. */
export type WorkspaceMessage =
  | { readonly kind: 'workspace'; readonly state: 'no-folder' | 'paused' | 'drawing' | 'ready' }
  | { readonly kind: 'workspace'; readonly state: 'indexing'; readonly done: number; readonly total: number }
  | { readonly kind: 'workspace'; readonly state: 'failed'; readonly message: string };

export type ToPage =
  | GraphMessage
  | EdgesMessage
  | WorkspaceMessage
  /** The file in the active editor; undefined when it is none of the workspace. */
  | { readonly kind: 'active'; readonly path: WorkspacePath | undefined }
  /** Show this file in the midst of what it depends on and what depends on it. */
  | { readonly kind: 'show'; readonly path: WorkspacePath }
  /** How many files and folders are drawn before folders stay closed. */
  | { readonly kind: 'limit'; readonly items: number };

export type ToHost =
  /** The page listens: everything is to be sent. */
  | { readonly kind: 'ready' }
  /** `line` is 0-based. */
  | { readonly kind: 'open'; readonly path: WorkspacePath; readonly line: number }
  | { readonly kind: 'pack-around'; readonly path: WorkspacePath }
  | { readonly kind: 'pin'; readonly path: WorkspacePath }
  /** An action about the file is to be chosen. */
  | { readonly kind: 'act'; readonly path: WorkspacePath }
  | { readonly kind: 'reveal'; readonly path: WorkspacePath }
  | { readonly kind: 'resume' };
