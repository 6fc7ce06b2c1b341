/** Proposals by a schema, and held against the project's rules, in the editor against a server. */
import assert from 'node:assert/strict';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { AcceptanceLog, acceptanceFolder } from '../../src/money/acceptance/log.js';
import { PLAIN } from '../../src/vscode/requests/wanted.js';
import { answering, refusing } from '../models/providers/chat-replies.js';
import { markerKeyIn } from '../proposals/marker-key.js';
import { Asks, set } from './asks.js';
import { eventually } from './editor.js';

const ANSWER = {
  message: 'Five "it" is.',
  changes: [{ kind: 'edit', path: 'src/retry.ts', find: 'export const ATTEMPTS = 3;', replace: 'export const ATTEMPTS = 5;' }],
};
const pieces = (text: string): string[] => text.match(/[\s\S]{1,9}/g)!;

describe('Answers that change files, in the editor', () => {
  let asks: Asks;
  const show = vscode.window.showWarningMessage;
  const rules = join(vscode.workspace.workspaceFolders![0]!.uri.fsPath, 'AGENTS.md');
  const modelOf = (body: unknown): string => (body as { model: string }).model;
  const hasSchema = (body: unknown): boolean => 'response_format' in (body as object);

  before(async () => {
    asks = await Asks.start();
    await set('sessions', false);
  });
  after(async () => {
    for (const name of ['sessions', 'proposals.answerForm', 'rulesCheck.model']) await set(name, undefined);
    asks.longview.pack.choose({ ask: PLAIN });
    await asks.stop();
  });
  beforeEach(() => {
    Object.assign(vscode.window, { showWarningMessage: async () => 'Send' });
    asks.server.asked.splice(0);
    asks.longview.pack.choose({ task: 'ask a carrier again', budget: 32_000, pins: {}, drops: [], ask: { ...PLAIN, answers: 'proposal' } });
  });
  afterEach(async () => {
    Object.assign(vscode.window, { showWarningMessage: show });
    if (existsSync(rules)) rmSync(rules);
    await asks.longview.proposals.discard();
  });

  /** A file that was written just now is seen a moment later. */
  const inPack = (path: string): Promise<void> =>
    eventually(async () => {
      const state = await asks.longview.pack.now();
      assert.ok(state.kind === 'packed' && state.pack.files.some((f) => f.path === path));
    });

  async function send(): Promise<void> {
    const { requests, proposals } = asks.longview;
    do await requests.send();
    while (requests.obstacles[0]?.message.startsWith('The context or its price has changed.'));
    assert.deepEqual(requests.obstacles, []);
    await proposals.settled();
  }

  it('come by a schema where that is wished for, and are shown in words', async () => {
    await set('proposals.answerForm', 'schema');
    asks.server.answer(() => answering(pieces(JSON.stringify(ANSWER))));
    await send();
    assert.ok(hasSchema(asks.server.asked[0]!.body));
    const { requests, proposals } = asks.longview;
    assert.equal(requests.answer?.readable, 'Five "it" is.\n\n- edit src/retry.ts');
    assert.deepEqual(
      proposals.pending?.files.map(({ file }) => file.path),
      ['src/retry.ts'],
    );
  });

  it('come by a schema in a session too where that is wished for, and the session goes on in that form', async () => {
    await set('proposals.answerForm', 'schema');
    await set('sessions', true);
    try {
      const { requests, proposals } = asks.longview;
      await requests.newSession();
      asks.server.answer(() => answering(pieces(JSON.stringify(ANSWER))));
      await send();
      assert.equal(proposals.pending?.files.length, 1);
      await proposals.discard();
      assert.equal(requests.ongoing.conversation?.turns.at(-1)?.bySchema, true);
      await send();
      const [first, second] = asks.server.asked.map(({ body }) => body as { messages: readonly unknown[]; response_format: unknown });
      assert.ok(first!.response_format);
      assert.deepEqual(second!.response_format, first!.response_format);
      assert.deepEqual(second!.messages.slice(0, first!.messages.length), first!.messages);
      assert.equal(proposals.pending?.files.length, 1);
    } finally {
      await set('sessions', false);
    }
  });

  it('come in text where the schema is refused, which is said', async () => {
    await set('proposals.answerForm', 'schema');
    asks.server.answer(({ body }) => {
      if (hasSchema(body)) return refusing(400, 'response_format is not supported');
      const key = markerKeyIn(body);
      const { find, replace, path } = ANSWER.changes[0]!;
      return answering([`<<<<<<< EDIT ${key} ${path}\n${find}\n======= ${key}\n${replace}\n>>>>>>> ${key}\n`]);
    });
    await send();
    const { requests, proposals } = asks.longview;
    assert.deepEqual(
      asks.server.asked.map(({ body }) => hasSchema(body)),
      [true, false],
    );
    assert.match(requests.answer?.notes?.join(' ') ?? '', /does not take a schema/);
    assert.equal(proposals.pending?.files.length, 1);
  });

  it("are held against the project's rules by the model that is set for it, whose cost is part of theirs", async () => {
    await set('proposals.answerForm', undefined);
    await set('rulesCheck.model', 'acme/small');
    writeFileSync(rules, '- Never change a number.\n');
    await inPack('AGENTS.md');
    asks.server.answer(({ body }) => {
      const breach = { rule: 'Never change a number.', file: 'src/retry.ts', line: 1, why: '3 becomes 5' };
      return answering([JSON.stringify(modelOf(body) === 'small' ? { breaches: [breach] } : ANSWER)]);
    });
    await send();
    const { proposals } = asks.longview;
    const ofCheck = () => asks.server.asked.find(({ body }) => modelOf(body) === 'small');
    await eventually(async () => assert.ok(ofCheck() && proposals.pending?.requests.length === 2));
    const check = JSON.stringify(ofCheck()!.body);
    assert.match(check, /RULES AGENTS\.md.*Never change a number/);
    const { id } = proposals.pending!;
    await proposals.discard();
    const fate = (await new AcceptanceLog(acceptanceFolder(process.env)).read()).fates.find(({ proposal }) => proposal === id);
    assert.deepEqual([fate?.state, fate?.requests.length, fate?.files.accepted], ['decided', 2, 0]);
  });

  it('are held against the rules by a model that only the workspace has set where the user agrees to the price first', async () => {
    const settings = vscode.workspace.getConfiguration('longview');
    await set('rulesCheck.model', undefined);
    await settings.update('rulesCheck.model', 'acme/small', vscode.ConfigurationTarget.Workspace);
    try {
      writeFileSync(rules, '- Never change a number.\n');
      await inPack('AGENTS.md');
      const said: string[] = [];
      const answer = async (message: string) => {
        said.push(message);
        return message.includes('small') ? undefined : 'Send';
      };
      Object.assign(vscode.window, { showWarningMessage: answer });
      asks.server.answer(() => answering([JSON.stringify(ANSWER)]));
      await send();
      await eventually(async () => assert.ok(said.some((message) => /^Send .* tokens to .*small/.test(message))));
      assert.deepEqual(
        asks.server.asked.map(({ body }) => modelOf(body)),
        ['large'],
      );
    } finally {
      await settings.update('rulesCheck.model', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });
});
