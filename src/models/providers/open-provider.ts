/** Opens an endpoint by its protocol; the SDK is loaded with the first one that needs it. */
import type { Provider } from '../provider.js';
import type { Endpoint } from './presets.js';

/** Milliseconds without a byte after which an endpoint is given up. A long prompt may be read for minutes before the first. */
const TIMEOUT_MS = 10 * 60_000;

/** Throws for an endpoint that needs a key when there is none. */
export async function openProvider(endpoint: Endpoint, key: string | undefined, timeoutMs = TIMEOUT_MS): Promise<Provider> {
  const { name, baseUrl, protocol, deviations, legacyHeaders, keyVariable } = endpoint;
  if (key === undefined && (keyVariable !== undefined || protocol !== 'openai-chat'))
    throw new Error(`${name} needs a key. Set one first.`);
  switch (protocol) {
    case 'anthropic': {
      const { AnthropicProvider } = await import('./anthropic.js');
      return new AnthropicProvider({ key: key!, baseUrl, legacyHeaders, timeoutMs });
    }
    case 'openai-responses': {
      const { ResponsesProvider } = await import('./openai-responses.js');
      return new ResponsesProvider({ key: key!, baseUrl, timeoutMs });
    }
    case 'openai-chat': {
      const { ChatProvider } = await import('./openai-chat.js');
      return new ChatProvider({ name, baseUrl, key, timeoutMs, deviations });
    }
  }
}
