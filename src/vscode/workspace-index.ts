/**
 * The index of this window's workspace: starts the engine's thread when something first
 * needs it, brings it up to date after every change, and says what it is doing.
 */
import { join } from 'node:path';
import * as vscode from 'vscode';
import { Engine, EngineLostError } from '../engine/engine.js';
import type { Answer, Asked, Method, UnsavedText, WorkspaceState } from '../engine/protocol.js';
import { onSettings, readSettings } from './settings.js';
import { watchWorkspace } from './workspace-changes.js';

export type IndexState =
  /** The window has no folder, or none on a disk. */
  | { readonly kind: 'no-folder'; readonly virtual: boolean }
  /** Nothing has asked for the index yet. */
  | { readonly kind: 'asleep' }
  /** `done` of `total` changed files are read; `last` is what questions are answered from meanwhile. */
  | { readonly kind: 'indexing'; readonly done: number; readonly total: number; readonly last: WorkspaceState | undefined }
  /** `notice` says what went wrong on the way and was mended. */
  | { readonly kind: 'ready'; readonly last: WorkspaceState; readonly notice?: string | undefined }
  /** By the user: changes are noted, not read. */
  | { readonly kind: 'paused'; readonly last: WorkspaceState | undefined }
  | { readonly kind: 'failed'; readonly message: string; readonly last: WorkspaceState | undefined };

/** A question was asked while there is no index and none is being made. The message says what to do. */
export class NoIndexError extends Error {}

/** A thread lost twice in so short a time would be lost a third time. */
const LOST_AGAIN_MS = 60_000;

/** More changed files than this are a burst: looking at everything costs no more. */
const MANY = 100;

export class WorkspaceIndex implements vscode.Disposable {
  #state: IndexState = { kind: 'asleep' };
  #last: WorkspaceState | undefined;
  #engine: Engine | undefined;
  #updating: Promise<void> | undefined;
  #abort: AbortController | undefined;
  #lostMs = Number.NEGATIVE_INFINITY;
  #notice: string | undefined;
  /** Something changed since the running update began. */
  #stale = false;
  /** Files whose text changed since then; undefined where anything may have. */
  #changed: Set<string> | undefined;
  readonly #stateChanged = new vscode.EventEmitter<IndexState>();
  readonly #updated = new vscode.EventEmitter<WorkspaceState>();
  readonly #subscriptions: vscode.Disposable[];
  #watching: vscode.Disposable | undefined;

  /** After every change of {@link state}; progress comes at most ten times a second. */
  readonly onDidChangeState = this.#stateChanged.event;
  /** After every update that changed something: answers to the same questions may differ now. */
  readonly onDidUpdate = this.#updated.event;

  /**
   * @param assets folder of the bundles.
   * @param store folder for the stored index; undefined keeps nothing.
   */
  constructor(
    private readonly assets: string,
    readonly store: string | undefined,
    private readonly log: vscode.LogOutputChannel,
  ) {
    if (foldersOnDisk().length === 0) this.#state = noFolder();
    this.#subscriptions = [
      this.#stateChanged,
      this.#updated,
      // Other folders or limits make another index; the stored records are reused.
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.#restart()),
      onSettings('index', () => this.#restart()),
    ];
  }

  get state(): IndexState {
    return this.#state;
  }

  /** The workspace as the last update found it; undefined before the first one. */
  get last(): WorkspaceState | undefined {
    return this.#last;
  }

