/** Every protocol against a server on loopback, by the real SDKs: whole answers, and all the ways in which an answer can break. */
import assert from 'node:assert/strict';
import type { AnswerEvent, Ended, Provider } from '../../../src/models/provider.js';
import { openProvider } from '../../../src/models/providers/open-provider.js';
import { ENDPOINTS, isLocal } from '../../../src/models/providers/presets.js';
import { readUsage } from '../../../src/money/wire-usage.js';
import type { ClearedRequest } from '../../../src/policy/gate.js';
import { Overheard } from '../../overheard.js';
import { json, ProtocolServer, type Reply, type Step, send, sse } from './protocol-server.js';
import { type Answer, ASKED, answerOf, cleared, googleCredentials, KEY, SPEECH, wordsOf } from './speech.js';

/** Of Google's metadata server. */
const TOKEN = 'ya29.test-0123456789abcdef';
const { signal } = new AbortController();

describe('models/providers', () => {
  let server: ProtocolServer;
  let request: ClearedRequest;
  let google: Awaited<ReturnType<typeof googleCredentials>>;
  before(async () => {
    server = await ProtocolServer.start();
    request = await cleared();
    google = await googleCredentials(TOKEN);
  });
  after(async () => {
    await google.stop();
    await server.stop();
  });
  afterEach(() => {
    overheard.assertNothingOf([KEY, TOKEN, ...wordsOf(ASKED)]);
    server.asked.splice(0);
  });

  const overheard = new Overheard();
  const ask = async (provider: Provider, signal?: AbortSignal): Promise<Answer> =>
    overheard.hear(await answerOf(provider, request, signal));

  for (const endpoint of ENDPOINTS) {
    describe(endpoint.name, () => {
      const { begin, text, end, usageWhenCut, broken, headers = {} } = SPEECH[endpoint.protocol];
      const said = (...steps: readonly Step[]): void => server.answer({ headers, steps });
      const isCloud = endpoint.protocol.startsWith('claude-');
      let provider: Provider;
      before(async () => {
        provider = openProvider(
          { ...endpoint, baseUrl: server.url, region: endpoint.region ?? 'us-east-1', project: 'project-1' },
          endpoint.keyVariable ? KEY : undefined,
          2_000,
        );
      });

      it('streams an answer and reads its usage', async () => {
        said(...begin, ...text, ...end);
        const answer = await ask(provider);
        assert.equal(answer.text, 'One.');
        assert.deepEqual(answer.end.outcome, { kind: 'complete' });
        assert.equal(answer.end.final, true);
        const usage = readUsage(answer.end.usage);
        assert.equal(usage.kind, 'read');
        assert.deepEqual([usage.usage.inputTotal, usage.usage.cacheRead, usage.usage.outputTotal], [37, 20, 3]);
      });

      it('says that an answer without an end was cut, and keeps what came', async () => {
        said(...begin, ...text);
        const answer = await ask(provider);
        assert.equal(answer.text, 'One.');
        assert.equal(answer.end.outcome.kind, 'cut');
        assert.equal(answer.end.final, false);
        assert.equal(answer.end.usage !== undefined, usageWhenCut);
      });

      it('says the same when the connection is reset', async () => {
        said(...begin, ...text, { kind: 'reset' });
        const answer = await ask(provider);
        assert.equal(answer.text, 'One.');
        assert.equal(answer.end.outcome.kind === 'cut' && answer.end.outcome.error.kind, 'network');
      });

      it('says the same when the provider reports trouble in the middle', async () => {
        said(...begin, ...text, ...broken);
        const { outcome } = (await ask(provider)).end;
        assert.equal(outcome.kind === 'cut' && outcome.error.kind, 'overloaded');
      });

      it('stops when it is cancelled', async () => {
        said(...begin, ...text.slice(0, 1), { kind: 'wait', ms: 1_500 }, ...text.slice(1), ...end);
        const abort = new AbortController();
        const events: AnswerEvent[] = [];
        for await (const event of provider.stream(request, abort.signal)) {
          events.push(event);
          if (event.kind === 'text') abort.abort();
        }
        const last = events.at(-1);
        assert.equal(last?.kind === 'ended' && last.outcome.kind, 'cancelled');
      });

      it('tells apart why nothing came', async () => {
        const told = async (reply: Reply): Promise<unknown> => {
          server.answer(reply);
          const { outcome } = (await ask(provider)).end;
          assert.equal(outcome.kind, 'failed');
          assert.ok(!outcome.error.message.includes(KEY) && !outcome.error.message.includes(TOKEN), 'the key is not told');
          return [outcome.error.kind, outcome.error.status, outcome.error.retryAfterMs];
        };
        const error = (message: string, code = 'x') => ({ type: 'error', error: { type: code, code, message } });
        assert.deepEqual(await told(json(error(`bad key ${KEY}`), 401)), ['key', 401, undefined]);
        assert.deepEqual(await told(json(error('quota', 'insufficient_quota'), 429)), ['credit', 429, undefined]);
        assert.deepEqual(await told(json(error('slow down'), 429, { 'retry-after': '7' })), ['rate', 429, 7_000]);
        assert.deepEqual(await told(json(error('no such model'), 404)), ['unknown-model', 404, undefined]);
        assert.deepEqual(await told(json(error('overloaded'), 529)), ['overloaded', 529, undefined]);
        assert.deepEqual(await told(json(error("This model's maximum context length is 8192 tokens"), 400)), ['too-long', 400, undefined]);
        assert.deepEqual(await told(json(error('bad field'), 400)), ['request', 400, undefined]);
      });

      it('is not confused by an answer that is no event stream, or by half an event', async () => {
        for (const steps of [[send('<html>hello</html>')], [send('data: {"broken": \n\n')], [...begin, send('data: {"cut')]]) {
          server.answer({ headers, steps });
          const { outcome } = (await ask(provider)).end;
          assert.ok(outcome.kind === 'failed' || outcome.kind === 'cut', outcome.kind);
        }
      });

      // Of the clouds each has a list of its own, or none.
      if (isCloud) return;
      it('lists models', async () => {
        server.answer((asked) =>
          json(
            asked.method === 'GET'
              ? { data: [{ id: 'model-1', max_input_tokens: 1000, max_model_len: 1000 }], has_more: false, object: 'list' }
              : {},
          ),
        );
        const models = await provider.listModels(signal);
        assert.deepEqual(
          models.map((m) => m.id),
          ['model-1'],
        );
      });
    });
  }

  it('asks Anthropic with breakpoints, its new header, and no sampling parameters', async () => {
    const { begin, text, end } = SPEECH.anthropic;
    server.answer({ steps: [...begin, ...text, ...end] });
    await ask(openProvider({ ...ENDPOINTS[0]!, baseUrl: server.url }, KEY));
    const { path, headers, body } = server.asked[0]!;
    assert.equal(path, '/v1/messages');
    assert.equal(headers.authorization, `Bearer ${KEY}`);
    assert.deepEqual(body, {
      model: 'model-1',
      max_tokens: 500,
      system: [{ type: 'text', text: 'Answer in one word.' }],
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'file one\nfile two\n', cache_control: { type: 'ephemeral' } },
            { type: 'text', text: 'Which file?' },
          ],
        },
      ],
      stream: true,
    });
  });

  it('has servers that want the key in the old header', async () => {
    const { begin, text, end } = SPEECH.anthropic;
    server.answer({ steps: [...begin, ...text, ...end] });
    await ask(openProvider({ ...ENDPOINTS[0]!, baseUrl: server.url, legacyHeaders: true }, KEY));
    const { headers } = server.asked[0]!;
    assert.equal(headers['x-api-key'], KEY);
    assert.equal(headers.authorization, undefined);
    assert.equal(headers['anthropic-version'], '2023-06-01');
  });

  it('asks OpenAI to store nothing', async () => {
    const { begin, text, end } = SPEECH['openai-responses'];
    server.answer({ steps: [...begin, ...text, ...end] });
    await ask(openProvider({ ...ENDPOINTS[1]!, baseUrl: server.url }, KEY));
    assert.deepEqual(server.asked[0]!.body, {
      model: 'model-1',
      instructions: 'Answer in one word.',
      input: [{ role: 'user', content: 'file one\nfile two\nWhich file?' }],
      max_output_tokens: 500,
      store: false,
      prompt_cache_key: 'workspace-1',
      stream: true,
    });
  });

  it('reads usage where Groq puts it, and reasoning as DeepSeek sends it', async () => {
    const chat = ENDPOINTS.find((e) => e.id === 'groq')!;
    server.answer({
      steps: [
        ...sse(
          { id: 'c', choices: [{ index: 0, delta: { reasoning_content: 'hm' }, finish_reason: null }] },
          {
            id: 'c',
            choices: [{ index: 0, delta: { content: 'One.' }, finish_reason: 'length' }],
            x_groq: { usage: { prompt_tokens: 5, completion_tokens: 2 } },
          },
        ),
        send('data: [DONE]\n\n'),
      ],
    });
    const events: AnswerEvent[] = [];
    for await (const e of openProvider({ ...chat, baseUrl: server.url }, KEY).stream(request, new AbortController().signal)) events.push(e);
    assert.deepEqual(
      events.slice(0, 2).map((e) => [e.kind, e.kind === 'ended' ? '' : e.text]),
      [
        ['thinking', 'hm'],
        ['text', 'One.'],
      ],
    );
    const end = events.at(-1) as Ended;
    assert.equal(end.outcome.kind, 'length');
    const usage = readUsage(end.usage);
    assert.equal(usage.kind === 'read' && usage.usage.inputTotal, 5);
  });

  it('needs a key where the provider does', () => {
    assert.throws(() => openProvider(ENDPOINTS[0]!, undefined), /Anthropic needs a key/);
  });

  it('knows which models run on this machine', () => {
    const local = ENDPOINTS.filter(isLocal).map((e) => e.id);
    assert.deepEqual(local, ['ollama', 'lm-studio', 'llama.cpp', 'vllm']);
    assert.equal(isLocal({ baseUrl: 'http://127.0.0.1.evil.example/v1' }), false);
    assert.equal(isLocal({ baseUrl: 'http://[::1]:8080/v1' }), true);
  });
});
