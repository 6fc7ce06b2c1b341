/** What can be asked of the engine in its thread: one message a question, one message an answer. */
import type { ActionList, ActionRequest, ActionResult } from '../actions/action.js';
import type { Pack, PackedFile, PackRequest } from '../context/pack.js';
import type { TurnRequest, TurnResult } from '../context/session/turn.js';
import type { FilePlace } from '../context/why.js';
import type { Cycle, CycleOptions } from '../graph/cycles.js';
import type { Finding } from '../graph/findings/finding.js';
import type { EdgeKind } from '../graph/graph.js';
import type { GraphLayout } from '../graph/layout/layout.js';
import type { GraphPlace } from '../graph/place.js';
import type { PlannedText } from '../index/as-if.js';
import type { Progress } from '../index/index.js';
import type { ProjectRules } from '../index/project-rules.js';
import type { SymbolKind } from '../syntax/record.js';
import type { ChangeScope, ReadChange } from '../workspace/change.js';
import type { Scan, ScanProblem, WorkspacePath } from '../workspace/entry.js';
import type { WrongRules } from './rules-files.js';

export interface EngineSettings {
  /** Absolute paths of the workspace's folders. */
  readonly roots: readonly string[];
  /** Folder with the built worker beside a folder `grammars`. */
  readonly assets: string;
  /** Folder of the stored index; undefined keeps nothing. */
  readonly store?: string | undefined;
  /** Further patterns in gitignore syntax, seen from each root. */
  readonly ignore?: readonly string[] | undefined;
  /** A file of more bytes keeps an outline instead of a tree. */
  readonly hugeBytes?: number | undefined;
}

/** Text of a file that an editor has not saved yet. */
export interface UnsavedText {
  /** Absolute path. */
  readonly absolute: string;
  readonly text: string;
}

export interface UpdateRequest {
  /** All of them, each time. */
  readonly unsaved: readonly UnsavedText[];
  /** Absolute paths of the files that changed since the last update; undefined where any may have, come or gone. */
  readonly changed?: readonly string[] | undefined;
}

export interface WorkspaceState {
  /** Files of the workspace. */
  readonly files: number;
  /** o200k tokens of all of their text. */
  readonly tokens: number;
  readonly edges: number;
  /** Files that this update resolved anew; 0 when nothing changed. */
  readonly resolved: number;
  readonly problems: readonly ScanProblem[];
  /** Where the paths of files begin. */
  readonly roots: Scan['roots'];
  /** Of the engine's thread, when it had done this. */
  readonly memory: EngineMemory;
}

/** A file of a pack without its lines: those stand in the prompt. */
export type ListedFile = Omit<PackedFile, 'text' | 'ranges'>;

/** A pack as it is sent: no text twice. */
export interface SentPack extends Omit<Pack, 'files'> {
  /** Files in it, best score first. */
  readonly files: readonly ListedFile[];
}

export type SentPackResult = { readonly kind: 'packed'; readonly pack: SentPack } | { readonly kind: 'refused'; readonly message: string };

export interface FileSymbol {
  readonly name: string;
  readonly kind: SymbolKind;
  /** Index among the file's symbols of the one around it, -1 at the top. */
  readonly container: number;
  /** 0-based lines. */
  readonly start: number;
  readonly end: number;
  /** o200k tokens. */
  readonly tokens: number;
}

export interface FileFacts extends GraphPlace {
  readonly absolute: string;
  readonly language: string | undefined;
  /** o200k tokens of its text. */
  readonly tokens: number;
  readonly lines: number;
  readonly symbols: readonly FileSymbol[];
}

/** The whole graph in columns: small to send, quick to draw. */
export interface GraphFacts {
  readonly files: readonly WorkspacePath[];
  readonly languages: readonly (string | undefined)[];
  /** o200k tokens of each file. */
  readonly tokens: Uint32Array;
  /** Lines of each file. */
  readonly lines: Uint32Array;
  /** Numbers of files, edge by edge. */
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  readonly kinds: readonly EdgeKind[];
  /** Index in `kinds` of each edge. */
  readonly kind: Uint8Array;
  /** 1 for `resolved`, 0 for `named`. */
  readonly resolved: Uint8Array;
  /** 1 where every link of the edge is for types only. */
  readonly typeOnly: Uint8Array;
  /** 0-based line of the edge's first link, in the file that depends. */
  readonly line: Uint32Array;
}

