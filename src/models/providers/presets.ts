/** Endpoints that Longview knows by name: where they are and what they do otherwise. A setting adds more. */
import type { Destination } from '../../policy/gate.js';
import type { ChatDeviations } from './openai-chat.js';

export type Protocol = 'anthropic' | 'openai-responses' | 'openai-chat' | CloudProtocol;

/** Anthropic's Messages API as the clouds that sell Claude have it. */
export type CloudProtocol = 'claude-bedrock' | 'claude-vertex' | 'claude-foundry';

export interface Endpoint {
  /** As the price table calls the provider: "openai", "x-ai". */
  readonly id: string;
  readonly name: string;
  readonly protocol: Protocol;
  /** Of a cloud: with "PLACE" where the region or the resource stands ({@link file://./cloud-address.ts}). */
  readonly baseUrl: string;
  /** Environment variable that the command line reads the key from; none for servers that need no key. */
  readonly keyVariable?: string | undefined;
  readonly deviations?: ChatDeviations | undefined;
  /** Anthropic's protocol with the key and version as they were before 2026-10-21. */
  readonly legacyHeaders?: boolean | undefined;
  /** Of Bedrock and Vertex; of Foundry the resource. Default: what the environment says. */
  readonly region?: string | undefined;
  /** Of Vertex. Default: what the environment says. */
  readonly project?: string | undefined;
  /** Takes a JSON schema for the answer, in the words of its protocol; which of its models do is the catalogue's to know. */
  readonly answerSchema?: boolean | undefined;
}

export const ENDPOINTS: readonly Endpoint[] = [
  {
    id: 'anthropic',
    name: 'Anthropic',
    protocol: 'anthropic',
    baseUrl: 'https://api.anthropic.com',
    keyVariable: 'ANTHROPIC_API_KEY',
    answerSchema: true,
  },
  {
    id: 'openai',
    name: 'OpenAI',
    protocol: 'openai-responses',
    baseUrl: 'https://api.openai.com/v1',
    keyVariable: 'OPENAI_API_KEY',
    answerSchema: true,
  },
  {
    id: 'bedrock',
    name: 'Claude on Bedrock',
    protocol: 'claude-bedrock',
    baseUrl: 'https://bedrock-runtime.PLACE.amazonaws.com',
    keyVariable: 'AWS_BEARER_TOKEN_BEDROCK',
  },
  // Two, because the price table has the global endpoint's prices alone, and where a request is read is another question of policy.
  { id: 'vertex', name: 'Claude on Vertex', protocol: 'claude-vertex', baseUrl: 'https://aiplatform.googleapis.com/v1', region: 'global' },
  {
    id: 'vertex-regional',
    name: 'Claude on Vertex (regional)',
    protocol: 'claude-vertex',
    baseUrl: 'https://PLACE-aiplatform.googleapis.com/v1',
  },
  {
    id: 'foundry',
    name: 'Claude on Foundry',
    protocol: 'claude-foundry',
    baseUrl: 'https://PLACE.services.ai.azure.com/anthropic/',
    keyVariable: 'ANTHROPIC_FOUNDRY_API_KEY',
  },
  withSchemas(chat('google', 'Gemini', 'https://generativelanguage.googleapis.com/v1beta/openai/', 'GEMINI_API_KEY')),
  chat('deepseek', 'DeepSeek', 'https://api.deepseek.com', 'DEEPSEEK_API_KEY'),
  withSchemas(chat('mistral', 'Mistral', 'https://api.mistral.ai/v1', 'MISTRAL_API_KEY', { usageOnRequest: false })),
  chat('x-ai', 'xAI', 'https://api.x.ai/v1', 'XAI_API_KEY'),
  withSchemas(chat('groq', 'Groq', 'https://api.groq.com/openai/v1', 'GROQ_API_KEY', { limitField: 'max_completion_tokens' })),
  chat('openrouter', 'OpenRouter', 'https://openrouter.ai/api/v1', 'OPENROUTER_API_KEY', { cacheControl: true }),
  chat('litellm', 'LiteLLM', 'http://127.0.0.1:4000/v1', 'LITELLM_API_KEY', { cacheControl: true }),
  chat('ollama', 'Ollama', 'http://127.0.0.1:11434/v1'),
  withSchemas(chat('lm-studio', 'LM Studio', 'http://127.0.0.1:1234/v1')),
  chat('llama.cpp', 'llama.cpp', 'http://127.0.0.1:8080/v1'),
  chat('vllm', 'vLLM', 'http://127.0.0.1:8000/v1'),
];

function chat(id: string, name: string, baseUrl: string, keyVariable?: string, deviations?: ChatDeviations): Endpoint {
  return { id, name, protocol: 'openai-chat', baseUrl, keyVariable, deviations };
}

/** Says so in its documentation, 2026-11: response_format of the type json_schema. */
function withSchemas(endpoint: Endpoint): Endpoint {
  return { ...endpoint, answerSchema: true };
}

/** Whether it cannot be asked without a key: on Bedrock, what AWS's own tools sign in with does as well. */
export function needsKey({ protocol, keyVariable }: Pick<Endpoint, 'protocol' | 'keyVariable'>): boolean {
  return keyVariable !== undefined && protocol !== 'claude-bedrock';
}

/**
 * Whether the model runs on this machine: what is sent there does not leave it. A server
 * that wants a key may stand here too, but hands on what it gets (LiteLLM, a proxy), and so
 * does one that stands in for a cloud.
 */
export function isLocal({ baseUrl, keyVariable, protocol }: Pick<Endpoint, 'baseUrl' | 'keyVariable'> & Partial<Endpoint>): boolean {
  return keyVariable === undefined && protocol?.startsWith('claude-') !== true && isLoopback(new URL(baseUrl).hostname);
}

/** For the gate. */
export function destinationOf(endpoint: Endpoint): Destination {
  return { provider: endpoint.name, local: isLocal(endpoint), origin: new URL(endpoint.baseUrl).origin };
}

/** Whether the `hostname` of a URL is this machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}
