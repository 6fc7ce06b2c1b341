/** From a command to the sidebar: which action, about what, as the engine plans it. Nothing is sent before the user says so. */
import * as vscode from 'vscode';
import type { ListedAction, Target } from '../../actions/action.js';
import { deniedClass } from '../../policy/file-classes.js';
import type { WorkspacePath } from '../../workspace/entry.js';
import { askWithProgress } from '../commands/asking.js';
import type { FocusChoice } from '../focus.js';
import type { AllowedFiles } from '../requests/allowed-files.js';
import type { Services } from '../services.js';
import { absoluteOf } from '../trees/file-places.js';
import { readTarget } from './choose-target.js';
import { linesOfSymbol } from './place.js';
import { adviceFor, aimAt, type Place } from './targets.js';

/** What a keybinding or another extension may give instead of being asked. */
export interface AskedAction {
  /** Its id. */
  readonly action?: string;
  readonly target?: Target;
  readonly wish?: string;
}

/** A prompt of the size that a step of a migration may have: prices differ by it. */
const PRICED_TOKENS = 100_000;

export class ActionStarter {
  /** What the last action pinned: the next one's pins take its place, the user's own stay. */
  #pinned: readonly WorkspacePath[] = [];

  constructor(
    private readonly services: Services,
    private readonly allowed: AllowedFiles,
  ) {}

  /** Puts what the action asks into the sidebar; says so where it cannot be done. */
  async start(action: ListedAction, place: Place, { target: given, wish: told }: AskedAction = {}): Promise<void> {
    const { index, pack } = this.services;
    const target = given ?? (await this.#targetOf(action, place));
    if (!target) return;
    const wish = told ?? (isAskedForWish(action) ? await askWish(action) : '');
    if (wish === undefined) return;
    const { budget, drops, pins } = pack.choice;
    const withheld =
      target.kind === 'change' ? target.files.filter((path) => deniedClass(path) !== undefined && !this.allowed.has(path)) : [];
    const request = { action: action.id, target, wish, budget, drops: [...drops, ...withheld], inputPrice: await this.#inputPrice() };
    const result = await askWithProgress(index, `${action.title.replace(/…$/, '')}: looking at the graph`, 'planAction', request);
    if (!result) return;
    if (result.kind === 'refused') {
      void vscode.window.showInformationMessage(result.message);
      return;
    }
    const { pack: planned, title, instructions, tokens, files, answers } = result.plan;
    const own = Object.entries(pins).filter(([path]) => !this.#pinned.includes(path));
    const needed = (planned.pins ?? []).map(({ path, level }) => [path, level ?? 'full'] as const);
    this.#pinned = needed.map(([path]) => path).filter((path) => !own.some(([p]) => p === path));
    pack.choose({
      task: planned.task,
      focus: await this.#focusOf(planned.focus),
      pins: { ...Object.fromEntries(needed), ...Object.fromEntries(own) },
      drops: drops.filter((path) => !this.#pinned.includes(path)),
      ask: {
        action: action.id,
        title,
        instructions,
        tokens,
        files,
        answers,
        ...(planned.budget < budget - tokens ? { most: planned.budget } : {}),
      },
    });
    await vscode.commands.executeCommand('longview.context.focus');
  }

  async #targetOf(action: ListedAction, place: Place): Promise<Target | undefined> {
    const aim = aimAt(action, place);
    if (aim) return await readTarget(this.services.index, action, aim, place);
    void vscode.window.showInformationMessage(adviceFor(action));
    return undefined;
  }

  async #focusOf(focus: { readonly path: string; readonly lines?: { start: number; end: number }; readonly symbol?: string } | undefined) {
    const { index } = this.services;
    const none: FocusChoice = { kind: 'none' };
    const absolute = focus && absoluteOf(index.last?.roots ?? [], focus.path);
    if (!focus || absolute === undefined) return none;
    const lines = focus.lines ?? (focus.symbol === undefined ? undefined : await linesOfSymbol(index, focus.path, focus.symbol));
    return { kind: 'place', place: { absolute, ...(lines ? { lines } : {}) } } satisfies FocusChoice;
  }

  /** US dollars for a million tokens of input with a cold cache: micro-dollars for one. */
  async #inputPrice(): Promise<number | undefined> {
    const quote = await this.services.quotes.ofPrompt(PRICED_TOKENS);
    return quote?.cost.kind === 'known' ? quote.cost.cold.high / PRICED_TOKENS : undefined;
  }
}

/** What may be left out is asked for where a team's own action wants it; else the task in the sidebar has room for it. */
const isAskedForWish = ({ wish, from }: ListedAction): boolean => wish !== undefined && (wish.required || from !== undefined);

function askWish({ title, wish }: ListedAction): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: title.replace(/…$/, ''),
    prompt: wish?.prompt ?? '',
    ignoreFocusOut: true,
    validateInput: (text) => (wish?.required && text.trim() === '' ? 'Say it in a few words.' : undefined),
  });
}