/** A cycle by numbers of files. */
export interface DrawnCycle {
  /** All files of the strongly connected component, ascending. */
  readonly files: Uint32Array;
  /** The shortest way round: each file depends on the next, the last on the first. */
  readonly shortest: Uint32Array;
}

/** All that is needed to draw the graph, of one state of the workspace. */
export interface GraphDrawing {
  readonly facts: GraphFacts;
  readonly layout: GraphLayout;
  /** Largest first. */
  readonly cycles: readonly DrawnCycle[];
}

/** Design problems of the workspace. */
export interface FoundFindings {
  /** Most severe first. */
  readonly findings: readonly Finding[];
  /** How many were accepted, by a comment or a rule. */
  readonly suppressed: number;
  /** Rules files that are wrong: nothing of them counted. */
  readonly wrongRules: readonly WrongRules[];
}

/** What a change would do to the findings, each side most severe first. */
export interface Effects {
  readonly gone: readonly Finding[];
  readonly come: readonly Finding[];
}

/** Bytes that the engine's thread has in use. */
export interface EngineMemory {
  readonly heap: number;
  /** Outside the heap: stored records, columns. */
  readonly buffers: number;
}

/** Questions with what they take and what they give. */
export interface EngineMethods {
  /** Brings the index up to date with the disk and these texts; every other question is answered from the last update. */
  update(request: UpdateRequest): WorkspaceState;
  pack(request: PackRequest): SentPackResult;
  /** What a turn of a conversation shows. */
  turn(asked: TurnRequest): TurnResult;
  /** Undefined for a file that is never packed. */
  why(asked: Pick<PackRequest, 'task' | 'focus'> & { readonly path: WorkspacePath }): FilePlace | undefined;
  /** By absolute path; undefined for a file that is not in the workspace. */
  file(absolute: string): FileFacts | undefined;
  /** The file at an absolute path; undefined for one that is not in the workspace. */
  pathOf(absolute: string): WorkspacePath | undefined;
  /** Those of the files that are in the workspace. */
  present(paths: readonly WorkspacePath[]): readonly WorkspacePath[];
  /** Absolute path of a file; undefined when it is not in the workspace. */
  locate(path: WorkspacePath): string | undefined;
  /** Those of the files that are in the workspace, each with `hashOf` its text. */
  hashes(paths: readonly WorkspacePath[]): readonly (readonly [path: WorkspacePath, hash: string])[];
  /** Rules that the project has written down for changes of these files. */
  projectRules(paths: readonly WorkspacePath[]): ProjectRules;
  /** Whether the workspace leaves the path out, or would if it were there. */
  leftOut(path: string): boolean;
  /** Files and folders that differ from the path, or from one around it, in case or composition alone. */
  sameButForCase(path: string): readonly string[];
  /** Places where a file of this name would not parse; undefined where its language has no grammar. */
  syntaxErrors(of: { readonly path: string; readonly text: string }): number | undefined;
  cycles(options: Omit<CycleOptions, 'record'>): readonly Cycle[];
  /** The actions of the workspace, the users' own among them. */
  actions(_: undefined): ActionList;
  /** What git says has changed, for an action about that. */
  change(scope: ChangeScope): ReadChange;
  /** What an action shows, asks and is answered, for a target. Nothing is written or sent. */
  planAction(request: ActionRequest): ActionResult;
  findings(_: undefined): FoundFindings;
  /** Which findings would go and come with these texts in place. Nothing is kept of it. */
  effects(planned: readonly PlannedText[]): Effects;
  graph(_: undefined): GraphFacts;
  /** What did not change since the last drawing stays where it was. */
  layout(_: undefined): GraphDrawing;
  memory(_: undefined): EngineMemory;
}

export type Method = keyof EngineMethods;
export type Asked<M extends Method> = Parameters<EngineMethods[M]>[0];
export type Answer<M extends Method> = ReturnType<EngineMethods[M]>;

export type ToEngine =
  | { readonly kind: 'ask'; readonly id: number; readonly method: Method; readonly asked: unknown }
  | { readonly kind: 'cancel'; readonly id: number };

export type FromEngine =
  | { readonly kind: 'answer'; readonly id: number; readonly answer: unknown }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string }
  | { readonly kind: 'progress'; readonly progress: Progress };
