import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { dataFolder } from '../../src/base/user-folders.js';
import { ledgerFolder } from '../../src/money/ledger/folder.js';
import { readHistory } from '../../src/money/ledger/reader.js';
import { answering } from '../models/providers/chat-replies.js';
import { Asks } from './asks.js';

describe('Forgetting a workspace', () => {
  let asks: Asks;
  const show = vscode.window.showWarningMessage;
  let shown: string[];
  before(async () => {
    asks = await Asks.start();
  });
  after(async () => {
    Object.assign(vscode.window, { showWarningMessage: show });
    await vscode.commands.executeCommand('longview.resumeIndex');
    await asks.stop();
  });

  const agreeing = (agrees: boolean): void => {
    shown = [];
    const answer = async (message: string, { detail }: { detail: string }, ...buttons: string[]): Promise<string | undefined> => {
      shown.push(`${message}\n${detail}`);
      return agrees ? buttons[0] : undefined;
    };
    Object.assign(vscode.window, { showWarningMessage: answer });
  };
  const files = (folder: string): readonly string[] => (existsSync(folder) ? readdirSync(folder) : []);

  it('says what goes, and only what the user agrees to lose is deleted; the ledger keeps its rows', async () => {
    const { requests, answers, index, pack } = asks.longview;
    asks.server.answer(answering(['It is ', 'retried.']));
    await asks.begin('ask a carrier again when booking fails');
    await asks.send();
    await answers.saved();
    const { workspace, answer } = requests;
    const sessions = join(dataFolder(process.env), 'sessions', workspace);
    const rows = (await readHistory(ledgerFolder(process.env))).entries.length;
    assert.ok(files(sessions).length > 0 && files(answers.folder).includes(`${answer!.id}.json`));

    agreeing(false);
    await vscode.commands.executeCommand('longview.forgetWorkspace');
    assert.match(shown[0]!, /^Forget this workspace\? Nothing brings back what goes\.\n/);
    assert.match(shown[0]!, /\nanswers of models: \d+ files?, \d+ KB\nsessions: .*: \d+ files?, \d+ KB\n[\s\S]*The rows of the ledger/);
    assert.ok(files(sessions).length > 0 && requests.answer);

    agreeing(true);
    await vscode.commands.executeCommand('longview.forgetWorkspace');
    assert.deepEqual([files(sessions), files(answers.folder).includes(`${answer!.id}.json`)], [[], false]);
    assert.deepEqual([existsSync(index.store!), index.state.kind, index.last], [false, 'paused', undefined]);
    assert.deepEqual([requests.answer, pack.choice.task, await answers.find(answer!.id)], [undefined, '', undefined]);
    assert.equal((await readHistory(ledgerFolder(process.env))).entries.length, rows);
  });
});
