/** The vendor's SDKs for Claude on Bedrock, Vertex and Foundry. A bundle of its own, loaded when one of them is asked first. */
import { AnthropicBedrock } from '@anthropic-ai/bedrock-sdk';
import { AnthropicFoundry } from '@anthropic-ai/foundry-sdk';
import { AnthropicVertex } from '@anthropic-ai/vertex-sdk';
import { ASKED_ALONE } from './asked-alone.js';
import type { MessagesClient } from './messages.js';
import type { Endpoint } from './presets.js';

/** What the three have in common. */
export interface CloudClient extends MessagesClient, Pick<AnthropicVertex, 'get' | 'post'> {
  /** Bedrock's is known to its types alone to count nothing. */
  readonly messages: MessagesClient['messages'] & Partial<Pick<AnthropicVertex['messages'], 'countTokens'>>;
}

/** @param endpoint located: with its address, and its region where it has one. */
export function openClaudeClient(
  { protocol, baseUrl, region, project }: Endpoint,
  key: string | undefined,
  timeoutMs: number,
): CloudClient {
  // One retry loop, which is the router's.
  const common = { baseURL: baseUrl, maxRetries: 0, fetchOptions: ASKED_ALONE, timeout: timeoutMs, logLevel: 'off' as const };
  switch (protocol) {
    case 'claude-bedrock':
      // Without a key the request is signed with what AWS's usual chain finds: environment, profile, single sign-on, role.
      return new AnthropicBedrock({ ...common, apiKey: key ?? null, awsRegion: region });
    case 'claude-vertex':
      // Google's application default credentials.
      return new AnthropicVertex({ ...common, region: region ?? null, projectId: project ?? null });
    case 'claude-foundry':
      return new AnthropicFoundry({ ...common, ...(isEntraToken(key) ? signedIn(key) : { apiKey: key }) });
    default:
      throw new RangeError(`Claude is not sold by ${protocol}`);
  }
}

/** A JSON Web Token (RFC 7519): the keys of a resource have no dots. */
const isEntraToken = (key: string | undefined): key is string => /^eyJ[\w-]+\.[\w-]+\.[\w-]*$/.test(key ?? '');

/** No key beside it, which the SDK would take from the environment. */
const signedIn = (token: string) => ({ azureADTokenProvider: async () => token, apiKey: '' });
