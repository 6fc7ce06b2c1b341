/** The user's settings, read anew whenever asked: the editor keeps them. Ids and defaults are in package.json. */
import * as vscode from 'vscode';
import { FORM_WISHES, type FormWish } from '../proposing.js';

/** In place of a model's name: the router chooses. */
export const AUTO = 'auto';

export interface Settings {
  /** Patterns in gitignore syntax, on top of the workspace's own ignore files. */
  readonly ignore: readonly string[];
  /** Bytes above which a file keeps an outline only. */
  readonly hugeBytes: number;
  /** Megabytes of heap that the engine's thread may have. */
  readonly memoryLimit: number;
  /** Reads the workspace when the window opens, not when Longview is first used. */
  readonly startWithWindow: boolean;
  /** Files and folders that the graph draws before it leaves folders closed. */
  readonly graphLimit: number;
  /** o200k tokens a pack may have until the user chooses another budget. */
  readonly budget: number;
  /** "provider/model", {@link AUTO}, or "" for none. */
  readonly model: string;
  /** Tokens that an answer is expected to have. */
  readonly expectedAnswer: number;
  /** Tokens that an answer may have. */
  readonly maxAnswer: number;
  /** Prices of the user's own, as {@link file://../money/own-prices.ts} reads them. */
  readonly prices: unknown;
  /** USD above which a request is asked for before it is sent. */
  readonly confirmAbove: number;
  /** "provider/model" that holds proposals against the project's rules, or "" for none; and whether that is the user's own wish, not a workspace's. */
  readonly rulesCheck: string;
  readonly isRulesCheckOwn: boolean;
  /** As {@link file://../money/budgets.ts} reads them. */
  readonly budgets: unknown;
  /** Questions are turns of a session; else each is sent alone. */
  readonly sessions: boolean;
  /** How changes of files are asked for; by default a session goes on in the form it has. */
  readonly answerForm: FormWish;
  /** Only models on this machine are asked. */
  readonly localOnly: boolean;
  /** Models that the router looks at beside those that a key is set for: "provider/model". */
  readonly autoModels: readonly string[];
  /** As {@link file://../models/router/tiers.ts} reads them. */
  readonly autoTiers: unknown;
  readonly autoPrefer: string;
}

/** In Restricted Mode the editor leaves out what a workspace sets of the settings named in package.json. */
export function readSettings(): Settings {
  const of = vscode.workspace.getConfiguration('longview');
  return {
    ignore: of.get<string[]>('index.ignore', []).filter((p) => typeof p === 'string'),
    hugeBytes: of.get('index.hugeBytes', 1_000_000),
    memoryLimit: of.get('index.memoryLimit', 4096),
    startWithWindow: of.get('index.startWithWindow', false),
    graphLimit: of.get('graph.limit', 2_000),
    budget: of.get('pack.budget', 128_000),
    model: of.get('model', ''),
    expectedAnswer: of.get('answer.expectedTokens', 2_000),
    maxAnswer: of.get('answer.maxTokens', 8_000),
    prices: of.get('prices', {}),
    confirmAbove: of.get('confirmAbove', 0.5),
    rulesCheck: of.get('rulesCheck.model', ''),
    get isRulesCheckOwn() {
      return of.inspect('rulesCheck.model')?.globalValue === this.rulesCheck;
    },
    budgets: of.get<unknown>('budgets'),
    sessions: of.get('sessions', true),
    answerForm: FORM_WISHES.find((wish) => wish === of.get('proposals.answerForm')) ?? 'auto',
    // Whoever says it holds: a workspace cannot take back what the user wants. Looked up when asked for: it takes as long as all the others.
    get localOnly() {
      const said = of.inspect<boolean>('localOnly');
      return said?.globalValue === true || said?.workspaceValue === true;
    },
    autoModels: of.get<string[]>('auto.models', []).filter((name) => typeof name === 'string'),
    autoTiers: of.get<unknown>('auto.tiers', {}),
    autoPrefer: of.get('auto.prefer', 'balanced'),
  };
}

/** Calls `then` when one of the settings whose ids begin with `prefix` ("index", "model") changed. */
export function onSettings(prefix: string, then: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((e) => {
    if (e.affectsConfiguration(`longview.${prefix}`)) then();
  });
}
