/** What the sidebar's page and its host tell each other. The host sends the whole state after every change; the page sends what the user wants. */
import type { Level } from '../../context/pack.js';
import type { Fit } from '../../money/quote.js';

export interface SidebarState {
  readonly workspace: WorkspaceView;
  /** False in Restricted Mode: nothing of this workspace's own settings is followed. */
  readonly trusted: boolean;
  readonly task: TaskView;
  readonly focus: FocusView;
  readonly budget: BudgetView;
  readonly pack: PackView;
  readonly quotes: QuotesView;
  readonly route: RouteView;
  readonly ask: AskView;
}

export type WorkspaceView =
  /** `virtual`: there are folders, but none on a disk. */
  | { readonly kind: 'no-folder'; readonly virtual: boolean }
  | { readonly kind: 'asleep' }
  /** `first`: there is nothing to answer from yet. */
  | { readonly kind: 'indexing'; readonly done: number; readonly total: number; readonly first: boolean }
  | {
      readonly kind: 'ready';
      readonly files: number;
      /** o200k tokens of all of them. */
      readonly tokens: number;
      readonly problems: number;
      readonly notice: string | undefined;
    }
  | { readonly kind: 'paused' }
  | { readonly kind: 'failed'; readonly message: string };

export interface TaskView {
  readonly text: string;
  /** Number of the page's last edit that `text` knows of; 0 before the first. */
  readonly edit: number;
}

export interface FocusView {
  readonly choice: 'editor' | 'place' | 'none';
  /** "src/app.ts", "src/app.ts, lines 3–9"; undefined when there is nothing to start from. */
  readonly label: string | undefined;
  /** The file is not one of the workspace, so the pack does not start from it. */
  readonly outside: boolean;
}

export interface BudgetView {
  /** o200k tokens. */
  readonly tokens: number;
  readonly least: number;
  readonly most: number;
  readonly presets: readonly BudgetPreset[];
}

export interface BudgetPreset {
  /** "32k", "Claude Opus 5.5". */
  readonly label: string;
  readonly hint: string;
  readonly tokens: number;
}

export type PackView =
  | { readonly kind: 'nothing-asked' }
  /** `last` is the pack shown meanwhile. */
  | { readonly kind: 'packing'; readonly last: PackFigures | undefined }
  | { readonly kind: 'packed'; readonly figures: PackFigures }
  | { readonly kind: 'refused' | 'failed'; readonly message: string };

export type ShownLevel = Exclude<Level, 'nothing'>;

export interface PackFigures {
  /** o200k tokens of the finished text. */
  readonly tokens: number;
  readonly budget: number;
  /** Every text file of the workspace is in it, whole. */
  readonly whole: boolean;
  /** From the most detail to the least; levels without a file are left out. */
  readonly levels: readonly { readonly level: ShownLevel; readonly files: number; readonly tokens: number }[];
  /** o200k tokens of what is not a file's text: instructions, the list of paths, the task. */
  readonly frame: number;
  /** Files that had no room. */
  readonly left: number;
}

export interface QuotesView {
  /** o200k tokens of the prompt that the quotes are for. */
  readonly tokens: number;
  /** Without a pack the quotes are for a prompt that fills the budget. */
  readonly of: 'pack' | 'budget';
  /** "provider/model"; "" for none. */
  readonly chosen: string;
  /** The router has chosen it, and may choose another. */
  readonly automatic: boolean;
  readonly models: readonly QuoteView[];
}

/** In place of a model: the router chooses. */
export const AUTOMATIC = 'auto';

/** Who could be asked. */
export type RouteView =
  /** Nobody wants to know, or there is no context to ask about. */
  | { readonly kind: 'none' }
  | { readonly kind: 'failed'; readonly message: string }
  /** Rows in the order in which they would be asked, those that are out of the question last. */
  | { readonly kind: 'routed'; readonly why: string; readonly rows: readonly RouteRowView[] };

export interface RouteRowView {
  /** "provider/model". */
  readonly id: string;
  readonly verdict: 'chosen' | 'fallback' | 'other' | 'rejected';
  /** The verdict in words: "fallback 2". */
  readonly words: string;
  /** Expected. */
  readonly cost: string;
  /** Until the answer is whole; "?" behind one that is not measured. */
  readonly time: string;
  readonly reasons: string;
}

/** A model with what the prompt would cost there; texts are ready to be shown. */
export interface QuoteView {
  /** "provider/model". */
  readonly id: string;
  readonly provider: string;
  readonly name: string;
  /** Tokens of prompt and answer together. */
  readonly window: number | undefined;
  /** o200k tokens that a prompt may have there and surely fit; undefined if the window is not known. */
  readonly room: number | undefined;
  readonly fits: Fit;
  /** The model's own tokens; `low` and `high` are one number where they are counted, not estimated. */
  readonly tokens: { readonly low: number; readonly high: number };
  readonly cost:
    | { readonly kind: 'known'; readonly cold: Amount; readonly warm: Amount; readonly worst: Amount; readonly source: string }
    | { readonly kind: 'unknown'; readonly reason: string };
}

export interface Amount {
  /** "$0.0755", "$0.04–$0.05". */
  readonly text: string;
  /** Its upper end in micro-dollars, to sort by. */
  readonly most: number;
}

