/** A request, an answer in the words of every protocol, and how an answer is taken down: what the tests of all providers share. */
import assert from 'node:assert/strict';
import type { AnswerEvent, Ended, Provider } from '../../../src/models/provider.js';
import type { Protocol } from '../../../src/models/providers/presets.js';
import type { ModelRequest } from '../../../src/models/request.js';
import { type ClearedRequest, clear } from '../../../src/policy/gate.js';
import { Redaction } from '../../../src/policy/redaction.js';
import { chunks, EVENT_STREAM, exception } from './event-stream.js';
import { json, ProtocolServer, type Step, send, sse } from './protocol-server.js';

export const KEY = 'sk-test-0123456789abcdef';

export const ASKED: ModelRequest = {
  provider: 'any',
  model: 'model-1',
  system: [{ text: 'Answer in one word.' }],
  messages: [{ role: 'user', parts: [{ text: 'file one\n' }, { text: 'file two\n', cache: 'short' }, { text: 'Which file?' }] }],
  files: [],
  maxOutput: 500,
  cacheKey: 'workspace-1',
};

/** What stands in a prompt, which nobody is to tell. */
export const wordsOf = ({ system, messages }: ModelRequest): readonly string[] =>
  [...system, ...messages.flatMap((m) => m.parts)].map((part) => part.text.trim());

/** Pieces of an answer "One." in the words of each protocol. */
export interface Speech {
  readonly begin: readonly Step[];
  readonly text: readonly Step[];
  readonly end: readonly Step[];
  readonly headers?: Readonly<Record<string, string>>;
  /** Usage that is known when the stream breaks after `text`. */
  readonly usageWhenCut: boolean;
  /** An error in the middle of the stream. */
  readonly broken: readonly Step[];
}

/** Events of Anthropic's, as they are sent by itself, by two of the clouds, and in Bedrock's wrapping. */
function anthropicSpeech(events: (...events: object[]) => Step[], broken: readonly Step[]): Speech {
  return {
    begin: events(
      {
        type: 'message_start',
        message: {
          id: 'm',
          type: 'message',
          role: 'assistant',
          content: [],
          model: 'model-1',
          stop_reason: null,
          usage: { input_tokens: 7, cache_creation_input_tokens: 10, cache_read_input_tokens: 20, output_tokens: 1 },
        },
      },
      { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
      { type: 'ping' },
    ),
    text: events(
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'On' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'e.' } },
    ),
    end: events(
      { type: 'content_block_stop', index: 0 },
      { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { input_tokens: null, output_tokens: 3 } },
      { type: 'message_stop' },
    ),
    usageWhenCut: true,
    broken,
  };
}

const ANTHROPIC = anthropicSpeech(sse, sse({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }));

export const SPEECH: Readonly<Record<Protocol, Speech>> = {
  anthropic: ANTHROPIC,
  'claude-vertex': ANTHROPIC,
  'claude-foundry': ANTHROPIC,
  'claude-bedrock': {
    ...anthropicSpeech(chunks, [exception('serviceUnavailableException', 'Try again')]),
    headers: EVENT_STREAM,
  },
  'openai-responses': {
    begin: sse({ type: 'response.created', sequence_number: 0, response: { id: 'r', status: 'in_progress' } }),
    text: sse(
      { type: 'response.output_text.delta', sequence_number: 1, delta: 'On' },
      { type: 'response.output_text.delta', sequence_number: 2, delta: 'e.' },
    ),
    end: sse({
      type: 'response.completed',
      sequence_number: 3,
      response: {
        id: 'r',
        status: 'completed',
        service_tier: 'default',
        usage: {
          input_tokens: 37,
          input_tokens_details: { cached_tokens: 20, cache_write_tokens: 10 },
          output_tokens: 3,
          total_tokens: 40,
        },
      },
    }),
    usageWhenCut: false,
    broken: sse({ type: 'error', sequence_number: 2, code: 'server_error', message: 'The server had an error' }),
  },
  'openai-chat': {
    begin: sse({ id: 'c', choices: [{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }] }),
    text: sse(
      { id: 'c', choices: [{ index: 0, delta: { content: 'On' }, finish_reason: null }] },
      { id: 'c', choices: [{ index: 0, delta: { content: 'e.' }, finish_reason: null }] },
    ),
    end: [
      ...sse(
        { id: 'c', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
        {
          id: 'c',
          choices: [],
          usage: {
            prompt_tokens: 37,
            completion_tokens: 3,
            total_tokens: 40,
            prompt_tokens_details: { cached_tokens: 20, cache_write_tokens: 10 },
          },
        },
      ),
      send('data: [DONE]\n\n'),
    ],
    usageWhenCut: false,
    broken: sse({ error: { code: 502, message: 'Upstream error' } }),
  },
};

/** Passed by the gate, with nothing taken out. */
export async function cleared(asked: ModelRequest = ASKED): Promise<ClearedRequest> {
  const clearance = await clear(
    asked,
    { provider: 'any', local: true, origin: 'http://127.0.0.1' },
    { localOnly: true, allowed: new Set() },
    new Redaction(new Uint8Array(32)),
  );
  assert.equal(clearance.kind, 'cleared');
  return clearance.request;
}

export interface Answer {
  readonly text: string;
  readonly end: Ended;
}

/** The whole answer; `ended` comes once, and last. */
export async function answerOf(provider: Provider, request: ClearedRequest, signal = new AbortController().signal): Promise<Answer> {
  const events: AnswerEvent[] = [];
  for await (const event of provider.stream(request, signal)) events.push(event);
  const end = events.pop();
  assert.equal(end?.kind, 'ended');
  assert.ok(events.every((e) => e.kind !== 'ended'));
  return { text: events.map((e) => (e.kind === 'text' ? e.text : '')).join(''), end };
}

/** Google's metadata server on loopback: where its libraries find credentials on a machine of Google's. */
export async function googleCredentials(token: string): Promise<{ stop(): Promise<void> }> {
  const server = await ProtocolServer.start();
  server.answer(({ path }) => {
    const flavour = { 'metadata-flavor': 'Google' };
    if (path.includes('/token')) return json({ access_token: token, expires_in: 3600, token_type: 'Bearer' }, 200, flavour);
    return { headers: { ...flavour, 'content-type': 'application/text' }, steps: [send('project-of-the-machine')] };
  });
  const set = { GCE_METADATA_HOST: new URL(server.url).host, METADATA_SERVER_DETECTION: 'assume-present', CLOUDSDK_CONFIG: '/nonexistent' };
  const before = { ...process.env };
  Object.assign(process.env, set);
  delete process.env.GOOGLE_APPLICATION_CREDENTIALS;
  return {
    stop: async () => {
      for (const name of [...Object.keys(set), 'GOOGLE_APPLICATION_CREDENTIALS']) {
        if (before[name] === undefined) delete process.env[name];
        else process.env[name] = before[name];
      }
      await server.stop();
    },
  };
}
