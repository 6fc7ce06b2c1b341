import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type ReadEndpoints, readEndpoints } from '../../../src/models/providers/own-endpoints.js';
import { ENDPOINTS, isLocal } from '../../../src/models/providers/presets.js';

function endpointsOf(read: ReadEndpoints) {
  assert.equal(read.kind, 'read', JSON.stringify(read));
  return read.endpoints;
}

function problemsOf(value: unknown): string {
  const read = readEndpoints(value);
  assert.equal(read.kind, 'invalid', JSON.stringify(read));
  return read.problems.join('\n');
}

describe('models/providers/own-endpoints', () => {
  it('adds a provider with nothing but its address', () => {
    const endpoints = endpointsOf(readEndpoints({ 'my-gateway': { baseUrl: 'https://models.example.com/v1' } }));
    assert.deepEqual(endpoints.slice(0, -1), ENDPOINTS);
    assert.deepEqual(endpoints.at(-1), {
      id: 'my-gateway',
      name: 'my-gateway',
      protocol: 'openai-chat',
      baseUrl: 'https://models.example.com/v1',
    });
  });

  it('takes all that can be said of one', () => {
    const entry = {
      name: 'Ours',
      protocol: 'openai-chat',
      baseUrl: 'http://gpu.lan:8000/v1',
      keyVariable: 'GPU_KEY',
      deviations: { usageOnRequest: false, limitField: 'max_completion_tokens', cacheKey: true, cacheControl: true },
    };
    const endpoints = endpointsOf(readEndpoints({ ours: { ...entry, allowHttp: true } }));
    assert.deepEqual(endpoints.at(-1), { id: 'ours', ...entry });
  });

  it('changes what it says of a known provider and leaves the rest', () => {
    const endpoints = endpointsOf(
      readEndpoints({
        groq: { baseUrl: 'https://proxy.example.com/groq' },
        openai: { protocol: 'openai-chat' },
        ollama: { deviations: { cacheKey: true } },
      }),
    );
    assert.equal(endpoints.length, ENDPOINTS.length);
    const of = (id: string) => endpoints.find((e) => e.id === id);
    assert.deepEqual(of('groq'), { ...ENDPOINTS.find((e) => e.id === 'groq'), baseUrl: 'https://proxy.example.com/groq' });
    assert.equal(of('openai')?.protocol, 'openai-chat');
    assert.equal(of('openai')?.keyVariable, 'OPENAI_API_KEY');
    assert.equal(of('ollama')?.baseUrl, 'http://127.0.0.1:11434/v1');
  });

  it('wants encryption, but on this machine', () => {
    for (const host of ['127.0.0.1:8080', 'localhost:1', '[::1]:9', '127.1.2.3', 'gpu.localhost']) {
      assert.ok(isLocal(endpointsOf(readEndpoints({ here: { baseUrl: `http://${host}/v1` } })).at(-1)!), host);
    }
    for (const host of ['gpu.lan', '192.168.0.2:8000', '127.0.0.1.example.com', '0.0.0.0:1', 'localhost.example.com']) {
      assert.match(
        problemsOf({ there: { baseUrl: `http://${host}/v1` } }),
        /^"there": "baseUrl" sends prompts and keys to \S+ unencrypted/,
        host,
      );
      const allowed = endpointsOf(readEndpoints({ there: { baseUrl: `http://${host}/v1`, allowHttp: true } })).at(-1)!;
      assert.equal(isLocal(allowed), false, `${host} is not this machine`);
    }
  });

  it('says what is wrong with each entry and what to do', () => {
    assert.deepEqual(
      problemsOf({
        'My Gateway': { baseUrl: 'https://a.example' },
        a: 'https://a.example',
        b: {},
        c: { baseUrl: 'models.example.com/v1', protocol: 'rest', name: '', legacyHeaders: 1, url: 'https://c.example' },
        d: { baseUrl: 'https://d.example/v1?version=1', deviations: { limitField: 'tokens', stop: true } },
        e: { baseUrl: 'file:///etc/passwd', deviations: [] },
      }).split('\n'),
      [
        '"My Gateway": an id has up to 63 small letters, digits, ".", "_" and "-", like "my-gateway"',
        '"a": must be an object like { "baseUrl": "https://models.example.com/v1" }',
        '"b": "baseUrl" is missing, like "https://models.example.com/v1"',
        '"c": there is no "url"; there are name, protocol, baseUrl, allowHttp, keyVariable, legacyHeaders, region, project, answerSchema, deviations',
        '"c": "name" must be a text',
        '"c": "protocol" must be one of anthropic, openai-responses, openai-chat, claude-bedrock, claude-vertex, claude-foundry',
        '"c": "legacyHeaders" must be true or false',
        '"c": "baseUrl" must be an address like "https://models.example.com/v1"',
        '"d": "baseUrl" must end with its path: take out what follows "?" or "#"',
        '"d": "limitField" must be "max_tokens" or "max_completion_tokens"',
        '"d": there is no deviation "stop"; there are usageOnRequest, limitField, cacheKey, cacheControl',
        '"e": "baseUrl" must be an address like "https://models.example.com/v1"',
        '"e": "deviations" must be an object of usageOnRequest, limitField, cacheKey, cacheControl',
      ],
    );
    for (const value of [null, [], 'x', 3]) assert.match(problemsOf(value), /must be an object/);
  });

  it('takes no keys, and repeats none', () => {
    const key = `sk${'-proj-'}aB3dE5fG7hJ9kL2mN4pQ6rS8tU1vW0xYz`;
    for (const field of ['key', 'apiKey', 'api_key', 'token', 'authorization']) {
      assert.match(problemsOf({ a: { baseUrl: 'https://a.example', [field]: key } }), /does not belong here/);
    }
    assert.match(problemsOf({ a: { baseUrl: `https://user:${key}@a.example/v1` } }), /holds a user or password/);
    for (const misplaced of [key, key.replaceAll('-', '_'), key.slice(8)]) {
      const said = problemsOf({ a: { baseUrl: 'https://a.example', keyVariable: misplaced } });
      assert.match(said, /must be the name of an environment variable/);
      assert.ok(!said.includes(misplaced));
    }
  });

  it('reads any value without throwing, and what it reads has an address', () => {
    const field = fc.constantFrom('name', 'protocol', 'baseUrl', 'allowHttp', 'keyVariable', 'legacyHeaders', 'deviations', 'other');
    const value = fc.oneof(fc.anything(), fc.webUrl(), fc.boolean(), fc.constantFrom('anthropic', 'KEY', 'http://127.0.0.1'));
    fc.assert(
      fc.property(fc.dictionary(fc.string({ maxLength: 4 }), fc.oneof(fc.dictionary(field, value), fc.anything())), (file) => {
        const read = readEndpoints(file);
        if (read.kind === 'invalid') assert.ok(read.problems.length > 0);
        else for (const { baseUrl } of read.endpoints) assert.match(new URL(baseUrl).protocol, /^https?:$/);
      }),
    );
  });
});
