/**
 * The pack that the user is looking at: what was chosen for it (task, focus, budget, pins,
 * drops), and what the engine made of that. Packs again after every change of either.
 */
import * as vscode from 'vscode';
import type { Level, PackRequest } from '../context/pack.js';
import type { SentPack } from '../engine/protocol.js';
import type { WorkspacePath } from '../workspace/entry.js';
import { type FocusChoice, FocusOfEditor } from './focus.js';
import { type Ask, readAsk } from './requests/wanted.js';
import { readSettings } from './settings.js';
import type { WorkspaceIndex } from './workspace-index.js';

export type PinLevel = Exclude<Level, 'nothing'>;

/** What the user chose; kept per workspace. */
export interface PackChoice {
  readonly task: string;
  readonly focus: FocusChoice;
  /** o200k tokens. */
  readonly budget: number;
  readonly pins: Readonly<Record<WorkspacePath, PinLevel>>;
  readonly drops: readonly WorkspacePath[];
  /** How the task is asked. */
  readonly ask: Ask;
}

export type PackState =
  /** Neither a task nor a focus: nothing tells what matters. */
  | { readonly kind: 'nothing-asked' }
  /** `last` is the pack shown meanwhile. */
  | { readonly kind: 'packing'; readonly last: SentPack | undefined }
  | { readonly kind: 'packed'; readonly pack: SentPack; readonly request: PackRequest }
  /** The request cannot be met; the message says why and what to change. */
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string };

const KEY = 'longview.pack';
/** Typing in the task box is followed this much later. */
const QUIET_MS = 150;

export class CurrentPack implements vscode.Disposable {
  #choice: PackChoice;
  #state: PackState = { kind: 'nothing-asked' };
  #lastPack: SentPack | undefined;
  #abort: AbortController | undefined;
  /** The newest making of a pack, under way or ended. */
  #making: Promise<boolean> = Promise.resolve(true);
  #timer: NodeJS.Timeout | undefined;
  /** Views that show the pack; without one nothing is packed unasked. */
  #watchers = 0;
  #outdated = true;
  readonly #focus: FocusOfEditor;
  readonly #stateChanged = new vscode.EventEmitter<PackState>();
  readonly #choiceChanged = new vscode.EventEmitter<PackChoice>();
  readonly #subscriptions: vscode.Disposable[];

  readonly onDidChangeState = this.#stateChanged.event;
  readonly onDidChangeChoice = this.#choiceChanged.event;

  constructor(
    private readonly index: WorkspaceIndex,
    private readonly memento: vscode.Memento,
  ) {
    this.#choice = restore(memento.get(KEY));
    this.#focus = new FocusOfEditor();
    this.#subscriptions = [
      this.#stateChanged,
      this.#choiceChanged,
      this.#focus,
      this.#focus.onDidChange(() => this.#choice.focus.kind === 'editor' && this.#repack()),
      // An update has waited for quiet already.
      index.onDidUpdate(() => this.#repack(0)),
    ];
  }

  get choice(): PackChoice {
    return this.#choice;
  }

  get state(): PackState {
    return this.#state;
  }

  /** The pack shown last, also while another one is made. */
  get pack(): SentPack | undefined {
    return this.#lastPack;
  }

  /** What the pack starts from now, in the words of the choice. */
  get focus(): ReturnType<FocusOfEditor['of']> {
    return this.#focus.of(this.#choice.focus);
  }

