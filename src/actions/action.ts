/** Actions: what can be asked about a place in the workspace. Each finds its evidence in the graph and says how its answer is used. */
import type { LineRange, PackRequest } from '../context/pack.js';
import type { Finding, FindingKind } from '../graph/findings/finding.js';
import type { Snapshot } from '../index/snapshot.js';
import type { FlowResult } from '../syntax/flow/flow.js';
import type { WorkspacePath } from '../workspace/entry.js';
import type { EvidenceText } from './evidence.js';

/** What an action is asked about. */
export type Target =
  | { readonly kind: 'workspace' }
  | { readonly kind: 'file'; readonly path: WorkspacePath }
  /** A selection. */
  | { readonly kind: 'lines'; readonly path: WorkspacePath; readonly lines: LineRange }
  /** `symbol` as a focus names it: "Router.handle" or "handle". */
  | { readonly kind: 'symbol'; readonly path: WorkspacePath; readonly symbol: string }
  /** Files of a loop, each of which depends on the next, the last on the first. */
  | { readonly kind: 'cycle'; readonly files: readonly WorkspacePath[] }
  | { readonly kind: 'finding'; readonly finding: Finding }
  | ChangeTarget;

/** What git says has changed. */
export interface ChangeTarget {
  readonly kind: 'change';
  /** Unified, with paths of the workspace behind "a/" and "b/". */
  readonly diff: string;
  /** Files of the diff, sorted; those that are gone too. */
  readonly files: readonly WorkspacePath[];
  /** First lines of the newest commit messages, newest first. */
  readonly subjects?: readonly string[];
}

export type TargetKind = Target['kind'];

/** `text`: it is read. `proposal`: it changes files, once the user has seen and accepted that. */
export type Answers = 'text' | 'proposal';

export interface ActionRequest {
  /** Id of the action. */
  readonly action: string;
  readonly target: Target;
  /** What the user wants, in their words, where the action takes any. */
  readonly wish?: string | undefined;
  /** o200k tokens that pack and instructions may have together. */
  readonly budget: number;
  /** Files of which nothing may be shown; for a change, those of its files too that must not leave the machine. */
  readonly drops?: readonly WorkspacePath[] | undefined;
  /** US dollars for a million tokens of input, where the model and its price are known. */
  readonly inputPrice?: number | undefined;
}

/** What to show the model, what to ask it, and what its answer is. */
export interface ActionPlan {
  /** "Break the cycle src/a.ts → src/b.ts". */
  readonly title: string;
  /** Its task is the wish in short words: files are ranked by it. Its budget is what the instructions leave. */
  readonly pack: PackRequest;
  /** Goes behind the task in the prompt, with the computed evidence fenced as data. */
  readonly instructions: string;
  /** o200k tokens of the instructions. */
  readonly tokens: number;
  /** Files of which text stands in the instructions: they leave the machine with them. Sorted. */
  readonly files: readonly WorkspacePath[];
  readonly answers: Answers;
  /** What to do once its changes are applied, in one sentence: "Run the new tests: npx mocha test/a.test.js". */
  readonly next?: string;
}

export type ActionResult =
  | { readonly kind: 'planned'; readonly plan: ActionPlan }
  /** What stands against it, and the one thing to do. */
  | { readonly kind: 'refused'; readonly message: string };

/** What an action knows when it plans. */
export interface Scene<T extends Target = Target> {
  readonly snapshot: Snapshot;
  readonly target: T;
  /** Trimmed; "" for none. */
  readonly wish: string;
  /** US dollars for a million tokens of input. */
  readonly inputPrice: number | undefined;
  /** What the lines of {@link Action.flowOf} read and hand back, where it was computed. */
  readonly flow: FlowResult | undefined;
  /** Collects what is shown as evidence, bounded. */
  readonly evidence: EvidenceText;
}

/** What an action makes of a scene; the rest of the plan follows from it. */
export interface Draft {
  readonly title: string;
  /** Short words for the task; the title unless said. */
  readonly task?: string;
  readonly focus?: PackRequest['focus'];
  /** Files that the model should see, the most important first: pinned as far as they fit. */
  readonly needs?: readonly WorkspacePath[];
  /** What to do once its changes are applied. */
  readonly next?: string;
  /** o200k tokens that are enough of a pack; the budget unless said. */
  readonly most?: number;
  /** What the model is to do, without the evidence. */
  readonly instructions: string;
}

/** How an action takes the user's own words. */
export interface Wish {
  readonly required: boolean;
  /** What to type, for an input box: "What should change?". */
  readonly prompt: string;
}

/** What a menu needs to know of an action. */
export interface ListedAction {
  /** "break-cycle"; of a user's own action the name of its file. */
  readonly id: string;
  /** "Break Dependency Cycle". */
  readonly title: string;
  /** One line, without a full stop. */
  readonly summary: string;
  /** What it can be asked about; the first is the usual one. */
  readonly takes: readonly TargetKind[];
  /** Findings of which kinds it takes; all unless said. */
  readonly findings?: readonly FindingKind[];
  readonly answers: Answers;
  /** What it asks of a model, as the router's tiers name it. */
  readonly demands: 'summary' | 'question' | 'change';
  readonly wish?: Wish;
  /** The file of a user's own action. */
  readonly from?: WorkspacePath;
}

export interface Action extends ListedAction {
  /** Lines of which the flow is to be computed before it plans; undefined for none. */
  flowOf?(snapshot: Snapshot, target: Target): FlowPlace | undefined;
  /** A text is the reason why it cannot be done. Only called with a target that it takes. */
  plan(scene: Scene): Draft | string;
}

/** Lines of a file. */
export interface FlowPlace {
  readonly path: WorkspacePath;
  readonly lines: LineRange;
}

export interface ActionList {
  /** Built-in ones first, then the users' own by id. */
  readonly actions: readonly ListedAction[];
  /** What is wrong with the users' own, each with the one thing to do. */
  readonly problems: readonly string[];
}
