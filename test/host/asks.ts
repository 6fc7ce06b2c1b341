/** What tests of asking in the editor share: a server of OpenAI's protocol, settings that name it, and the way to send. */
import * as vscode from 'vscode';
import type { Longview } from '../../src/vscode/longview.js';
import { ProtocolServer } from '../models/providers/protocol-server.js';
import { opened } from './opened.js';

export const KEY = 'sk-acme-0123456789';

/** A setting of Longview, for the user; undefined takes it back. */
export async function set(name: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration('longview').update(name, value, vscode.ConfigurationTarget.Global);
}

export async function until(is: () => boolean): Promise<void> {
  while (!is()) await new Promise((done) => setTimeout(done, 20));
}

/** The endpoint "acme" with its model "acme/large", which is chosen. */
export class Asks {
  private constructor(
    readonly longview: Longview,
    readonly server: ProtocolServer,
  ) {}

  static async start(): Promise<Asks> {
    const asks = new Asks(await opened(), await ProtocolServer.start());
    process.env.ACME_KEY = KEY;
    await asks.chooseAcme();
    return asks;
  }

  get acme() {
    return { name: 'Acme', baseUrl: `${this.server.url}/v1`, keyVariable: 'ACME_KEY' };
  }

  async chooseAcme(): Promise<void> {
    await set('endpoints', { acme: this.acme });
    await set('prices', { 'acme/large': { input: 2, output: 10, cacheRead: 0.2 } });
    await set('model', 'acme/large');
  }

  async stop(): Promise<void> {
    delete process.env.ACME_KEY;
    for (const name of ['endpoints', 'prices', 'model']) await set(name, undefined);
    await this.server.stop();
  }

  /** A new session with this task, and the sidebar in sight. */
  async begin(task: string): Promise<void> {
    this.server.asked.splice(0);
    this.longview.pack.choose({ task, budget: 8_000, pins: {}, drops: [] });
    await vscode.commands.executeCommand('longview.newSession');
    await vscode.commands.executeCommand('longview.context.focus');
  }

  /** Waits for the price of what is chosen now. */
  async priced(): Promise<void> {
    const { requests, pack } = this.longview;
    await pack.now();
    // A model that was chosen just now has its price a moment later.
    const model = vscode.workspace.getConfiguration('longview').get('model');
    await until(() => {
      const { shown } = requests;
      const isChosen = model === 'auto' || shown?.model === model;
      return isChosen && shown !== undefined && pack.state.kind === 'packed' && shown.pack === pack.state.pack;
    });
  }

  /** Sends for the price that the sidebar shows; again where a file that came or went meanwhile has changed it, which it says. */
  async send(): Promise<void> {
    const { requests } = this.longview;
    do {
      await this.priced();
      await requests.send();
    } while (requests.obstacles[0]?.message.startsWith('The context or its price has changed.'));
  }
}
