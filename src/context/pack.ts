/** The pack: what one request shows the model, under a token budget, every file with its level of detail and its reason. */
import type { WorkspacePath } from '../workspace/entry.js';

/** How much of a file the model reads. `signatures` keeps the bodies that matter to the task; `outline` none; `path` names the file only. */
export type Level = 'full' | 'signatures' | 'outline' | 'path' | 'nothing';

export interface Focus {
  readonly path: WorkspacePath;
  /** Selected lines. */
  readonly lines?: LineRange;
  /** Name of the symbol the request starts from ("Router.handle" or "handle"). */
  readonly symbol?: string;
  /** Its text reaches the model some other way (an editor that sends the open file itself), so it is not packed again. */
  readonly given?: boolean;
}

/** Lines of a file, 0-based and inclusive. */
export interface LineRange {
  readonly start: number;
  readonly end: number;
}

export interface PackRequest {
  /** What the user wants done, in their words; may be empty. */
  readonly task: string;
  readonly focus?: Focus | undefined;
  /** Files that must be in, at `level` (full unless said); `signatures` may grow, `outline` and `path` do not. */
  readonly pins?: readonly { readonly path: WorkspacePath; readonly level?: Exclude<Level, 'nothing'> }[];
  /** Files that must stay out. */
  readonly drops?: readonly WorkspacePath[];
  /** o200k tokens that `Pack.prompt` may have, 2,000 to 2,000,000. */
  readonly budget: number;
}

/** One term of a file's score, ready to be shown. */
export interface ScoreTerm {
  readonly signal: string;
  readonly value: number;
  /** In words: "contains 'redirect', 'host'", "imported by src/app.ts". */
  readonly words: string;
}

export interface PackedFile {
  readonly path: WorkspacePath;
  readonly level: Level;
  readonly score: number;
  /** One sentence. */
  readonly reason: string;
  /** It says how the project's code is to be written: `nested`, in the folder of the focus. */
  readonly rules?: 'project' | 'nested';
  readonly terms: readonly ScoreTerm[];
  /** o200k tokens of `text`. */
  readonly tokens: number;
  /** Exactly what of the file stands in the prompt; "" at level path and nothing. */
  readonly text: string;
  /** The lines of it, ascending and apart. */
  readonly ranges: readonly LineRange[];
}

export interface Pack {
  /** Files in it, best score first. */
  readonly files: readonly PackedFile[];
  /** Files without room, best score first, in columns: there can be a hundred thousand. `explainFile` tells more of each. */
  readonly left: { readonly paths: readonly WorkspacePath[]; readonly scores: Float64Array };
  /** The text for the model, laid out cache-stably. */
  readonly prompt: string;
  /** o200k tokens of `prompt`, counted on the finished text; never over the budget. */
  readonly tokens: number;
  readonly budget: number;
  /** Every text file of the workspace is in it at level full. */
  readonly whole: boolean;
}

export type PackResult = { readonly kind: 'packed'; readonly pack: Pack } | { readonly kind: 'refused'; readonly message: string };
