/**
 * The bodies of requests against JSON schemas made from the SDKs' own types when the test runs,
 * so that they are always those of the installed SDKs: an unknown field or a wrong value fails.
 */
import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { Ajv, type SchemaObject, type ValidateFunction } from 'ajv';
import { createGenerator } from 'ts-json-schema-generator';
import { ENDPOINTS, type Endpoint, type Protocol } from '../../../src/models/providers/presets.js';
import type { ModelRequest } from '../../../src/models/request.js';
import { PROPOSAL_SCHEMA } from '../../../src/proposals/schema.js';
import { type Body, REQUESTS, sentBody } from './outgoing.js';
import { ProtocolServer } from './protocol-server.js';
import { ASKED, googleCredentials } from './speech.js';

const TYPES: Readonly<Record<Protocol, string>> = {
  anthropic: 'MessagesRequest',
  'claude-bedrock': 'MessagesRequest',
  'claude-vertex': 'MessagesRequest',
  'claude-foundry': 'MessagesRequest',
  'openai-responses': 'ResponsesRequest',
  'openai-chat': 'ChatRequest',
};

describe('models/providers: contract', function () {
  // The types are read by the compiler: some seconds each.
  this.timeout(120_000);
  const schemas = new Map<string, ValidateFunction>();
  let server: ProtocolServer;
  let google: Awaited<ReturnType<typeof googleCredentials>>;
  before(async () => {
    const path = resolve('test/models/providers/wire-requests.ts');
    for (const type of new Set(Object.values(TYPES))) {
      const generator = createGenerator({ path, type, skipTypeCheck: true, additionalProperties: false, expose: 'none' });
      schemas.set(type, new Ajv({ strict: false, logger: false }).compile(generator.createSchema(type) as SchemaObject));
    }
    server = await ProtocolServer.start();
    google = await googleCredentials('ya29.token');
  });
  after(async () => {
    await google.stop();
    await server.stop();
  });

  const bodyOf = (endpoint: Endpoint, asked: ModelRequest): Promise<Body> => sentBody(server, endpoint, asked);

  /** As the type has it: the clouds take model and stream out of the body, and put the version in; OpenRouter and LiteLLM know cache_control. */
  function asTyped({ protocol, deviations }: Endpoint, body: Body): Body {
    const { anthropic_version, ...rest } = body;
    if (protocol === 'claude-bedrock' || protocol === 'claude-vertex') return { ...rest, model: 'model-1', stream: true };
    return deviations?.cacheControl ? withoutCacheControl(body) : body;
  }

  for (const endpoint of ENDPOINTS) {
    it(`${endpoint.name} is sent what the type of the SDK allows, and nothing else`, async () => {
      const valid = schemas.get(TYPES[endpoint.protocol])!;
      for (const asked of REQUESTS) {
        const body = asTyped(endpoint, await bodyOf(endpoint, asked));
        assert.ok(valid(body), JSON.stringify(valid.errors?.slice(0, 3)));
      }
    });
  }

  it('an answer is held to a schema in the words of each protocol', async () => {
    const schema = PROPOSAL_SCHEMA;
    const inWords: Readonly<Record<string, Body>> = {
      MessagesRequest: { output_config: { format: { type: 'json_schema', schema } } },
      ResponsesRequest: { text: { format: { type: 'json_schema', name: 'proposal', schema, strict: true } } },
      ChatRequest: { response_format: { type: 'json_schema', json_schema: { name: 'proposal', schema, strict: true } } },
    };
    for (const endpoint of ENDPOINTS.filter((e) => ['anthropic', 'openai', 'google', 'bedrock'].includes(e.id))) {
      const body = await bodyOf(endpoint, { ...ASKED, answerSchema: { name: 'proposal', schema } });
      for (const [field, value] of Object.entries(inWords[TYPES[endpoint.protocol]]!)) assert.deepEqual(body[field], value, endpoint.id);
      const without = await bodyOf(endpoint, ASKED);
      for (const field of ['output_config', 'text', 'response_format']) assert.ok(!(field in without), endpoint.id);
    }
  });

  it('the schema keeps to what the strict modes take: every property required, no other allowed', () => {
    const objects: Body[] = [];
    JSON.stringify(PROPOSAL_SCHEMA, (_, value: unknown) => {
      if ((value as Body | null)?.type === 'object') objects.push(value as Body);
      return value;
    });
    assert.equal(objects.length, 5);
    for (const { properties, required, additionalProperties } of objects) {
      assert.deepEqual(Object.keys(properties as object), required);
      assert.equal(additionalProperties, false);
    }
  });

  it('the schemas refuse what was changed in such a body', async () => {
    const wrong: Readonly<Record<string, (body: Body) => Body>> = {
      'a field that there is not': (b) => ({ ...b, colour: 'red' }),
      'a model that is no text': (b) => ({ ...b, model: 7 }),
      'no streaming': (b) => ({ ...b, stream: false }),
      'messages that are a text': (b) => ('messages' in b ? { ...b, messages: 'oops' } : { ...b, input: 7 }),
      'a role that there is not': (b) => swap(b, 'role', 'user', 'wizard'),
      'a limit that is a text': (b) => ({ ...b, ['max_output_tokens' in b ? 'max_output_tokens' : 'max_tokens']: 'many' }),
    };
    const messages: Readonly<Record<string, (body: Body) => Body>> = {
      'sampling, which version 2026-10-21 took away': (b) => ({ ...b, temperature: 0 }),
      'a time of caching that there is not': (b) => swap(b, 'ttl', '1h', '2h'),
      'no limit': ({ max_tokens: _, ...b }) => b,
      'no model': ({ model: _, ...b }) => b,
    };
    for (const id of ['anthropic', 'openai', 'google']) {
      const endpoint = ENDPOINTS.find((e) => e.id === id)!;
      const type = TYPES[endpoint.protocol];
      const valid = schemas.get(type)!;
      const body = await bodyOf(endpoint, REQUESTS[2]!);
      assert.ok(valid(body));
      for (const [what, change] of Object.entries({ ...wrong, ...(type === 'MessagesRequest' ? messages : {}) })) {
        assert.equal(valid(change(body)), false, `${id}: ${what}`);
      }
    }
  });
});

/** OpenAI's type does not have what these two take over from Anthropic's. */
function withoutCacheControl(body: Body): Body {
  return JSON.parse(JSON.stringify(body), function (this: unknown, key, value: unknown) {
    return key === 'cache_control' ? undefined : value;
  }) as Body;
}

/** The body with a value of a field replaced, wherever it stands. */
function swap(body: Body, field: string, from: string, to: string): Body {
  return JSON.parse(JSON.stringify(body), (key, value: unknown) => (key === field && value === from ? to : value)) as Body;
}
