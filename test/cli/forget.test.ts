/** Forgetting a workspace from the command line. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { saying } from '../models/providers/anthropic-replies.js';
import { ProtocolServer } from '../models/providers/protocol-server.js';
import { type Ran, Workspace } from './longview.js';

const SOURCE = { 'src/send.ts': 'export function send(token: string) {}\n' };

describe('longview forget', () => {
  let server: ProtocolServer;
  let workspace: Workspace;
  let other: Workspace;
  let home: string;
  before(async () => {
    server = await ProtocolServer.start();
    home = mkdtempSync(join(tmpdir(), 'longview-home-'));
    workspace = new Workspace(SOURCE);
    other = new Workspace(SOURCE);
    // Answers that break off are kept, in a session and outside of one.
    server.answer(saying('Half', { stop: null }));
    for (const from of [workspace, other]) {
      await ask(from);
      await ask(from, '--session', 's', '--budget', '2k');
    }
  });
  after(async () => {
    await server.stop();
    for (const one of [workspace, other]) one.dispose();
    rmSync(home, { recursive: true });
  });

  const longview = (from: Workspace, ...args: string[]): Promise<Ran> =>
    from.start(args, { ANTHROPIC_API_KEY: 'k', XDG_DATA_HOME: join(home, 'data'), XDG_CACHE_HOME: join(home, 'cache') });
  const ask = (from: Workspace, ...args: string[]): Promise<Ran> =>
    longview(from, 'ask', '--model', 'anthropic/claude-opus-5-5', '--base-url', server.url, '--query', 'q', '--yes', ...args);
  const folders = (...of: string[]): string[] => (existsSync(join(home, ...of)) ? readdirSync(join(home, ...of)) : []);
  const kept = (): number[] =>
    [
      ['cache', 'longview'],
      ['data', 'longview', 'sessions'],
      ['data', 'longview', 'unfinished'],
    ].map((of) => folders(...of).length);

  it('says what goes, and deletes nothing without being told to', async () => {
    const { code, err } = await longview(workspace, 'forget');
    assert.equal(code, 2);
    assert.match(err, /^ {2}the stored index: \d+ files, \d+ KB$/m);
    assert.match(err, /^ {2}sessions: questions, what was sent with them, answers: 1 file, \d+ KB$/m);
    assert.match(err, /^ {2}answers that broke off, with their prompts: 2 files, \d+ KB$/m);
    assert.match(err, /Delete without asking by --yes/);
    assert.deepEqual(kept(), [2, 2, 2]);
    assert.match((await longview(workspace, 'forget', '--yes', '--store', workspace.dir)).err, /a folder of your own/);
    assert.ok(existsSync(join(workspace.dir, 'src/send.ts')));
  }).timeout(60_000);

  it('deletes what is kept of this workspace alone; the ledger has its rows', async () => {
    const { code, out } = await longview(workspace, 'forget', '--yes', '--json');
    assert.equal(code, 0);
    const { forgotten } = JSON.parse(out) as { forgotten: { what: string; files: number }[] };
    assert.equal(forgotten.length, 3);
    assert.deepEqual(kept(), [1, 1, 1]);
    const { groups } = JSON.parse((await longview(workspace, 'cost', '--by', 'request', '--json')).out) as { groups: unknown[] };
    assert.equal(groups.length, 4);
    assert.match((await longview(workspace, 'forget', '--yes')).err, /^Nothing is kept of /);
    assert.match((await longview(workspace, 'session', '--no-store')).out, /^$/);
    assert.match((await longview(other, 'session', '--no-store')).out, /^s$/m);
  }).timeout(60_000);
});
