/** What tests of proposals in the editor share: blocks as a model writes them, answers of dialogs, and files on disk. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { PLAIN } from '../../src/vscode/requests/wanted.js';
import { hashOf } from '../../src/workspace/text-hash.js';
import { answering } from '../models/providers/chat-replies.js';
import { markerKeyIn } from '../proposals/marker-key.js';
import { Asks, set } from './asks.js';
import { eventually } from './editor.js';

/** A change as the model writes it; KEY stands for the key of the request. */
export const block = (head: string, ...lines: readonly string[]): string => [`<<<<<<< ${head}`, ...lines, '>>>>>>> KEY', ''].join('\n');
export const edit = (path: string, find: string, replace: string): string => block(`EDIT KEY ${path}`, find, '======= KEY', replace);

export const folder = (): string => vscode.workspace.workspaceFolders![0]!.uri.fsPath;
export const onDisk = (path: string): string => readFileSync(join(folder(), path), 'utf8');
export const isThere = (path: string): boolean => existsSync(join(folder(), path));

const show = vscode.window.showWarningMessage;

/** What dialogs are answered with, and what they said. */
export function answerDialogs(with_: string | undefined): string[] {
  const said: string[] = [];
  const answer = async (message: string, { detail = '' }: vscode.MessageOptions = {}) => {
    said.push(`${message} ${detail}`);
    return with_;
  };
  Object.assign(vscode.window, { showWarningMessage: answer });
  return said;
}

/** Every answer is a proposal of its own, and no session goes on. */
export class Proposing {
  private constructor(readonly asks: Asks) {}

  static async start(): Promise<Proposing> {
    await set('sessions', false);
    return new Proposing(await Asks.start());
  }

  async stop(): Promise<void> {
    await set('sessions', undefined);
    this.asks.longview.pack.choose({ ask: PLAIN });
    await this.asks.stop();
  }

  /** Files are seen as they are, and what is asked next is to change them. */
  async begin(paths: readonly string[] = ['src/retry.ts', 'src/money.ts']): Promise<void> {
    const { index, pack } = this.asks.longview;
    // What the test before wrote, or another process, is seen a moment later.
    await eventually(async () =>
      assert.deepEqual(
        await index.ask('hashes', paths),
        paths.map((path) => [path, hashOf(onDisk(path))]),
      ),
    );
    pack.choose({
      task: 'ask a carrier again when booking fails',
      budget: 32_000,
      pins: {},
      drops: [],
      ask: { ...PLAIN, answers: 'proposal' },
    });
  }

  async end(): Promise<void> {
    Object.assign(vscode.window, { showWarningMessage: show });
    await this.asks.longview.proposals.discard();
  }

  /** Asks, and has the model answer with these blocks. */
  async propose(blocks: string): Promise<void> {
    this.asks.server.answer(({ body }) => answering([blocks.replaceAll('KEY', markerKeyIn(body))]));
    await this.send();
  }

  /** Sends; again where a file that came or went meanwhile has changed the context. */
  async send(): Promise<void> {
    const { requests, proposals } = this.asks.longview;
    // Without the sidebar's price the user is asked.
    answerDialogs('Send');
    do await requests.send();
    while (requests.obstacles[0]?.message.startsWith('The context or its price has changed.'));
    assert.deepEqual(requests.obstacles, []);
    await proposals.settled();
  }

  get pending() {
    const { proposals } = this.asks.longview;
    return proposals.pending ?? assert.fail(JSON.stringify(proposals.state));
  }

  get refusals(): string[] {
    return this.pending.refused.map(({ path, reason }) => `${path}: ${reason}`);
  }
}
