/** What is particular to Claude on Bedrock, Vertex and Foundry: addresses, credentials, signatures, Amazon's event stream. */
import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { locate } from '../../../src/models/providers/cloud-address.js';
import { openProvider } from '../../../src/models/providers/open-provider.js';
import { ENDPOINTS, type Endpoint, isLocal, needsKey } from '../../../src/models/providers/presets.js';
import type { ClearedRequest } from '../../../src/policy/gate.js';
import { Overheard } from '../../overheard.js';
import { damaged, EVENT_STREAM, exception } from './event-stream.js';
import { type Asked, json, ProtocolServer } from './protocol-server.js';
import { type Answer, ASKED, answerOf as answerFrom, cleared, googleCredentials, KEY, SPEECH, wordsOf } from './speech.js';

const of = (id: string): Endpoint => ENDPOINTS.find((e) => e.id === id)!;

/** The messages of Anthropic's API as they were asked, whatever wrapping the cloud wants. */
const BODY = {
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
};

const AWS = {
  AWS_ACCESS_KEY_ID: `AKI${'A'}TESTTESTTESTTEST`,
  AWS_SECRET_ACCESS_KEY: 'secret/Test+0123456789abcdefghijABCDEFGHIJ',
  AWS_SESSION_TOKEN: `session-${'0123456789abcdef'.repeat(8)}`,
};
/** In the form of a token of Microsoft Entra's. */
const ENTRA = `eyJ${'0'.repeat(20)}.eyJ${'1'.repeat(20)}.${'2'.repeat(20)}`;
/** Of Google's metadata server. */
const GOOGLE = 'ya29.token';

