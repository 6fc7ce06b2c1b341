/** Opens an endpoint by its protocol. A bundle of its own, with the SDKs, that is loaded with the first request. */
import type { Provider } from '../provider.js';
import { AnthropicProvider } from './anthropic.js';
import { ClaudeCloudProvider } from './claude-clouds.js';
import { locate } from './cloud-address.js';
import { ChatProvider } from './openai-chat.js';
import { ResponsesProvider } from './openai-responses.js';
import { type Endpoint, needsKey } from './presets.js';

/** Milliseconds without a byte after which an endpoint is given up. A long prompt may be read for minutes before the first. */
const TIMEOUT_MS = 10 * 60_000;

/**
 * Throws for an endpoint that needs a key when there is none, and for one of a cloud whose
 * region neither it nor the environment tells: {@link locate} says so before.
 */
export function openProvider(endpoint: Endpoint, key: string | undefined, timeoutMs = TIMEOUT_MS): Provider {
  const located = locate(endpoint, process.env);
  if (located.kind === 'incomplete') throw new Error(located.problem);
  const { name, baseUrl, protocol, deviations, legacyHeaders } = located.endpoint;
  if (key === undefined && needsKey(endpoint)) throw new Error(`${name} needs a key. Set one first.`);
  switch (protocol) {
    case 'anthropic':
      return new AnthropicProvider({ name, key, baseUrl, legacyHeaders, timeoutMs });
    case 'openai-responses':
      return new ResponsesProvider({ name, key, baseUrl, timeoutMs });
    case 'openai-chat':
      return new ChatProvider({ name, baseUrl, key, timeoutMs, deviations });
    case 'claude-bedrock':
    case 'claude-vertex':
    case 'claude-foundry':
      return new ClaudeCloudProvider(located.endpoint, key, timeoutMs);
  }
}
