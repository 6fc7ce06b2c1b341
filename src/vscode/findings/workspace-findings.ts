/** The findings of the workspace, kept in memory: looked for while somebody sees them, again after every update. */
import * as vscode from 'vscode';
import type { FoundFindings } from '../../engine/protocol.js';
import type { Evidence, Finding } from '../../graph/findings/finding.js';
import { RULES_FILE } from '../../graph/findings/rules.js';
import { absoluteOf } from '../trees/file-places.js';
import type { WorkspaceIndex } from '../workspace-index.js';

export type FindingsState =
  /** Nobody has wanted to see them yet. */
  | { readonly kind: 'unasked' }
  /** `last` is what is shown meanwhile. */
  | { readonly kind: 'looking'; readonly last: FoundFindings | undefined }
  | { readonly kind: 'found'; readonly last: FoundFindings }
  | { readonly kind: 'failed'; readonly message: string; readonly last: FoundFindings | undefined };

/** A line of a file that shows a finding. */
export interface Shown {
  readonly finding: Finding;
  readonly evidence: Evidence;
}

/** After an update the pack goes first, and whoever types is not done yet. */
const QUIET_MS = 600;
/** Where nobody watches, at most one part in so many of the time is spent looking. */
const SHARE = 20;

export class WorkspaceFindings implements vscode.Disposable {
  #state: FindingsState = { kind: 'unasked' };
  #watchers = 0;
  #outdated = true;
  #timer: NodeJS.Timeout | undefined;
  #abort: AbortController | undefined;
  #rules: vscode.Disposable | undefined;
  /** By absolute path; made when it is first looked at. */
  #byFile: ReadonlyMap<string, readonly Shown[]> | undefined;
  /** Until then the lightbulb has nothing looked for. */
  #restUntilMs = 0;
  readonly #changed = new vscode.EventEmitter<FindingsState>();
  readonly #subscriptions: vscode.Disposable;

  readonly onDidChange = this.#changed.event;

  constructor(private readonly index: WorkspaceIndex) {
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      index.onDidUpdate(() => this.#outdate(QUIET_MS)),
    );
  }

  get state(): FindingsState {
    return this.#state;
  }

  /** Those found last; undefined before the first time. */
  get last(): FoundFindings | undefined {
    return this.#state.kind === 'unasked' ? undefined : this.#state.last;
  }

  /** Looks after every update as long as the result is not disposed: something shows them. */
  watch(): vscode.Disposable {
    this.#watchers++;
    this.#followRules();
    if (this.#outdated) this.#lookSoon(0);
    let watching = true;
    return new vscode.Disposable(() => {
      if (watching) this.#watchers--;
      watching = false;
    });
  }

  /** Somebody may ask for a line of a file in a moment. Wakes no index, and looks at most a twentieth of the time. */
  glance(): void {
    if (this.#watchers > 0 || !this.#outdated || !this.index.last || this.#state.kind === 'looking') return;
    if (Date.now() < this.#restUntilMs) return;
    this.#followRules();
    void this.#look();
  }

  /** Looks again, as after an update: something that is accepted now was not. */
  again(): void {
    this.#outdate(0);
  }

  /** What is shown on lines of a file, 0-based and inclusive; from memory. */
  at(absolute: string, start: number, end: number): readonly Shown[] {
    return this.in(absolute).filter(({ evidence: { line } }) => line >= start && line <= end);
  }

  /** What is shown in a file; from memory. */
  in(absolute: string): readonly Shown[] {
    return this.byFile.get(absolute) ?? [];
  }

  /** Absolute path → what is shown in the file. */
  get byFile(): ReadonlyMap<string, readonly Shown[]> {
    if (this.#byFile) return this.#byFile;
    const roots = this.index.last?.roots ?? [];
    const found = new Map<string, Shown[]>();
    for (const finding of this.last?.findings ?? []) {
      for (const evidence of finding.evidence) {
        const absolute = absoluteOf(roots, evidence.path);
        if (absolute === undefined) continue;
        const here = found.get(absolute);
        if (here) here.push({ finding, evidence });
        else found.set(absolute, [{ finding, evidence }]);
      }
    }
    this.#byFile = found;
    return found;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#abort?.abort();
    this.#rules?.dispose();
    this.#subscriptions.dispose();
  }

  /** Rules that git ignores change no index. */
  #followRules(): void {
    if (this.#rules) return;
    const watcher = vscode.workspace.createFileSystemWatcher(`**/${RULES_FILE}`);
    const outdate = (): void => this.#outdate(QUIET_MS);
    this.#rules = vscode.Disposable.from(watcher, watcher.onDidCreate(outdate), watcher.onDidChange(outdate), watcher.onDidDelete(outdate));
  }

  #outdate(ms: number): void {
    this.#outdated = true;
    if (this.#watchers > 0) this.#lookSoon(ms);
  }

  #lookSoon(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#look(), ms);
  }

  /** The newest question wins: one that is still running is given up. */
  async #look(): Promise<void> {
    clearTimeout(this.#timer);
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    this.#outdated = false;
    const since = Date.now();
    this.#show({ kind: 'looking', last: this.last });
    try {
      const last = await this.index.ask('findings', undefined, abort.signal);
      if (abort !== this.#abort) return;
      this.#byFile = undefined;
      this.#show({ kind: 'found', last });
    } catch (error) {
      if (abort !== this.#abort || abort.signal.aborted) return;
      this.#outdated = true;
      this.#show({ kind: 'failed', message: error instanceof Error ? error.message : String(error), last: this.last });
    } finally {
      this.#restUntilMs = Date.now() + SHARE * (Date.now() - since);
    }
  }

  #show(state: FindingsState): void {
    this.#state = state;
    this.#changed.fire(state);
  }
}
