/** Claude on Bedrock, Vertex and Foundry: Anthropic's Messages API by the vendor's SDK for each. */
import type { ClearedRequest } from '../../policy/gate.js';
import { type AnswerEvent, type OfferedModel, type Provider, ProviderError } from '../provider.js';
import type { CloudClient } from './claude-clients.js';
import { ended } from './ending.js';
import { type Addressee, providerError } from './errors.js';
import { bodyOf, type MessagesClient, streamMessages } from './messages.js';
import type { Endpoint } from './presets.js';

/** What to do about credentials that are missing or not accepted. */
const SIGN_IN: Readonly<Record<string, string>> = {
  'claude-bedrock': 'Set AWS_BEARER_TOKEN_BEDROCK, or sign in as for the AWS command line (aws sso login, AWS_PROFILE)',
  'claude-vertex': 'Sign in with gcloud auth application-default login, or set GOOGLE_APPLICATION_CREDENTIALS',
  'claude-foundry': 'Set the key of the Foundry resource again',
};

/** What a body for InvokeModel begins with. */
const BEDROCK_VERSION = 'bedrock-2023-05-31';

/** The first page of either cloud's list, which is all of it. */
interface ListPage {
  readonly inferenceProfileSummaries?: readonly { readonly inferenceProfileId: string }[];
  readonly publisherModels?: readonly { readonly name: string; readonly versionId?: string }[];
}

/** ListInferenceProfiles of Amazon Bedrock's API of 2023-04-20; publishers.models.list of Vertex AI's v1beta1. Both are on another address than the models. */
const LISTS: Readonly<
  Record<string, { address(baseUrl: string): string; readonly path: string; read(page: ListPage): readonly string[] }>
> = {
  'claude-bedrock': {
    address: (baseUrl) => baseUrl.replace('//bedrock-runtime.', '//bedrock.'),
    path: '/inference-profiles?maxResults=1000',
    read: ({ inferenceProfileSummaries = [] }) =>
      inferenceProfileSummaries.map((p) => p.inferenceProfileId).filter((id) => id.includes('anthropic.')),
  },
  'claude-vertex': {
    address: (baseUrl) => baseUrl.replace(/\/v1$/, '/v1beta1'),
    path: '/publishers/anthropic/models?pageSize=1000',
    read: ({ publisherModels = [] }) =>
      publisherModels.map(({ name, versionId }) => {
        const id = name.slice(name.lastIndexOf('/') + 1);
        return /^\d{8}$/.test(versionId ?? '') ? `${id}@${versionId}` : id;
      }),
  },
};

export class ClaudeCloudProvider implements Provider {
  readonly #to: Addressee;
  #opened: Promise<CloudClient> | undefined;

  constructor(
    private readonly endpoint: Endpoint,
    private readonly key: string | undefined,
    private readonly timeoutMs: number,
  ) {
    this.#to = { name: endpoint.name, key, signIn: SIGN_IN[endpoint.protocol] };
  }

  async *stream(request: ClearedRequest, signal: AbortSignal): AsyncGenerator<AnswerEvent, void> {
    let client: MessagesClient;
    try {
      client = await this.#open();
    } catch (error) {
      yield ended({ kind: 'failed', error: providerError(error, this.#to) }, undefined, false, { begun: false, requestId: undefined });
      return;
    }
    yield* streamMessages(client, request, this.#to, signal);
  }

  /** What the cloud sells, whether or not the account has it. Foundry has a list for its management alone, under another sign-in. */
  async listModels(signal: AbortSignal): Promise<readonly OfferedModel[]> {
    const list = LISTS[this.endpoint.protocol];
    if (!list)
      throw new ProviderError('request', `${this.endpoint.name} does not list its models here. Name a deployment as its console does.`);
    try {
      const { openClaudeClient } = await import('./claude-clients.js');
      const client = openClaudeClient({ ...this.endpoint, baseUrl: list.address(this.endpoint.baseUrl) }, this.key, this.timeoutMs);
      return list.read((await client.get(list.path, { signal })) as ListPage).map((id) => ({ id }));
    } catch (error) {
      throw providerError(error, this.#to);
    }
  }

  async countTokens(request: ClearedRequest, signal: AbortSignal): Promise<number> {
    const { max_tokens, ...prompt } = bodyOf(request);
    try {
      const client = await this.#open();
      if (this.endpoint.protocol !== 'claude-bedrock') return (await client.messages.countTokens!(prompt, { signal })).input_tokens;
      const { model, ...invoked } = { ...prompt, max_tokens, anthropic_version: BEDROCK_VERSION };
      // CountTokens knows models, not the inference profiles that they are asked by ("global.", "us.").
      const path = `/model/${encodeURIComponent(model.replace(/^[a-z-]+\.(?=anthropic\.)/, ''))}/count-tokens`;
      const body = { input: { invokeModel: { body: Buffer.from(JSON.stringify(invoked)).toString('base64') } } };
      // The SDK would put the version into the body of every request.
      const counted = (await client.post(path, { body, signal, headers: { 'anthropic-version': null } })) as {
        readonly inputTokens: number;
      };
      return counted.inputTokens;
    } catch (error) {
      throw providerError(error, this.#to);
    }
  }

  #open(): Promise<CloudClient> {
    this.#opened ??= import('./claude-clients.js').then(({ openClaudeClient }) =>
      openClaudeClient(this.endpoint, this.key, this.timeoutMs),
    );
    return this.#opened;
  }
}