  /** Starts reading the workspace if nothing has yet. */
  wake(): void {
    if (this.#state.kind === 'asleep') void this.#update();
  }

  /**
   * Answers from the index, brought up to date first unless it is paused. Rejects with the
   * signal's reason when aborted, with {@link NoIndexError} where there is none, else with
   * what went wrong.
   */
  async ask<M extends Method>(method: M, asked: Asked<M>, signal?: AbortSignal): Promise<Answer<M>> {
    if (this.#state.kind === 'no-folder') throw new NoIndexError('Longview needs a folder on disk. Open one first.');
    if (this.#state.kind === 'paused' && !this.#last) throw new NoIndexError('Indexing is paused. Resume it first.');
    if (this.#state.kind !== 'paused') {
      await abortable(this.#stale || !this.#last ? this.#update() : (this.#updating ?? Promise.resolve()), signal);
      if (this.#state.kind === 'failed' && !this.#last) throw new NoIndexError(this.#state.message);
      if (!this.#last) throw new NoIndexError('Indexing was cancelled. Start it again with “Longview: Rebuild Index”.');
    }
    return await this.#running().ask(method, asked, signal);
  }

  /** The last state of the workspace, without waiting for an update. Undefined before the first one. */
  async askLast<M extends Method>(method: M, asked: Asked<M>, signal?: AbortSignal): Promise<Answer<M> | undefined> {
    return this.#last && this.#engine ? await this.#engine.ask(method, asked, signal) : undefined;
  }

  /** Stops reading; what was read so far is kept, and the next question or change goes on from there. */
  cancel(): void {
    this.#abort?.abort();
  }

  /** From now on changes are noted and not read, until {@link resume}. */
  pause(): void {
    if (this.#state.kind === 'no-folder' || this.#state.kind === 'paused') return;
    this.#show({ kind: 'paused', last: this.#last });
    this.cancel();
  }

  resume(): void {
    if (this.#state.kind !== 'paused') return;
    this.#show(this.#last ? { kind: 'ready', last: this.#last } : { kind: 'asleep' });
    void this.#update();
  }

  /** Forgets the stored index and reads every file again. */
  async rebuild(): Promise<void> {
    if (this.#state.kind === 'no-folder') return;
    await this.#forget();
    this.log.info('index: rebuilt on request');
    this.#show({ kind: 'asleep' });
    await this.#update();
  }

  /** Forgets the stored index, and reads nothing before {@link resume}. */
  async forget(): Promise<void> {
    if (this.#state.kind === 'no-folder') return;
    await this.#forget();
    this.#last = undefined;
    this.#show({ kind: 'paused', last: undefined });
  }

  async #forget(): Promise<void> {
    await this.#stop();
    if (this.store) await vscode.workspace.fs.delete(vscode.Uri.file(this.store), { recursive: true }).then(undefined, () => undefined);
  }

  dispose(): void {
    for (const s of this.#subscriptions) s.dispose();
    void this.#stop();
  }

  /** One update at a time; one more follows when something changed meanwhile. */
  #update(): Promise<void> {
    this.#stale = true;
    if (!this.#mayUpdate()) return Promise.resolve();
    this.#updating ??= this.#updateUntilFresh();
    return this.#updating;
  }

  async #updateUntilFresh(): Promise<void> {
    try {
      while (this.#stale && this.#mayUpdate()) {
        this.#stale = false;
        if (!(await this.#updateOnce())) return;
      }
    } finally {
      this.#updating = undefined;
    }
  }

  #mayUpdate(): boolean {
    return this.#state.kind !== 'paused' && this.#state.kind !== 'no-folder';
  }

  /** False when it did not come to its end. */
  async #updateOnce(): Promise<boolean> {
    const engine = this.#running();
    const abort = new AbortController();
    this.#abort = abort;
    const files = this.#changed && [...this.#changed];
    this.#changed = new Set();
    if (!this.#last) this.#show({ kind: 'indexing', done: 0, total: 0, last: undefined });
    try {
      const last = await engine.ask('update', { unsaved: unsavedTexts(), changed: files }, abort.signal);
      const changed = !this.#last || last.resolved > 0 || last.files !== this.#last.files || last.tokens !== this.#last.tokens;
      this.#last = last;
      this.#settle({ kind: 'ready', last, notice: this.#notice });
      if (changed) this.#updated.fire(last);
      return true;
    } catch (error) {
      this.#changed = undefined;
      if (engine !== this.#engine) return false;
      if (abort.signal.aborted) {
        this.#settle(this.#last ? { kind: 'ready', last: this.#last, notice: this.#notice } : { kind: 'asleep' });
        return false;
      }
      // Told by #lost, which also decides whether to start again.
      if (error instanceof EngineLostError) return this.#stale;
      const message = error instanceof Error ? error.message : String(error);
      this.log.error(`index: ${message}`);
      this.#settle({ kind: 'failed', message, last: this.#last });
      return false;
    } finally {
      if (this.#abort === abort) this.#abort = undefined;
    }
  }

  /** The thread ended by itself: it starts again from the stored index, unless that has just been tried. */
  #lost(error: EngineLostError): void {
    this.log.error(`index: ${error.message}`);
    const again = Date.now() - this.#lostMs < LOST_AGAIN_MS;
    this.#lostMs = Date.now();
    this.#notice = error.message;
    this.#stale = !again;
    if (again) this.#settle({ kind: 'failed', message: error.message, last: this.#last });
    else void this.#update();
  }

  /** What an update comes to, unless the user paused meanwhile. */
  #settle(state: IndexState): void {
    this.#show(this.#state.kind === 'paused' ? { kind: 'paused', last: this.#last } : state);
  }

  #show(state: IndexState): void {
    if (state.kind !== this.#state.kind) this.log.debug(`index: ${state.kind}`);
    this.#state = state;
    this.#stateChanged.fire(state);
  }

  #running(): Engine {
    if (this.#engine) return this.#engine;
    const { ignore, hugeBytes, memoryLimit } = readSettings();
    const settings = { roots: foldersOnDisk(), assets: this.assets, store: this.store, ignore, hugeBytes };
    this.#engine = new Engine(join(this.assets, 'engine.js'), settings, {
      heapMb: memoryLimit,
      onProgress: ({ done, total }) => {
        if (this.#updating && this.#state.kind !== 'paused') this.#show({ kind: 'indexing', done, total, last: this.#last });
      },
      onLost: (error) => this.#lost(error),
    });
    this.#watching = watchWorkspace({
      noted: (file) => {
        this.#stale = true;
        if (file === undefined || this.#changed?.size === MANY) this.#changed = undefined;
        else this.#changed?.add(file);
      },
      settled: () => void this.#update(),
    });
    return this.#engine;
  }

  async #stop(): Promise<void> {
    const engine = this.#engine;
    this.#engine = undefined;
    this.#last = undefined;
    this.#changed = undefined;
    this.#notice = undefined;
    this.#watching?.dispose();
    this.#abort?.abort();
    await engine?.close();
    await this.#updating;
  }

  async #restart(): Promise<void> {
    const { kind } = this.#state;
    await this.#stop();
    if (foldersOnDisk().length === 0) this.#show(noFolder());
    else if (kind === 'paused') this.#show({ kind: 'paused', last: undefined });
    // What was asked while the last engine ended has started the next one.
    else if (!this.#engine) {
      this.#show({ kind: 'asleep' });
      if (kind !== 'asleep' && kind !== 'no-folder') await this.#update();
    }
  }
}

/** Absolute paths of the window's folders that lie on a disk. */
export function foldersOnDisk(): string[] {
  return vscode.workspace.workspaceFolders?.filter((f) => f.uri.scheme === 'file').map((f) => f.uri.fsPath) ?? [];
}

function noFolder(): IndexState {
  return { kind: 'no-folder', virtual: (vscode.workspace.workspaceFolders?.length ?? 0) > 0 };
}

/** What stands in the editor counts, saved or not. */
function unsavedTexts(): UnsavedText[] {
  return vscode.workspace.textDocuments
    .filter((d) => d.isDirty && d.uri.scheme === 'file')
    .map((d) => ({ absolute: d.uri.fsPath, text: d.getText() }));
}

/** Waits for `work`, or for the signal: the work goes on for others. */
async function abortable(work: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  if (!signal) return await work;
  signal.throwIfAborted();
  let stop: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason as Error);
    signal.addEventListener('abort', stop, { once: true });
  });
  await Promise.race([work, aborted]).finally(() => signal.removeEventListener('abort', stop));
}