  /** Changes what is chosen and packs again. A pin takes back a drop of the same file, and the other way round. */
  choose(change: Partial<PackChoice>): void {
    this.#choice = consistent({ ...this.#choice, ...change }, change);
    void this.memento.update(KEY, this.#choice);
    this.#choiceChanged.fire(this.#choice);
    this.#repack();
  }

  pin(paths: readonly WorkspacePath[], level: PinLevel): void {
    if (paths.length > 0) this.choose({ pins: { ...this.#choice.pins, ...Object.fromEntries(paths.map((p) => [p, level])) } });
  }

  drop(paths: readonly WorkspacePath[]): void {
    if (paths.length > 0) this.choose({ drops: [...new Set([...this.#choice.drops, ...paths])] });
  }

  /** Leaves it to Longview again whether and how the files are in. */
  release(paths: readonly WorkspacePath[]): void {
    const released = new Set(paths);
    const pins = Object.fromEntries(Object.entries(this.#choice.pins).filter(([p]) => !released.has(p)));
    this.choose({ pins, drops: this.#choice.drops.filter((d) => !released.has(d)) });
  }

  /** The file is opened to be looked at: see {@link FocusOfEditor.glanceAt}. */
  glanceAt(absolute: string): void {
    this.#focus.glanceAt(absolute);
  }

  /** Packs after every change as long as the result is not disposed: something shows the pack. */
  watch(): vscode.Disposable {
    this.#watchers++;
    if (this.#outdated) this.#repack();
    let watching = true;
    return new vscode.Disposable(() => {
      if (watching) this.#watchers--;
      watching = false;
    });
  }

  /** The pack of what is chosen now. Rejects with the signal's reason when aborted; refusals and failures are in the state that is returned. */
  async now(signal?: AbortSignal): Promise<PackState> {
    // What was typed a moment ago counts: the update that it leads to tells whether the pack is outdated.
    if (!this.#outdated) await this.index.ask('present', [], signal).catch(() => signal?.throwIfAborted());
    let making = this.#outdated ? this.#make(signal) : this.#making;
    for (;;) {
      const isMade = await making;
      signal?.throwIfAborted();
      const isNewest = making === this.#making;
      if (isMade && isNewest) return this.#state;
      // Another one took its place, or somebody else gave it up.
      making = isNewest ? this.#make(signal) : this.#making;
    }
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#abort?.abort();
    for (const s of this.#subscriptions) s.dispose();
  }

  #repack(quietMs = QUIET_MS): void {
    this.#outdated = true;
    if (this.#watchers === 0) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#make(), quietMs);
  }

  /** The newest request wins: one that is still running is given up. False for one that was. */
  #make(signal?: AbortSignal): Promise<boolean> {
    clearTimeout(this.#timer);
    this.#making = this.#makeOnce(signal);
    return this.#making;
  }

  async #makeOnce(signal: AbortSignal | undefined): Promise<boolean> {
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    const either = signal ? AbortSignal.any([signal, abort.signal]) : abort.signal;
    this.#outdated = false;
    try {
      const request = await this.#request(either);
      if (abort !== this.#abort) return false;
      if (!request) {
        this.#lastPack = undefined;
        this.#show({ kind: 'nothing-asked' });
        return true;
      }
      this.#show({ kind: 'packing', last: this.#lastPack });
      const result = await this.index.ask('pack', request, either);
      if (abort !== this.#abort) return false;
      this.#lastPack = result.kind === 'packed' ? result.pack : undefined;
      this.#show(result.kind === 'packed' ? { kind: 'packed', pack: result.pack, request } : result);
    } catch (error) {
      if (abort !== this.#abort) return false;
      this.#outdated = true;
      if (either.aborted) return false;
      this.#lastPack = undefined;
      this.#show({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
    }
    return true;
  }

  /** Undefined when neither task nor focus says what matters. Pins and drops of files that are gone are left out. */
  async #request(signal: AbortSignal): Promise<PackRequest | undefined> {
    const { task, pins, drops, ask } = this.#choice;
    const budget = Math.min(this.#choice.budget, ask.most ?? Number.POSITIVE_INFINITY);
    const chosen = this.focus;
    const path = chosen && (await this.index.ask('pathOf', chosen.absolute, signal));
    if (task.trim() === '' && path === undefined && Object.keys(pins).length === 0) return undefined;
    const named = [...Object.keys(pins), ...drops];
    // A question to an engine at work takes tens of milliseconds.
    const present = new Set(named.length > 0 ? await this.index.ask('present', named, signal) : []);
    const focus = path === undefined ? undefined : { path, ...(chosen?.lines ? { lines: chosen.lines } : {}) };
    return {
      task,
      budget,
      ...(focus ? { focus } : {}),
      pins: Object.entries(pins)
        .filter(([p]) => present.has(p))
        .map(([p, level]) => ({ path: p, level })),
      drops: drops.filter((p) => present.has(p)),
    };
  }

  #show(state: PackState): void {
    this.#state = state;
    this.#stateChanged.fire(state);
  }
}

function consistent(choice: PackChoice, change: Partial<PackChoice>): PackChoice {
  if (change.drops) {
    const dropped = new Set(choice.drops);
    return { ...choice, pins: Object.fromEntries(Object.entries(choice.pins).filter(([p]) => !dropped.has(p))) };
  }
  return change.pins ? { ...choice, drops: choice.drops.filter((d) => !(d in choice.pins)) } : choice;
}

/** What was kept, as far as it still makes sense. */
function restore(kept: Partial<PackChoice> | undefined): PackChoice {
  return {
    task: kept?.task ?? '',
    focus: kept?.focus ?? { kind: 'editor' },
    budget: kept?.budget ?? readSettings().budget,
    pins: kept?.pins ?? {},
    drops: kept?.drops ?? [],
    ask: readAsk(kept?.ask),
  };
}
