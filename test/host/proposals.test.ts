import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as vscode from 'vscode';
import { AcceptanceLog, acceptanceFolder } from '../../src/money/acceptance/log.js';
import type { Longview } from '../../src/vscode/longview.js';
import { answering } from '../models/providers/chat-replies.js';
import type { ProtocolServer } from '../models/providers/protocol-server.js';
import { markerKeyIn } from '../proposals/marker-key.js';
import { eventually, openSampleFile } from './editor.js';
import { answerDialogs, block, edit, folder, isThere, onDisk, Proposing } from './proposing.js';

const ONE_HUNK = edit('src/retry.ts', 'export const ATTEMPTS = 3;', 'export const ATTEMPTS = 5;');
const TWO_HUNKS =
  edit('src/money.ts', '/** Amounts are integers of cents. */', '/** Amounts are whole cents. */') +
  edit('src/money.ts', '  return `€${(amount / 100).toFixed(2)}`;', '  const euros = amount / 100;\n  return `€${euros.toFixed(2)}`;');

describe('A proposal in the editor', () => {
  let proposing: Proposing;
  let longview: Longview;
  let server: ProtocolServer;
  const propose = (blocks: string): Promise<void> => proposing.propose(blocks);
  const send = (): Promise<void> => proposing.send();
  const pending = () => proposing.pending;
  const refusals = () => proposing.refusals;

  before(async () => {
    proposing = await Proposing.start();
    ({ longview, server } = proposing.asks);
  });
  after(() => proposing.stop());
  beforeEach(() => proposing.begin());
  afterEach(() => proposing.end());

  it('is asked for in a form of its own, and changes nothing before it is applied', async () => {
    const before = onDisk('src/retry.ts');
    await propose(`Five it is.\n\n${ONE_HUNK}`);
    assert.match(JSON.stringify(server.asked.at(-1)?.body), /<<<<<<< EDIT \w{6} path\/of\/the\/file/);
    assert.deepEqual(
      pending().files.map(({ file, on }) => [file.kind, file.path, on]),
      [['edit', 'src/retry.ts', true]],
    );
    assert.equal(onDisk('src/retry.ts'), before);
    await eventually(async () => {
      const diff = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      assert.ok(diff instanceof vscode.TabInputTextDiff);
      assert.equal((await vscode.workspace.openTextDocument(diff.original)).getText(), before);
      assert.match((await vscode.workspace.openTextDocument(diff.modified)).getText(), /ATTEMPTS = 5/);
    });
  });

  it('is applied as one edit, saved, and one undo restores every byte', async () => {
    const paths = ['src/retry.ts', 'src/money.ts', 'src/tracking.ts', 'README.md'];
    const before = new Map(paths.map((path) => [path, onDisk(path)]));
    const moved = block('MOVE KEY src/tracking.ts', 'src/follow/tracking.ts');
    const made = block('CREATE KEY src/limits.ts', 'export const LIMIT = 5;');
    await propose(`${ONE_HUNK}${TWO_HUNKS}${moved}${made}${block('DELETE KEY README.md')}`);
    assert.deepEqual(refusals(), []);
    await longview.proposals.apply();
    assert.equal(longview.proposals.state.kind, 'none');
    assert.match(onDisk('src/retry.ts'), /ATTEMPTS = 5/);
    assert.match(onDisk('src/money.ts'), /whole cents[\s\S]*euros\.toFixed/);
    assert.equal(onDisk('src/limits.ts'), 'export const LIMIT = 5;\n');
    assert.equal(onDisk('src/follow/tracking.ts'), before.get('src/tracking.ts'));
    assert.deepEqual(['README.md', 'src/tracking.ts'].filter(isThere), []);
    await openSampleFile('src/retry.ts');
    await vscode.commands.executeCommand('undo');
    await eventually(async () => {
      await vscode.workspace.saveAll(false);
      for (const path of paths) assert.equal(onDisk(path), before.get(path), path);
      assert.deepEqual(['src/limits.ts', 'src/follow/tracking.ts'].filter(isThere), []);
    });
  });

  it('leaves text that was not saved unsaved, with the change in it', async () => {
    const saved = onDisk('src/retry.ts');
    const editor = await openSampleFile('src/retry.ts');
    await editor.edit((e) => e.insert(new vscode.Position(0, 0), '// not saved\r\n'));
    const unsaved = editor.document.getText();
    await propose(ONE_HUNK);
    await longview.proposals.apply();
    assert.equal(editor.document.getText(), unsaved.replace('ATTEMPTS = 3', 'ATTEMPTS = 5'));
    assert.deepEqual([editor.document.isDirty, onDisk('src/retry.ts')], [true, saved]);
    await vscode.commands.executeCommand('longview.undoProposal');
    assert.equal(editor.document.getText(), unsaved);
    assert.equal(onDisk('src/retry.ts'), saved);
  });

  it('is applied with the hunks that are accepted, and no others', async () => {
    const before = onDisk('src/money.ts');
    await propose(ONE_HUNK + TWO_HUNKS);
    await longview.proposals.choose('src/money.ts', 0, false);
    await longview.proposals.choose('src/retry.ts', undefined, false);
    await longview.proposals.apply();
    assert.match(onDisk('src/retry.ts'), /ATTEMPTS = 3/);
    assert.match(onDisk('src/money.ts'), /integers of cents[\s\S]*euros\.toFixed/);
    await vscode.commands.executeCommand('longview.undoProposal');
    assert.equal(onDisk('src/money.ts'), before);
  });

  it('touches a file that does more than the program only where the user agrees to it by name', async () => {
    const before = onDisk('package.json');
    await propose(ONE_HUNK + edit('package.json', '  "version": "1.0.0",', '  "version": "1.0.1",'));
    const said = answerDialogs(undefined);
    await longview.proposals.choose('package.json', undefined, true);
    assert.match(said.join(), /^Change package\.json\? It is a manifest/);
    assert.equal(pending().files.find(({ file }) => file.path === 'package.json')?.on, false);
    await longview.proposals.apply();
    assert.deepEqual([onDisk('package.json'), /= 5/.test(onDisk('src/retry.ts'))], [before, true]);
    await vscode.commands.executeCommand('longview.undoProposal');

    await propose(edit('package.json', '  "version": "1.0.0",', '  "version": "1.0.1",'));
    answerDialogs('Accept This File');
    await longview.proposals.choose('package.json', undefined, true);
    await longview.proposals.apply();
    assert.equal(onDisk('package.json'), before.replace('1.0.0', '1.0.1'));
    await vscode.commands.executeCommand('longview.undoProposal');
    assert.equal(onDisk('package.json'), before);
  });

  it('refuses a file that has changed since the model read it, and one that lies outside', async () => {
    await propose(TWO_HUNKS + block('CREATE KEY ../outside.ts', 'export {};') + block('CREATE KEY .git/hooks/post-checkout', 'echo'));
    assert.deepEqual(
      refusals().map((r) => r.replace(/:.*/, '')),
      ['../outside.ts', '.git/hooks/post-checkout'],
    );
    writeFileSync(join(folder(), 'src/money.ts'), `// another hand\n${onDisk('src/money.ts')}`);
    const changed = onDisk('src/money.ts');
    await longview.proposals.apply();
    assert.equal(onDisk('src/money.ts'), changed);
    await eventually(async () => assert.match(refusals().join(), /src\/money\.ts: The file has changed since the model read it/));
  });

  it('undoes nothing if a file has changed since it was written', async () => {
    await propose(ONE_HUNK);
    await longview.proposals.apply();
    const written = onDisk('src/retry.ts');
    writeFileSync(join(folder(), 'src/retry.ts'), `${written}// more\n`);
    const said: string[] = [];
    const { showErrorMessage } = vscode.window;
    Object.assign(vscode.window, { showErrorMessage: async (message: string) => void said.push(message) });
    try {
      await vscode.commands.executeCommand('longview.undoProposal');
    } finally {
      Object.assign(vscode.window, { showErrorMessage });
    }
    assert.match(said.join(), /Changed since it was written: src\/retry\.ts\. Nothing was taken back/);
    assert.equal(onDisk('src/retry.ts'), `${written}// more\n`);
  });

  it('proposes nothing until an answer that was cut is continued, and reads it as a whole then', async () => {
    const [first, second] = [ONE_HUNK.slice(0, 60), ONE_HUNK.slice(60)];
    const keyed = (text: string, finish: 'stop' | 'length') =>
      server.answer(({ body }) => {
        const key = markerKeyIn(body);
        return answering([text.replaceAll('KEY', key)], { finish });
      });
    keyed(first, 'length');
    await send();
    assert.match(JSON.stringify(longview.proposals.state), /not whole: nothing of it is proposed/);
    keyed(second, 'stop');
    await longview.requests.goOn();
    await longview.proposals.settled();
    assert.deepEqual(
      pending().files.map(({ file }) => file.path),
      ['src/retry.ts'],
    );
  });

  it('has what could not be made put right by the model once, for a price that the user agrees to', async () => {
    await propose(ONE_HUNK + edit('src/money.ts', 'export type Cents = bigint;', 'export type Cents = number | bigint;'));
    assert.match(refusals().join(), /src\/money\.ts: The lines to replace are not in the file/);
    assert.equal(longview.proposals.fixable, 1);
    server.answer(({ body }) => {
      const key = markerKeyIn(body);
      return answering([
        edit('src/money.ts', 'export type Cents = number;', 'export type Cents = number | bigint;').replaceAll('KEY', key),
      ]);
    });
    const said = answerDialogs('Send');
    await vscode.commands.executeCommand('longview.fixProposal');
    await longview.proposals.settled();
    assert.match(said.join(), /^Send .* tokens to .*expected to cost/);
    assert.match(JSON.stringify(server.asked.at(-1)?.body), /could not be made[\s\S]*not in the file/);
    assert.deepEqual(
      [refusals(), pending().files.map(({ file }) => file.path), longview.proposals.fixable],
      [[], ['src/money.ts', 'src/retry.ts'], 0],
    );
  });

  it('says which findings would go and which would come', async () => {
    const loop = "import { ATTEMPTS } from './retry.js';\n\nexport const twice = () => ATTEMPTS * 2;";
    await propose(
      block('CREATE KEY src/twice.ts', loop) +
        edit(
          'src/retry.ts',
          'export const ATTEMPTS = 3;',
          "import { twice } from './twice.js';\n\nexport const ATTEMPTS = 3;\nexport const SIX = () => twice();",
        ),
    );
    await eventually(async () => {
      const { effects } = pending();
      assert.deepEqual(
        effects?.come.filter(({ kind }) => kind === 'cycle').map(({ files }) => files),
        [['src/retry.ts', 'src/twice.ts']],
      );
    });
    await longview.proposals.choose('src/twice.ts', undefined, false);
    await eventually(async () =>
      assert.deepEqual(
        pending().effects?.come.filter(({ kind }) => kind === 'cycle'),
        [],
      ),
    );
  });

  it('is taken back by another process, from what is on disk', async () => {
    const before = onDisk('src/retry.ts');
    await propose(ONE_HUNK);
    await longview.proposals.apply();
    assert.notEqual(onDisk('src/retry.ts'), before);
    execFileSync('node', [resolve(__dirname, '../../cli.js'), 'undo', '--no-store', '--repo', folder()], { stdio: 'pipe' });
    assert.equal(onDisk('src/retry.ts'), before);
  });

  it('gives a deleted file back with its permissions and its byte order mark', async () => {
    const path = join(folder(), 'tools/run.sh');
    const bytes = Buffer.from('\uFEFF# books a parcel\n');
    writeFileSync(path, bytes, { mode: 0o755 });
    // It is seen a moment later.
    await eventually(async () => assert.deepEqual(await longview.index.ask('present', ['tools/run.sh']), ['tools/run.sh']));
    longview.pack.choose({ pins: { 'tools/run.sh': 'full' } });
    await propose(block('DELETE KEY tools/run.sh'));
    await longview.proposals.apply();
    assert.equal(isThere('tools/run.sh'), false);
    await vscode.commands.executeCommand('longview.undoProposal');
    assert.deepEqual(readFileSync(path), bytes);
    assert.equal(statSync(path).mode & 0o777, 0o755);
    rmSync(path);
  });

  it('is recorded with what became of it', async () => {
    const log = new AcceptanceLog(acceptanceFolder(process.env));
    await propose(ONE_HUNK + TWO_HUNKS);
    await longview.proposals.choose('src/money.ts', 0, false);
    await longview.proposals.apply();
    const fate = (await log.read()).fates.at(-1);
    assert.deepEqual(
      [fate?.state, fate?.files, fate?.changes],
      ['decided', { proposed: 2, accepted: 2, refused: 0 }, { proposed: 3, accepted: 2, refused: 0 }],
    );
    await vscode.commands.executeCommand('longview.undoProposal');
    assert.equal((await log.read()).fates.at(-1)?.state, 'undone');
  });

  it('says so where an answer changes no file', async () => {
    await propose('It is fine as it is.');
    assert.deepEqual(longview.proposals.state, { kind: 'nothing', message: 'The answer changes no file.' });
  });
});