describe('models/providers/claude-clouds', () => {
  let server: ProtocolServer;
  let request: ClearedRequest;
  before(async () => {
    server = await ProtocolServer.start();
    request = await cleared();
  });
  after(() => server.stop());
  beforeEach(() => server.asked.splice(0));
  afterEach(() => void overheard.assertNothingOf([KEY, GOOGLE, ENTRA, ...Object.values(AWS), ...wordsOf(ASKED)]));

  const overheard = new Overheard();
  const answerOf = async (...of: Parameters<typeof answerFrom>): Promise<Answer> => overheard.hear(await answerFrom(...of));

  const speaking = (protocol: 'claude-bedrock' | 'claude-vertex' | 'claude-foundry'): void => {
    const { begin, text, end, headers = {} } = SPEECH[protocol];
    server.answer({ headers, steps: [...begin, ...text, ...end] });
  };
  const bedrock = (key?: string) => openProvider({ ...of('bedrock'), baseUrl: server.url, region: 'eu-central-1' }, key, 2_000);

  it('asks Bedrock with a key at the path of the model, the version in the body', async () => {
    speaking('claude-bedrock');
    assert.equal((await answerOf(bedrock(KEY), request)).text, 'One.');
    const { path, headers, body } = server.asked[0]!;
    assert.equal(path, '/model/model-1/invoke-with-response-stream');
    assert.equal(headers.authorization, `Bearer ${KEY}`);
    const { anthropic_version, ...rest } = body as { anthropic_version: string };
    assert.ok(anthropic_version);
    assert.deepEqual(rest, BODY);
  });

  describe('with AWS credentials', () => {
    const outside = { ...process.env };
    before(() => Object.assign(process.env, AWS));
    after(() => {
      for (const name of Object.keys(AWS)) {
        if (outside[name] === undefined) delete process.env[name];
        else process.env[name] = outside[name];
      }
    });

    it('signs the request as Amazon checks it', async () => {
      speaking('claude-bedrock');
      assert.deepEqual((await answerOf(bedrock(), request)).end.outcome, { kind: 'complete' });
      const asked = server.asked[0]!;
      assert.equal(asked.headers['x-amz-security-token'], AWS.AWS_SESSION_TOKEN);
      assert.equal(asked.headers.authorization, signature(asked, AWS.AWS_ACCESS_KEY_ID, AWS.AWS_SECRET_ACCESS_KEY, 'eu-central-1'));
    });

    it('repeats nothing of them when Amazon does', async () => {
      // What AWS answers to a signature that is wrong: all of the request that was signed.
      const message = `The request signature we calculated does not match. The Canonical String should have been 'POST
/model x-amz-security-token:${AWS.AWS_SESSION_TOKEN} Credential=${AWS.AWS_ACCESS_KEY_ID}/20261121'`;
      server.answer(json({ message }, 403));
      const { outcome } = (await answerOf(bedrock(), request)).end;
      assert.equal(outcome.kind === 'failed' && outcome.error.kind, 'key');
      const told = outcome.kind === 'failed' ? outcome.error.message : '';
      assert.match(told, /^Claude on Bedrock: the credentials were not accepted\. Set AWS_BEARER_TOKEN_BEDROCK, or sign in/);
      for (const secret of Object.values(AWS)) assert.ok(!told.includes(secret), told);
    });
  });

  it('says how to sign in where no credentials are found', async () => {
    const off = { AWS_EC2_METADATA_DISABLED: 'true', AWS_CONFIG_FILE: '/nonexistent', AWS_SHARED_CREDENTIALS_FILE: '/nonexistent' };
    const outside = { ...process.env };
    for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
    Object.assign(process.env, off);
    try {
      const { outcome } = (await answerOf(bedrock(), request)).end;
      assert.match(outcome.kind === 'failed' ? outcome.error.message : '', /the credentials were not accepted\. Set AWS_BEARER/);
      assert.deepEqual(server.asked, []);
    } finally {
      for (const name of Object.keys(off)) delete process.env[name];
      Object.assign(process.env, outside);
    }
  });

  it('takes a frame of Bedrock whose checksum is wrong for a stream that broke off', async () => {
    const { begin, text, end } = SPEECH['claude-bedrock'];
    for (const steps of [
      [...begin, text[0]!, damaged(text[1]!), ...end],
      [...begin, ...text, ...end.slice(0, -1), damaged(end.at(-1)!)],
    ]) {
      server.answer({ headers: EVENT_STREAM, steps });
      const { text: said, end: ending } = await answerOf(bedrock(KEY), request);
      assert.equal(ending.outcome.kind, 'cut');
      assert.ok('One.'.startsWith(said) && said !== '');
      assert.equal(ending.final, false);
    }
  });

  it('reads a frame of Bedrock however the network cuts it', async () => {
    const { begin, text, end } = SPEECH['claude-bedrock'];
    const bytes = Buffer.concat([...begin, ...text, ...end].map((s) => (s.kind === 'bytes' ? s.bytes : Buffer.alloc(0))));
    for (const size of [1, 7, 100, bytes.length]) {
      const pieces = [...Array(Math.ceil(bytes.length / size))].map((_, i) => bytes.subarray(i * size, (i + 1) * size));
      server.answer({ headers: EVENT_STREAM, steps: pieces.map((piece) => ({ kind: 'bytes', bytes: piece })) });
      const answer = await answerOf(bedrock(KEY), request);
      assert.deepEqual([answer.text, answer.end.outcome.kind], ['One.', 'complete'], `${size} bytes`);
    }
  });

  it('tells the kinds of exceptions of Bedrock apart', async () => {
    const { begin } = SPEECH['claude-bedrock'];
    const kindOf = async (type: string, message: string): Promise<unknown> => {
      server.answer({ headers: EVENT_STREAM, steps: [...begin, exception(type, message)] });
      const { outcome } = (await answerOf(bedrock(KEY), request)).end;
      return outcome.kind === 'cut' && outcome.error.kind;
    };
    assert.equal(await kindOf('throttlingException', 'Too many requests'), 'rate');
    assert.equal(await kindOf('modelStreamErrorException', 'x'), 'overloaded');
    assert.equal(await kindOf('internalServerException', 'x'), 'overloaded');
    assert.equal(await kindOf('validationException', 'Input is too long for requested model.'), 'too-long');
    assert.equal(await kindOf('validationException', 'x'), 'request');
  });

  it("asks Vertex with a token of Google's, at the path of project, region and model", async () => {
    const google = await googleCredentials(GOOGLE);
    try {
      speaking('claude-vertex');
      const provider = openProvider({ ...of('vertex'), baseUrl: server.url, project: 'project-1' }, undefined, 2_000);
      assert.equal((await answerOf(provider, request)).text, 'One.');
    } finally {
      await google.stop();
    }
    const { path, headers, body } = server.asked[0]!;
    assert.equal(path, '/projects/project-1/locations/global/publishers/anthropic/models/model-1:streamRawPredict');
    assert.equal(headers.authorization, `Bearer ${GOOGLE}`);
    const { anthropic_version, ...rest } = body as { anthropic_version: string };
    assert.ok(anthropic_version);
    assert.deepEqual(rest, { ...BODY, stream: true });
  });

  it('asks Foundry with its key in the old header', async () => {
    speaking('claude-foundry');
    assert.equal((await answerOf(openProvider({ ...of('foundry'), baseUrl: server.url }, KEY, 2_000), request)).text, 'One.');
    const { path, headers, body } = server.asked[0]!;
    assert.equal(path, '/v1/messages');
    assert.deepEqual([headers['x-api-key'], headers.authorization], [KEY, undefined]);
    assert.deepEqual(body, { ...BODY, model: 'model-1', stream: true });
  });

  it('asks Foundry with a token of Microsoft Entra as one', async () => {
    speaking('claude-foundry');
    const outside = process.env.ANTHROPIC_FOUNDRY_API_KEY;
    // As in the command line, where the SDK would find it a second time.
    process.env.ANTHROPIC_FOUNDRY_API_KEY = ENTRA;
    try {
      assert.equal((await answerOf(openProvider({ ...of('foundry'), baseUrl: server.url }, ENTRA, 2_000), request)).text, 'One.');
    } finally {
      if (outside === undefined) delete process.env.ANTHROPIC_FOUNDRY_API_KEY;
      else process.env.ANTHROPIC_FOUNDRY_API_KEY = outside;
    }
    const { headers } = server.asked[0]!;
    assert.deepEqual([headers['x-api-key'], headers.authorization], [undefined, `Bearer ${ENTRA}`]);
  });

  describe('counts the tokens of a prompt', () => {
    const { signal } = new AbortController();

    it('on Foundry where Anthropic has it', async () => {
      server.answer(json({ input_tokens: 321 }));
      assert.equal(await openProvider({ ...of('foundry'), baseUrl: server.url }, KEY, 2_000).countTokens!(request, signal), 321);
      const { max_tokens: _, ...prompt } = BODY;
      assert.deepEqual([server.asked[0]!.path, server.asked[0]!.body], ['/v1/messages/count_tokens', { ...prompt, model: 'model-1' }]);
    });

    it("on Vertex as a model of the project's", async () => {
      const google = await googleCredentials(GOOGLE);
      try {
        server.answer(json({ input_tokens: 321 }));
        const provider = openProvider({ ...of('vertex'), baseUrl: server.url, project: 'project-1' }, undefined, 2_000);
        assert.equal(await provider.countTokens!(request, signal), 321);
      } finally {
        await google.stop();
      }
      const { path, body } = server.asked[0]!;
      assert.equal(path, '/projects/project-1/locations/global/publishers/anthropic/models/count-tokens:rawPredict');
      assert.equal((body as { model: string }).model, 'model-1');
    });

    it('on Bedrock as a body for the model behind an inference profile', async () => {
      server.answer(json({ inputTokens: 321 }));
      const asked = { ...request, model: 'global.anthropic.claude-haiku-4-5-20251001-v1:0' } as ClearedRequest;
      assert.equal(await bedrock(KEY).countTokens!(asked, signal), 321);
      const { path, body } = server.asked[0]!;
      assert.equal(path, '/model/anthropic.claude-haiku-4-5-20251001-v1%3A0/count-tokens');
      const { input, ...others } = body as { input: { invokeModel: { body: string } } };
      assert.deepEqual(others, {});
      const { anthropic_version, ...invoked } = JSON.parse(Buffer.from(input.invokeModel.body, 'base64').toString()) as Record<
        string,
        unknown
      >;
      assert.deepEqual([anthropic_version, invoked], ['bedrock-2023-05-31', BODY]);
    });

    it('and tells why it cannot be', async () => {
      server.answer(json({ message: `The provided model doesn't support counting tokens. (${KEY})` }, 400));
      const error = await bedrock(KEY).countTokens!(request, signal).catch((e: Error) => overheard.hear(e));
      assert.match((error as Error).message, /^Claude on Bedrock: .*support counting tokens/);
    });
  });

  describe('lists the models that are sold', () => {
    const { signal } = new AbortController();

    it('on Bedrock: the inference profiles of Claude', async () => {
      const profiles = ['us.anthropic.claude-sonnet-5-v1:0', 'us.amazon.nova-pro-v1:0', 'global.anthropic.claude-opus-5-5'];
      server.answer(json({ inferenceProfileSummaries: profiles.map((inferenceProfileId) => ({ inferenceProfileId })) }));
      const ids = (await bedrock(KEY).listModels(signal)).map((m) => m.id);
      assert.deepEqual(ids, [profiles[0], profiles[2]]);
      const { method, path, headers } = server.asked[0]!;
      assert.deepEqual([method, path, headers.authorization], ['GET', '/inference-profiles?maxResults=1000', `Bearer ${KEY}`]);
    });

    it("on Vertex: the models of Anthropic's, with their versions", async () => {
      const google = await googleCredentials(GOOGLE);
      try {
        const name = (id: string) => `publishers/anthropic/models/${id}`;
        server.answer(
          json({
            publisherModels: [
              { name: name('claude-opus-5-5'), versionId: 'default' },
              { name: name('claude-haiku-4-5'), versionId: '20251001' },
            ],
          }),
        );
        const provider = openProvider({ ...of('vertex'), baseUrl: `${server.url}/v1`, project: 'project-1' }, undefined, 2_000);
        assert.deepEqual(await provider.listModels(signal), [{ id: 'claude-opus-5-5' }, { id: 'claude-haiku-4-5@20251001' }]);
      } finally {
        await google.stop();
      }
      const { path, headers } = server.asked[0]!;
      assert.deepEqual([path, headers.authorization], ['/v1beta1/publishers/anthropic/models?pageSize=1000', `Bearer ${GOOGLE}`]);
    });

    it('not on Foundry, and says what to name instead', async () => {
      const provider = openProvider({ ...of('foundry'), baseUrl: server.url }, KEY, 2_000);
      await assert.rejects(provider.listModels(signal), /does not list its models here\. Name a deployment/);
      assert.deepEqual(server.asked, []);
    });
  });

  it('finds the address by region, project and resource, from the entry first and the environment then', () => {
    const addressOf = (id: string, env: Readonly<Record<string, string>>, own: Partial<Endpoint> = {}): string => {
      const located = locate({ ...of(id), ...own }, env);
      return located.kind === 'located' ? located.endpoint.baseUrl : located.problem;
    };
    const project = { ANTHROPIC_VERTEX_PROJECT_ID: 'p' };
    assert.equal(addressOf('bedrock', { AWS_REGION: 'us-west-2' }), 'https://bedrock-runtime.us-west-2.amazonaws.com');
    assert.equal(
      addressOf('bedrock', { AWS_REGION: 'us-west-2' }, { region: 'eu-west-1' }),
      'https://bedrock-runtime.eu-west-1.amazonaws.com',
    );
    assert.equal(addressOf('vertex', { ...project, CLOUD_ML_REGION: 'us-east5' }), 'https://aiplatform.googleapis.com/v1');
    assert.equal(
      addressOf('vertex-regional', { ...project, CLOUD_ML_REGION: 'us-east5' }),
      'https://us-east5-aiplatform.googleapis.com/v1',
    );
    assert.equal(addressOf('vertex-regional', { ...project, CLOUD_ML_REGION: 'eu' }), 'https://aiplatform.eu.rep.googleapis.com/v1');
    assert.equal(addressOf('foundry', { ANTHROPIC_FOUNDRY_RESOURCE: 'ours' }), 'https://ours.services.ai.azure.com/anthropic/');
    assert.equal(addressOf('foundry', {}, { baseUrl: 'https://proxy.example/x' }), 'https://proxy.example/x');
    assert.match(addressOf('bedrock', {}), /needs a region\. Put it into the environment variable AWS_REGION/);
    assert.match(addressOf('bedrock', { AWS_REGION: 'evil.example/#' }), /is no region/);
    assert.match(addressOf('vertex', {}), /needs a project/);
    assert.match(addressOf('vertex', project, { region: 'us-east5' }), /name the model "vertex-regional/);
    assert.match(addressOf('foundry', {}), /needs a resource\. Put it into the environment variable ANTHROPIC_FOUNDRY_RESOURCE/);
    assert.equal(addressOf('openai', {}), 'https://api.openai.com/v1');
  });

  it('needs a key on Foundry alone, and takes none of the three for this machine', () => {
    assert.deepEqual(
      ['bedrock', 'vertex', 'foundry'].map((id) => [needsKey(of(id)), isLocal({ ...of(id), baseUrl: 'http://127.0.0.1' })]),
      [
        [false, false],
        [false, false],
        [true, false],
      ],
    );
  });
});

/** The Authorization header by Amazon's rules (Signature Version 4), over the headers that it names itself. */
function signature({ method, path, headers, body }: Asked, id: string, secret: string, region: string): string {
  const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
  const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
  const signed = /SignedHeaders=([^,]+)/.exec(headers.authorization ?? '')?.[1] ?? '';
  const time = String(headers['x-amz-date']);
  const scope = `${time.slice(0, 8)}/${region}/bedrock/aws4_request`;
  const lines = signed.split(';').map((name) => `${name}:${String(headers[name]).trim().replace(/ +/g, ' ')}\n`);
  const canonical = [method, path, '', lines.join(''), signed, hash(JSON.stringify(body))].join('\n');
  const key = [region, 'bedrock', 'aws4_request'].reduce<Buffer>(hmac, hmac(`AWS4${secret}`, time.slice(0, 8)));
  const value = hmac(key, ['AWS4-HMAC-SHA256', time, scope, hash(canonical)].join('\n')).toString('hex');
  return `AWS4-HMAC-SHA256 Credential=${id}/${scope}, SignedHeaders=${signed}, Signature=${value}`;
}
