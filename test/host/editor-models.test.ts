import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { AnswerEvent } from '../../src/models/provider.js';
import type { ModelRequest } from '../../src/models/request.js';
import { type ClearedRequest, clear } from '../../src/policy/gate.js';
import { Redaction } from '../../src/policy/redaction.js';
import { EditorProvider } from '../../src/vscode/models/editor-provider.js';

const REQUEST: ModelRequest = {
  provider: 'vscode',
  model: 'acme/large',
  system: [{ text: 'You answer.' }],
  messages: [
    { role: 'user', parts: [{ text: 'files', cache: 'short' }, { text: ' task' }] },
    { role: 'assistant', parts: [{ text: 'First half' }] },
    { role: 'user', parts: [{ text: 'go on' }] },
  ],
  files: [],
  maxOutput: 100,
  cacheKey: 'k',
};

type Answer = (messages: readonly vscode.LanguageModelChatMessage[], token?: vscode.CancellationToken) => AsyncIterable<string>;

/** A model as the editor hands it out. */
function modelThat(answer: Answer): vscode.LanguageModelChat {
  return {
    ...{ id: 'large', vendor: 'acme', name: 'Acme Large', family: 'acme', version: '1', maxInputTokens: 8_000, capabilities: {} },
    countTokens: async (text) => (typeof text === 'string' ? text.length : JSON.stringify(text.content).length),
    sendRequest: async (messages, _, token) => {
      const text = answer(messages, token);
      return { text, stream: text };
    },
  } as vscode.LanguageModelChat;
}

describe('A language model of the editor', () => {
  let cleared: ClearedRequest;
  before(async () => {
    const clearance = await clear(
      REQUEST,
      { provider: 'x', local: false, origin: 'vscode:' },
      { localOnly: false, allowed: new Set() },
      new Redaction(new Uint8Array(32)),
    );
    assert.equal(clearance.kind, 'cleared');
    if (clearance.kind === 'cleared') cleared = clearance.request;
  });

  async function eventsOf(answer: Answer, signal = new AbortController().signal): Promise<AnswerEvent[]> {
    const events: AnswerEvent[] = [];
    for await (const event of new EditorProvider(modelThat(answer)).stream(cleared, signal)) events.push(event);
    return events;
  }

  it('is given instructions, then the conversation, and streams; what it used is not known', async () => {
    const seen: string[] = [];
    const events = await eventsOf(async function* (messages) {
      for (const { role, content } of messages) {
        const text = content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : '?')).join('');
        seen.push(`${role === vscode.LanguageModelChatMessageRole.User ? 'user' : 'assistant'}: ${text}`);
      }
      yield 'It is ';
      yield 'done.';
    });
    assert.deepEqual(seen, ['user: You answer.', 'user: files task', 'assistant: First half', 'user: go on']);
    assert.deepEqual(events, [
      { kind: 'text', text: 'It is ' },
      { kind: 'text', text: 'done.' },
      { kind: 'ended', outcome: { kind: 'complete' }, usage: undefined, final: true },
    ]);
  });

  it('stops with the signal', async () => {
    const abort = new AbortController();
    const events = await eventsOf(async function* (_, token) {
      yield 'One';
      abort.abort();
      assert.equal(token?.isCancellationRequested, true);
      yield ' more';
    }, abort.signal);
    assert.deepEqual(
      events.map((e) => (e.kind === 'ended' ? e.outcome.kind : e.text)),
      ['One', 'cancelled'],
    );
  });

  it('says that consent is missing, and tells an answer that broke off from one that never came', async () => {
    // biome-ignore lint/correctness/useYield: it fails before the first word
    const [refused] = await eventsOf(async function* () {
      throw vscode.LanguageModelError.NoPermissions('no');
    });
    assert.ok(refused?.kind === 'ended' && refused.outcome.kind === 'failed');
    assert.equal(refused.outcome.error.kind, 'key');
    assert.match(refused.outcome.error.message, /^Acme Large in VS Code: it may not be used by Longview\. Allow it/);
    const broken = await eventsOf(async function* () {
      yield 'One';
      throw vscode.LanguageModelError.Blocked('limit');
    });
    const last = broken.at(-1);
    assert.ok(last?.kind === 'ended' && last.outcome.kind === 'cut');
    assert.equal(last.outcome.error.kind, 'credit');
  });
});
