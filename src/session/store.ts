/**
 * Conversations on disk, in the user's data folder: a folder each, a file for every turn that
 * was answered. A turn is there whole or not at all, and of two processes that add the same
 * turn one is told.
 */
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createFile } from '../base/whole-files.js';
import type { Conversation, PastTurn } from './conversation.js';

/** Of the files; those of another version are not read. */
const VERSION = 1;

/** A conversation cannot be read or written; the message says why and what to do. */
export class SessionError extends Error {}

/** @param workspace `workspaceId`. */
export const sessionsFolder = (data: string, workspace: string): string => join(data, 'sessions', workspace);

export class SessionStore {
  readonly #folder: string;

  /** @param data the user's data folder. @param workspace `workspaceId`. */
  constructor(data: string, workspace: string) {
    this.#folder = sessionsFolder(data, workspace);
  }

  /** Names of the workspace's conversations, sorted. */
  async names(): Promise<readonly string[]> {
    return (await entriesOf(this.#folder)).filter((name) => NAME.test(name)).sort();
  }

  /** The conversation of a name; without turns if there is none yet. Throws a SessionError. */
  async open(name: string): Promise<Conversation> {
    const folder = this.#of(name);
    const files = (await entriesOf(folder)).filter((f) => TURN.test(f)).sort();
    const turns: PastTurn[] = [];
    for (const file of files) {
      if (file !== fileOf(turns.length)) throw new SessionError(`The session "${name}" lacks its turn ${turns.length + 1}. ${FORGET}`);
      turns.push(await readTurn(join(folder, file), name));
    }
    return { turns };
  }

  /** Adds the turn behind those of `conversation`; false, and nothing is written, if another process was first. Throws a SessionError. */
  async add(name: string, { turns }: Conversation, turn: PastTurn): Promise<boolean> {
    const folder = this.#of(name);
    try {
      return await createFile(join(folder, fileOf(turns.length)), JSON.stringify({ version: VERSION, ...turn }));
    } catch (error) {
      throw new SessionError(
        `The session "${name}" cannot be written (${codeOf(error)}). Free its disk, or check the permissions of "${folder}".`,
        { cause: error },
      );
    }
  }

  /** Deletes a conversation; false if there is none. */
  async forget(name: string): Promise<boolean> {
    const folder = this.#of(name);
    const there = (await entriesOf(folder)).length > 0;
    await rm(folder, { recursive: true, force: true });
    return there;
  }

  #of(name: string): string {
    if (!NAME.test(name)) throw new SessionError(`"${name}" cannot name a session. Use up to 64 letters, digits, "-", "_" and ".".`);
    return join(this.#folder, name);
  }
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const TURN = /^\d{4,}\.json$/;
const FORGET = 'Forget it by longview session --forget, or use another name.';

const fileOf = (turn: number): string => `${String(turn + 1).padStart(4, '0')}.json`;

async function readTurn(file: string, name: string): Promise<PastTurn> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new SessionError(`The session "${name}" cannot be read: "${file}" is damaged. ${FORGET}`, { cause: error });
  }
  const { version, ...turn } = value as PastTurn & { readonly version?: unknown };
  if (version !== VERSION) throw new SessionError(`The session "${name}" is of another version of Longview. ${FORGET}`);
  return turn;
}

async function entriesOf(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw new SessionError(`"${folder}" cannot be read (${codeOf(error)}). Check its permissions.`, { cause: error });
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}
