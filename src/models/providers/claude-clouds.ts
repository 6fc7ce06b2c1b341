/** Claude on Bedrock, Vertex and Foundry: Anthropic's Messages API by the vendor's SDK for each. */
import type { ClearedRequest } from '../../policy/gate.js';
import { type AnswerEvent, type OfferedModel, type Provider, ProviderError } from '../provider.js';
import { ended } from './ending.js';
import { type Addressee, providerError } from './errors.js';
import { type MessagesClient, streamMessages } from './messages.js';
import type { Endpoint } from './presets.js';

/** What to do about credentials that are missing or not accepted. */
const SIGN_IN: Readonly<Record<string, string>> = {
  'claude-bedrock': 'Set AWS_BEARER_TOKEN_BEDROCK, or sign in as for the AWS command line (aws sso login, AWS_PROFILE)',
  'claude-vertex': 'Sign in with gcloud auth application-default login, or set GOOGLE_APPLICATION_CREDENTIALS',
  'claude-foundry': 'Set the key of the Foundry resource again',
};

export class ClaudeCloudProvider implements Provider {
  readonly #to: Addressee;
  #opened: Promise<MessagesClient> | undefined;

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

  /** None of the three lists its models where it answers them. */
  async listModels(): Promise<readonly OfferedModel[]> {
    throw new ProviderError('request', `${this.endpoint.name} does not list its models here. Name one as the platform's console does.`);
  }

  #open(): Promise<MessagesClient> {
    this.#opened ??= import('./claude-clients.js').then(({ openClaudeClient }) =>
      openClaudeClient(this.endpoint, this.key, this.timeoutMs),
    );
    return this.#opened;
  }
}
