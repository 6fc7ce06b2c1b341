/**
 * Answers that broke off, with what is needed to go on from them in another process: each a
 * file in the user's data folder, until it is finished. What is in it left the machine, with
 * placeholders for secrets.
 */
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceFile } from '../base/whole-files.js';
import type { ModelRequest } from '../models/request.js';
import type { Receipt } from '../money/ledger/ledger.js';
import type { WorkspacePath } from '../workspace/entry.js';

/** Of the files; those of another version are not read. */
const VERSION = 1;
/** Answers of one workspace that can be gone on with; older ones are forgotten. */
const KEPT = 8;

/** What stands before an answer. */
export type Before =
  /** A question of its own, as it left, and its usage as it was reported. */
  | { readonly kind: 'alone'; readonly request: ModelRequest; readonly usage: Receipt['usage'] }
  /** A session, which has the answer as the last of so many turns. */
  | { readonly kind: 'turn'; readonly name: string; readonly turns: number };

export interface Unfinished {
  /** Letters and digits. */
  readonly id: string;
  /** When it was last asked for (ISO 8601). */
  readonly at: string;
  readonly before: Before;
  readonly provider: string;
  readonly model: string;
  /** o200k tokens that the context might have. */
  readonly budget: number;
  /** In the ledger's words. */
  readonly session: string;
  readonly action: string;
  /** What was asked for, in a line. */
  readonly title: string;
  /** All that was answered so far, as it came. */
  readonly answer: string;
  /** How changes are read out of it, where it may have any. */
  readonly form?: UnfinishedForm | undefined;
}

export interface UnfinishedForm {
  /** Of the markers. */
  readonly key: string;
  /** Files that the model saw something of, each with the hash of its text then. */
  readonly basis: readonly (readonly [path: WorkspacePath, hash: string])[];
  /** What to do once the changes are written. */
  readonly next?: string | undefined;
}

/** @param data the user's data folder. @param workspace `workspaceId`. */
export const unfinishedFolder = (data: string, workspace: string): string => join(data, 'unfinished', workspace);

export class UnfinishedAnswers {
  /** @param folder of this workspace alone. Made when first written to. */
  constructor(private readonly folder: string) {}

  /** Takes the place of what was kept under this id. */
  async keep(answer: Unfinished): Promise<void> {
    await replaceFile(this.#pathOf(answer.id), JSON.stringify({ version: VERSION, ...answer }));
    for (const { id } of (await this.list()).slice(KEPT)) await this.forget(id);
  }

  /** Newest first. What cannot be read is left out. */
  async list(): Promise<readonly Unfinished[]> {
    const names = await readdir(this.folder).catch(() => []);
    const answers = await Promise.all(names.filter((n) => n.endsWith('.json')).map((n) => readUnfinished(join(this.folder, n))));
    return answers.filter((a) => a !== undefined).sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
  }

  async forget(id: string): Promise<void> {
    await rm(this.#pathOf(id), { force: true });
  }

  #pathOf(id: string): string {
    return join(this.folder, `${id.replace(/[^A-Za-z0-9]/g, '')}.json`);
  }
}

async function readUnfinished(path: string): Promise<Unfinished | undefined> {
  try {
    const { version, ...answer } = JSON.parse(await readFile(path, 'utf8')) as Unfinished & { readonly version?: unknown };
    const whole = [answer.id, answer.at, answer.provider, answer.model, answer.answer].every((t) => typeof t === 'string' && t !== '');
    return version === VERSION && whole && typeof answer.before === 'object' ? answer : undefined;
  } catch {
    return undefined;
  }
}
