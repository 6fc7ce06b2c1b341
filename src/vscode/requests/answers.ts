/** The answers that models gave, each a file in a folder of the extension's, so that none is lost with its window. */
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { type Answer, readAnswer } from './answer.js';

/** Of an answer that is being written so much is lost at most when the machine is. */
const SAVE_MS = 1_000;

export class Answers implements vscode.Disposable {
  readonly #open = new Map<string, Answer>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  /** Ids of requests whose answers are known no more, though a file of one may be read while it is deleted. */
  readonly #forgotten = new Set<string>();
  #saving: Promise<void> = Promise.resolve();
  readonly #changed = new vscode.EventEmitter<Answer>();

  /** An answer was begun, went on or ended. */
  readonly onDidChange = this.#changed.event;

  /** Touches no file before an answer is put or asked for. */
  constructor(
    readonly folder: string,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  /** Takes the place of what was known of this answer. */
  put(answer: Answer): void {
    this.#open.set(answer.id, answer);
    this.#changed.fire(answer);
    if (answer.state !== 'answering') this.#save(answer.id);
    else if (!this.#timers.has(answer.id)) {
      const timer = setTimeout(() => this.#save(answer.id), SAVE_MS);
      this.#timers.set(answer.id, timer);
    }
  }

  /** The answer with this id, or that a request with this id went on with; undefined if none is kept. */
  async find(id: string): Promise<Answer | undefined> {
    const open = this.get(id);
    if (open || !/^[\w-]+$/.test(id)) return open;
    const found = readAnswer(await readFile(this.#fileOf(id), 'utf8').catch(() => ''));
    if (!found || this.#isForgotten(found)) return undefined;
    this.#open.set(found.id, found);
    return found;
  }

  /** As {@link find}, among those of this window. */
  get(id: string): Answer | undefined {
    return this.#open.get(id) ?? [...this.#open.values()].find(({ parts }) => parts.some(({ request }) => request === id));
  }

  /** The files of answers to these requests, as far as there are any. @param requests ids in the ledger. */
  async filesOf(requests: ReadonlySet<string>): Promise<readonly string[]> {
    const names = await readdir(this.folder).catch(() => []);
    return names.filter((name) => requests.has(name.replace(/\.json$/, ''))).map((name) => join(this.folder, name));
  }

  /** From now on they are not kept here; their files are the caller's to delete. */
  async forget(requests: ReadonlySet<string>): Promise<void> {
    await this.saved();
    for (const id of requests) this.#forgotten.add(id);
    for (const answer of this.#open.values()) if (this.#isForgotten(answer)) this.#open.delete(answer.id);
  }

  /** Settles when everything is on disk. */
  async saved(): Promise<void> {
    for (const id of [...this.#timers.keys()]) this.#save(id);
    await this.#saving;
  }

  dispose(): void {
    for (const id of [...this.#timers.keys()]) this.#save(id);
    this.#changed.dispose();
  }

  #isForgotten({ id, parts }: Answer): boolean {
    return this.#forgotten.has(id) || parts.some(({ request }) => this.#forgotten.has(request));
  }

  #fileOf(id: string): string {
    return join(this.folder, `${id}.json`);
  }

  #save(id: string): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    const answer = this.#open.get(id);
    if (!answer) return;
    this.#saving = this.#saving
      .then(() => this.#write(answer))
      .catch((error: unknown) => this.log.error(`answer ${id}: ${error instanceof Error ? error.message : String(error)}`));
  }

  /** Under the id of each of its requests, which is where whoever knows the ledger looks. Readable for the user alone: it may quote code. */
  async #write(answer: Answer): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    for (const id of new Set([answer.id, ...answer.parts.map(({ request }) => request)])) {
      const draft = `${this.#fileOf(id)}.${process.pid}`;
      await writeFile(draft, JSON.stringify(answer), { mode: 0o600 });
      await rename(draft, this.#fileOf(id));
    }
  }
}
