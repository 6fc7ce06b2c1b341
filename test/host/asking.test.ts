import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { ledgerFolder } from '../../src/money/ledger/folder.js';
import { readHistory } from '../../src/money/ledger/reader.js';
import { answering, refusing } from '../models/providers/chat-replies.js';
import { Asks, KEY, set, until } from './asks.js';

const TOKEN = `gh${'p_'}aB3dE5fG7hJ9kL2mN4pQ6rS8tU1vW0xYzaB3`;

describe('Asking a model in the editor', () => {
  let asks: Asks;
  const send = (): Promise<void> => asks.send();
  const lastRow = async () => (await readHistory(ledgerFolder(process.env))).entries.at(-1);

  before(async () => {
    asks = await Asks.start();
  });
  after(() => asks.stop());
  beforeEach(async () => {
    asks.server.answer(answering(['It is ', 'retried.']));
    await asks.begin('ask a carrier again when booking fails');
  });
  afterEach(() => set('budgets', undefined));

  it('streams into a document, books what it cost and tells today’s sum', async () => {
    await asks.longview.cost.refresh();
    const before = (await readHistory(ledgerFolder(process.env))).entries.length;
    await send();
    const { answer, obstacles } = asks.longview.requests;
    assert.deepEqual([answer?.text, answer?.state, obstacles], ['It is retried.', 'complete', []]);
    const { entries } = await readHistory(ledgerFolder(process.env));
    assert.equal(entries.length, before + 1);
    const row = entries.at(-1);
    assert.ok(row?.kind === 'settled');
    assert.deepEqual([row.request, row.action, row.cost], [answer?.id, 'ask', { microUsd: 6_600 }]);
    assert.ok(row.quote && row.quote.low <= row.quote.high && row.worst !== undefined);
    assert.match(asks.longview.cost.today?.lines.join() ?? '', /acme\/large: \$0\.0066/);
    await vscode.commands.executeCommand('longview.openAnswer');
    const document = vscode.window.visibleTextEditors.find((e) => e.document.uri.scheme === 'longview-answer')?.document;
    await until(() => document?.getText().includes('tokens in') === true);
    assert.match(document?.getText() ?? '', /It is retried\.\n\n> 4,000 tokens in, 1,000 of them cached, 40 out: \$0\.0066/);
    assert.equal(document?.languageId, 'markdown');
  });

  it('stops, and keeps what came', async () => {
    asks.server.answer(answering(['One', ...Array.from({ length: 100 }, () => ' more')], { gap: 50 }));
    const sent = send();
    await until(() => asks.longview.requests.answer?.text.startsWith('One more') === true);
    await vscode.commands.executeCommand('longview.stopAnswer');
    await sent;
    assert.equal(asks.longview.requests.answer?.state, 'cancelled');
    const row = await lastRow();
    assert.ok(row?.kind === 'settled' && row.outcome === 'cancelled' && 'unknown' in row.cost);
  });

  it('goes on where an answer broke off or reached its limit', async () => {
    asks.server.answer(answering(['First, '], { finish: 'reset' }));
    await send();
    assert.equal(asks.longview.requests.answer?.state, 'cut');
    asks.server.answer(answering(['second, '], { finish: 'length' }));
    await vscode.commands.executeCommand('longview.continueAnswer');
    assert.equal(asks.longview.requests.answer?.state, 'length');
    asks.server.answer(answering(['third.']));
    await vscode.commands.executeCommand('longview.continueAnswer');
    const { answer } = asks.longview.requests;
    assert.deepEqual([answer?.text, answer?.state, answer?.parts.length], ['First, second, third.', 'complete', 3]);
    await asks.longview.answers.saved();
    assert.equal((await asks.longview.answers.find(answer!.parts[2]!.request))?.id, answer?.id);
  });

  it('sends nothing that a budget has no room for, and says which', async () => {
    await set('budgets', { request: 0.000_001 });
    await send();
    assert.equal(asks.server.asked.length, 0);
    assert.match(asks.longview.requests.obstacles[0]?.message ?? '', /the budget of one request of \$0\.000001/);
    assert.deepEqual(
      asks.longview.requests.obstacles[0]?.fixes.map(({ label }) => label),
      ['Choose Model…', 'Open Settings'],
    );
  });

  it('sends nothing under a budget that cannot be read', async () => {
    await set('budgets', { dya: 5 });
    await send();
    assert.equal(asks.server.asked.length, 0);
    assert.match(asks.longview.requests.obstacles[0]?.message ?? '', /longview\.budgets has a mistake: there is no budget "dya"/);
  });

  it('says that a key is refused or missing, and never what it is', async () => {
    asks.server.answer(refusing(401, `Incorrect API key provided: ${KEY}`));
    await send();
    assert.match(asks.longview.requests.obstacles[0]?.message ?? '', /Acme: the key was not accepted/);
    assert.equal(asks.longview.requests.obstacles[0]?.fixes[0]?.label, 'Set API Key…');
    delete process.env.ACME_KEY;
    await send();
    process.env.ACME_KEY = KEY;
    assert.equal(asks.longview.requests.obstacles[0]?.message, 'Acme needs a key.');
    await asks.longview.answers.saved();
    const kept = readdirSync(asks.longview.answers.folder).map((name) => readFileSync(join(asks.longview.answers.folder, name), 'utf8'));
    assert.doesNotMatch(JSON.stringify([kept, asks.longview.requests.answer, asks.longview.requests.obstacles]), new RegExp(KEY));
  });

  it('replaces secrets before they leave and puts them back into the answer, not into what is kept', async () => {
    const { fsPath } = vscode.workspace.workspaceFolders![0]!.uri;
    writeFileSync(join(fsPath, 'src/token.ts'), `export const token = '${TOKEN}';\n`);
    asks.longview.pack.choose({ task: 'which token books a parcel', pins: { 'src/token.ts': 'full' } });
    asks.server.answer(({ body }) =>
      answering(['Use ', /<longview-secret:[^>]+>/.exec(JSON.stringify(body))?.[0] ?? 'nothing was replaced']),
    );
    await until(() => asks.longview.pack.pack?.prompt.includes(TOKEN) === true);
    await send();
    assert.doesNotMatch(JSON.stringify(asks.server.asked), new RegExp(TOKEN));
    await vscode.commands.executeCommand('longview.copyAnswer');
    assert.equal(await vscode.env.clipboard.readText(), `Use ${TOKEN}`);
    await asks.longview.answers.saved();
    const kept = readdirSync(asks.longview.answers.folder).map((name) => readFileSync(join(asks.longview.answers.folder, name), 'utf8'));
    assert.doesNotMatch(kept.join(), new RegExp(TOKEN));
  });

  it('keeps files that are credentials here until each is allowed by name', async () => {
    const { fsPath } = vscode.workspace.workspaceFolders![0]!.uri;
    writeFileSync(join(fsPath, 'deploy.pem'), 'not really a key\n');
    asks.longview.pack.choose({ pins: { 'deploy.pem': 'full' } });
    await until(() => asks.longview.pack.pack?.files.some(({ path }) => path === 'deploy.pem') === true);
    await send();
    assert.equal(asks.server.asked.length, 0);
    const [obstacle] = asks.longview.requests.obstacles;
    assert.equal(obstacle?.message, 'deploy.pem (private key or certificate store) does not leave this machine.');
    await obstacle?.fixes.find(({ label }) => label === 'Allow It')?.run();
    await send();
    assert.equal(asks.server.asked.length, 1);
  });

  it('shows a changed price before it sends', async () => {
    const { requests, pack } = asks.longview;
    await pack.now();
    await until(() => requests.shown !== undefined);
    pack.choose({ task: 'something else altogether' });
    await requests.send();
    assert.equal(asks.server.asked.length, 0);
    assert.match(requests.obstacles[0]?.message ?? '', /has changed\. Look at the price again/);
  });

  it('asks no model elsewhere in local-only mode', async () => {
    await set('localOnly', true);
    await send();
    await set('localOnly', undefined);
    assert.equal(asks.server.asked.length, 0);
    assert.match(asks.longview.requests.obstacles[0]?.message ?? '', /Local-only mode: Acme is not on this machine/);
  });

  it('asks whom the router chooses, then its fallback where a key is refused, and says so', async () => {
    process.env.OTHER_KEY = 'sk-other-0123456789';
    await set('endpoints', {
      acme: asks.acme,
      other: { name: 'Other', baseUrl: `${asks.server.url}/other/v1`, keyVariable: 'OTHER_KEY' },
    });
    await set('prices', { 'acme/large': { input: 2, output: 10, cacheRead: 0.2 }, 'other/small': { input: 0.5, output: 2 } });
    await set('auto.models', ['acme/large', 'other/small']);
    await set('model', 'auto');
    asks.server.answer(({ path }) => (path.startsWith('/other') ? refusing(401, 'no such key') : answering(['It is ', 'retried.'])));
    try {
      await until(() => asks.longview.requests.shown?.model === 'other/small');
      const { table } = await asks.longview.requests.route(asks.longview.requests.shown!.pack);
      assert.deepEqual(
        table.rows.slice(0, 2).map(({ model, verdict }) => [model, verdict]),
        [
          ['other/small', 'chosen'],
          ['acme/large', 'fallback'],
        ],
      );
      await send();
      const { answer, obstacles } = asks.longview.requests;
      assert.deepEqual([answer?.text, answer?.state, answer?.model, obstacles], ['It is retried.', 'complete', 'acme/large', []]);
      assert.match(answer?.notes?.join() ?? '', /^Other: the key was not accepted.* large was asked instead, for \$/);
      const { entries } = await readHistory(ledgerFolder(process.env));
      assert.deepEqual(
        entries.slice(-2).map((row) => [row.request, row.model, row.kind === 'settled' && row.outcome, row.kind === 'settled' && row.cost]),
        [
          [answer?.id, 'small', 'failed', { microUsd: 0 }],
          [answer?.id, 'large', 'ok', { microUsd: 6_600 }],
        ],
      );
      // The user is asked about files that are credentials; nobody is out of the question for them.
      const { fsPath } = vscode.workspace.workspaceFolders![0]!.uri;
      writeFileSync(join(fsPath, 'router.pem'), 'not really a key\n');
      asks.longview.pack.choose({ pins: { 'router.pem': 'full' } });
      await until(() => asks.longview.pack.pack?.files.some(({ path }) => path === 'router.pem') === true);
      await send();
      assert.match(asks.longview.requests.obstacles[0]?.message ?? '', /^router\.pem .* does not leave this machine\.$/);
      // Its breaker is open until the key is another: the next request begins with the other one.
      await until(() => asks.longview.requests.shown?.model === 'acme/large');
    } finally {
      delete process.env.OTHER_KEY;
      await set('auto.models', undefined);
      await asks.chooseAcme();
    }
  });

  it('exports every attempt as CSV and JSON', async () => {
    await send();
    const folder = mkdtempSync(join(tmpdir(), 'longview-export-'));
    try {
      for (const name of ['requests.csv', 'requests.json']) {
        await vscode.commands.executeCommand('longview.exportRequests', vscode.Uri.file(join(folder, name)));
      }
      const attempts = (JSON.parse(readFileSync(join(folder, 'requests.json'), 'utf8')) as { attempts: { request: string }[] }).attempts;
      assert.equal(attempts.at(-1)?.request, asks.longview.requests.answer?.id);
      assert.equal(readFileSync(join(folder, 'requests.csv'), 'utf8').trim().split('\r\n').length, attempts.length + 1);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
