/** What is asked on this machine, of servers on loopback that answer like Ollama, LM Studio, llama.cpp and vLLM. */
import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { findLocalServers } from '../../../src/models/providers/local-servers.js';
import { ENDPOINTS, type Endpoint, isLocal } from '../../../src/models/providers/presets.js';
import { json, ProtocolServer, type Reply } from './protocol-server.js';

const signal = new AbortController().signal;

/** What each server says at its addresses; all others are not found. */
const SAID: Readonly<Record<string, Readonly<Record<string, Reply>>>> = {
  ollama: {
    '/v1/models': json({ object: 'list', data: [{ id: 'qwen3:8b' }, { id: 'other:1b' }] }),
    '/api/ps': json({ models: [{ name: 'qwen3:8b', context_length: 32_768 }] }),
  },
  'lm-studio': {
    '/v1/models': json({ data: [{ id: 'gemma' }] }),
    '/api/v0/models': json({ data: [{ id: 'gemma', loaded_context_length: 8_192, max_context_length: 131_072 }] }),
  },
  'llama.cpp': {
    '/v1/models': json({ object: 'list', data: [{ id: 'model.gguf', meta: { n_ctx_train: 131_072 } }] }),
    '/props': json({ default_generation_settings: { n_ctx: 16_384 } }),
  },
  vllm: { '/v1/models': json({ data: [{ id: 'meta/llama', max_model_len: 65_536 }] }) },
};

describe('models/providers/local-servers', () => {
  let server: ProtocolServer;
  before(async () => {
    server = await ProtocolServer.start();
  });
  after(() => server.stop());
  beforeEach(() => server.asked.splice(0));

  const at = (id: string, baseUrl = `${server.url}/v1`): Endpoint => ({ ...ENDPOINTS.find((e) => e.id === id)!, baseUrl });
  const saying = (id: string): void => server.answer(({ path }) => SAID[id]?.[path] ?? json({ error: 'not found' }, 404));

  for (const [id, models] of Object.entries({
    ollama: [
      { id: 'qwen3:8b', window: 32_768 },
      { id: 'other:1b', window: undefined },
    ],
    'lm-studio': [{ id: 'gemma', window: 8_192 }],
    'llama.cpp': [{ id: 'model.gguf', window: 16_384 }],
    vllm: [{ id: 'meta/llama', window: 65_536 }],
  })) {
    it(`finds ${id}, its models, and the window that each runs with`, async () => {
      saying(id);
      const [found, ...more] = await findLocalServers(signal, [at(id)]);
      assert.deepEqual(more, []);
      assert.deepEqual(found, { endpoint: at(id), models });
      assert.ok(server.asked.every(({ method, headers }) => method === 'GET' && headers.authorization === undefined));
    });
  }

  it('takes nothing that answers otherwise for a server with models', async () => {
    const replies: readonly Reply[] = [
      json({ data: [{ id: 'a' }] }, 401),
      json({ hello: 'world' }),
      { steps: [{ kind: 'send', text: '<html></html>' }] },
      { steps: [{ kind: 'reset' }] },
      { steps: [{ kind: 'wait', ms: 1_500 }] },
    ];
    for (const reply of replies) {
      server.answer(reply);
      assert.deepEqual(await findLocalServers(signal, [at('vllm')]), [], JSON.stringify(reply));
    }
    server.answer(json({ data: [{ id: 7 }, null, { id: 'a', max_model_len: -1 }, 'b'] }));
    assert.deepEqual((await findLocalServers(signal, [at('vllm')]))[0]?.models, [{ id: 'a', window: undefined }]);
  });

  it('follows no redirection', async () => {
    const elsewhere = await ProtocolServer.start();
    elsewhere.answer(SAID.vllm!['/v1/models']!);
    try {
      for (const status of [301, 302, 307, 308]) {
        server.answer({ status, headers: { location: `${elsewhere.url}/v1/models` }, steps: [] });
        assert.deepEqual(await findLocalServers(signal, [at('vllm')]), []);
      }
      assert.deepEqual(elsewhere.asked, []);
    } finally {
      await elsewhere.stop();
    }
  });

  it('asks nobody but servers on this machine that need no key', async () => {
    saying('vllm');
    const { port } = new URL(server.url);
    const others = [
      { ...at('vllm'), keyVariable: 'KEY' },
      at('vllm', `https://127.0.0.1:${port}/v1`),
      at('vllm', `http://127.0.0.1.example.com:${port}/v1`),
    ];
    assert.deepEqual(await findLocalServers(signal, others), []);
    assert.deepEqual(server.asked, []);
    assert.deepEqual(
      ENDPOINTS.filter(isLocal).map((e) => new URL(e.baseUrl).port),
      ['11434', '1234', '8080', '8000'],
    );
  });

  it('goes to the loopback address itself, whatever name stands for it', async () => {
    saying('vllm');
    const named = at('vllm', `http://anything.localhost:${new URL(server.url).port}/v1/`);
    assert.equal((await findLocalServers(signal, [named]))[0]?.endpoint.baseUrl, `${server.url}/v1`);
  });

  it('finds nothing where nobody listens, and stops when told to', async () => {
    const closed = createServer();
    await new Promise<void>((done) => closed.listen(0, '127.0.0.1', done));
    const { port } = closed.address() as AddressInfo;
    await new Promise((done) => closed.close(done));
    assert.deepEqual(await findLocalServers(signal, [at('ollama', `http://127.0.0.1:${port}/v1`)]), []);
    saying('vllm');
    assert.deepEqual(await findLocalServers(AbortSignal.abort(), [at('vllm')]), []);
    assert.deepEqual(server.asked, []);
  });
});