/** What becomes of the context: the button that sends it, and the answer. */
export interface AskView {
  readonly send: SendView;
  /** Turns of the session so far, and the model's tokens that the next question repeats; undefined before the first, and where each is sent alone. */
  readonly session: { readonly turns: number; readonly tokens: number } | undefined;
  /** Why the last try was not sent, each reason with what can be done about it here. */
  readonly obstacles: readonly ObstacleView[];
  readonly answer: AnswerView | undefined;
  /** How the task is asked: `title` of the action, "" for a question of the user's own. */
  readonly asked: { readonly title: string; readonly proposes: boolean };
  /** What the last answer would change; undefined where nothing waits. */
  readonly proposal: ProposalView | undefined;
}

export interface ProposalView {
  /** How much of it is accepted, or why there is nothing to be. */
  readonly words: string;
  readonly canApply: boolean;
  /** Files that would be changed. */
  readonly files: number;
  /** Changes that cannot be made. */
  readonly refused: number;
  /** Those of them that the model could put right if it were asked once more. */
  readonly fixable: number;
}

export type SendView =
  /** `price` is "$0.03–$0.11" or "price unknown"; `quote` names it to the host; `foreseen` is what the provider's cache is expected to serve, `again` what is billed again. */
  | {
      readonly kind: 'ready';
      readonly price: string;
      readonly quote: number;
      /** The name of the model, where it was not the user who chose it. */
      readonly model: string | undefined;
      readonly foreseen?: string | undefined;
      readonly again?: string | undefined;
    }
  /** There is nothing to send, or nothing may be sent. */
  | { readonly kind: 'off'; readonly obstacle: ObstacleView | undefined }
  | { readonly kind: 'preparing' }
  | { readonly kind: 'answering' };

export interface ObstacleView {
  readonly message: string;
  readonly fixes: readonly string[];
}

export interface AnswerView {
  readonly id: string;
  readonly state: 'answering' | 'complete' | 'length' | 'declined' | 'cut' | 'cancelled' | 'failed';
  readonly model: string;
  readonly task: string;
  /** The end of its text, and how many characters that has. */
  readonly excerpt: string;
  readonly characters: number;
  /** The end of what the model lets be seen of its reasoning. */
  readonly thinking: string;
  /** Who was asked instead of whom, and why. */
  readonly notes: readonly string[];
  /** What ended it early. */
  readonly ending: string | undefined;
  readonly canGoOn: boolean;
  /** One for each request that it took; none until the first has ended. */
  readonly receipts: readonly ReceiptView[];
}

export interface ReceiptView {
  /** Of the request in the ledger. */
  readonly request: string;
  readonly cost: string;
  readonly quoted: string | undefined;
  /** Tokens that were expected to be read from the provider's cache; undefined where nothing was known of that. */
  readonly expectedRead?: number | undefined;
  /** Tokens that were billed, each in one bucket. */
  readonly buckets: readonly { readonly name: string; readonly tokens: number }[];
}

export type SidebarWish =
  /** The page is there and wants the state. */
  | { readonly kind: 'ready' }
  /** `edit` counts up from 1 for as long as the page lives. */
  | { readonly kind: 'task'; readonly text: string; readonly edit: number }
  | { readonly kind: 'budget'; readonly tokens: number }
  | { readonly kind: 'focus'; readonly choice: FocusWish }
  /** Of {@link AUTOMATIC} too. */
  | { readonly kind: 'model'; readonly id: string }
  /** The table of who could be asked is wanted, or no more. */
  | { readonly kind: 'route'; readonly open: boolean }
  /** Whether the answer may propose changes. */
  | { readonly kind: 'propose'; readonly on: boolean }
  /** Send for the price that the page shows. */
  | { readonly kind: 'send'; readonly quote: number }
  /** Take a way out of an obstacle; both count from 0. `off`: of the one that stands against sending anything. */
  | { readonly kind: 'fix'; readonly obstacle: number | 'off'; readonly fix: number }
  /** Show the request with this id in the view Requests. */
  | { readonly kind: 'request'; readonly id: string }
  /** Read the workspace now. */
  | { readonly kind: 'wake' }
  | { readonly kind: 'command'; readonly command: SidebarCommand };

/** `keep`: stay with the place that the editor shows now. */
export type FocusWish = 'editor' | 'keep' | 'none';

/** Commands that the page may run; no others. */
export const SIDEBAR_COMMANDS = [
  'longview.copyContext',
  'longview.saveContext',
  'longview.openContext',
  'longview.cancelIndexing',
  'longview.resumeIndex',
  'longview.rebuildIndex',
  'longview.showProblems',
  'longview.showLog',
  'longview.showGraph',
  'longview.openSettings',
  'longview.stopAnswer',
  'longview.newSession',
  'longview.continueAnswer',
  'longview.retryAnswer',
  'longview.copyAnswer',
  'longview.openAnswer',
  'longview.plainQuestion',
  'longview.openProposal',
  'longview.applyProposal',
  'longview.discardProposal',
  'longview.fixProposal',
  'longview.proposal.focus',
  'longview.contextFiles.focus',
  'vscode.openFolder',
  'workbench.trust.manage',
] as const;
export type SidebarCommand = (typeof SIDEBAR_COMMANDS)[number];

/** What the page keeps while it is hidden. */
export interface SidebarDraft {
  /** Text of the task that the host has not confirmed. */
  readonly task?: string | undefined;
  readonly provider?: string | undefined;
  readonly order?: string | undefined;
  readonly comparing?: boolean | undefined;
  readonly routing?: boolean | undefined;
}
