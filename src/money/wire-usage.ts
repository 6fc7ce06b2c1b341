/** Reads the usage that a provider reports into the one shape of {@link Usage}. */
import type { WireUsage } from '../models/provider.js';
import { microUsd } from './micro-usd.js';
import type { Unknown } from './price.js';
import { NO_USAGE, splitUsage, type Usage } from './usage.js';

export type ReadUsage = { readonly kind: 'read'; readonly usage: Usage } | Unknown;

/** What a request used, from what its provider reported, if it did. */
export function readUsage(wire: WireUsage | undefined): ReadUsage {
  if (!wire) return { kind: 'unknown', reason: NOT_REPORTED };
  return wire.protocol === 'anthropic' ? readAnthropicUsage(wire.fields) : readOpenAiUsage(wire.fields, wire.serviceTier);
}

const NOT_REPORTED = 'the provider reported no usage';

/**
 * `usage` of an Anthropic message. Its `input_tokens` are those outside the cache, so the
 * prompt is the sum of three fields; cache writes that state no time are of 5 minutes.
 */
export function readAnthropicUsage(usage: unknown): ReadUsage {
  return read(usage, (u) => {
    const cacheRead = u.count('cache_read_input_tokens');
    const written = u.count('cache_creation_input_tokens');
    const cacheWrite1h = u.count('cache_creation.ephemeral_1h_input_tokens');
    return {
      ...NO_USAGE,
      inputTotal: u.count('input_tokens') + cacheRead + written,
      cacheRead,
      cacheWrite5m: Math.max(0, written - cacheWrite1h),
      cacheWrite1h,
      outputTotal: u.count('output_tokens'),
      reasoning: u.count('output_tokens_details.thinking_tokens'),
      webSearches: u.count('server_tool_use.web_search_requests'),
      ...mode(u.word('speed', 'standard') ?? u.word('service_tier', 'standard') ?? (u.word('inference_geo') === 'us' ? 'us' : undefined)),
    };
  });
}

/**
 * `usage` of OpenAI's Chat Completions and Responses, and of those who speak the same
 * protocol with words of their own: DeepSeek, xAI, Gemini, Mistral, Groq, OpenRouter.
 * `serviceTier` is the `service_tier` of the answer, the tier that was billed.
 */
export function readOpenAiUsage(usage: unknown, serviceTier?: string): ReadUsage {
  return read(usage, (u) => {
    const prompt = u.count('prompt_tokens', 'input_tokens');
    const answer = u.count('completion_tokens', 'output_tokens');
    const cacheRead = u.count(
      'prompt_tokens_details.cached_tokens',
      'input_tokens_details.cached_tokens',
      'prompt_token_details.cached_tokens',
      'prompt_cache_hit_tokens',
      'num_cached_tokens',
    );
    const written = u.count('prompt_tokens_details.cache_write_tokens', 'input_tokens_details.cache_write_tokens');
    const cacheWrite12h = u.count(
      'prompt_tokens_details.cache_write_tokens_details.ttl_12h_tokens',
      'input_tokens_details.cache_write_tokens_details.ttl_12h_tokens',
    );
    const reasoning = u.count('completion_tokens_details.reasoning_tokens', 'output_tokens_details.reasoning_tokens');
    // Gemini and xAI leave reasoning out of the answer's tokens; the total has it.
    const fromTotal = u.count('total_tokens') - prompt;
    const ticks = u.count('cost_in_usd_ticks');
    const cost = ticks > 0 ? ticks / 1e10 : u.amount('cost');
    return {
      ...NO_USAGE,
      // xAI may count cached tokens beside the prompt's.
      inputTotal: cacheRead > prompt ? prompt + cacheRead : prompt,
      cacheRead,
      cacheWrite12h,
      cacheWriteOther: Math.max(0, written - cacheWrite12h),
      outputTotal: Math.max(answer, fromTotal, reasoning > answer ? answer + reasoning : 0),
      reasoning,
      // With a key of the user's own, OpenRouter's cost is its fee alone.
      ...(cost !== undefined && u.flag('is_byok') !== true ? { reported: microUsd(Math.round(cost * 1e6)) } : {}),
      ...mode(serviceTier === 'default' || serviceTier === 'auto' ? undefined : serviceTier),
    };
  });
}

const mode = (name: string | undefined): Pick<Usage, 'mode'> => (name === undefined ? {} : { mode: name });

function read(wire: unknown, convert: (fields: Fields) => Usage): ReadUsage {
  if (typeof wire !== 'object' || wire === null) return { kind: 'unknown', reason: NOT_REPORTED };
  const fields = new Fields(wire);
  const usage = convert(fields);
  if (fields.problem !== undefined) {
    return { kind: 'unknown', reason: `the provider reported usage that cannot be read: ${fields.problem}` };
  }
  const split = splitUsage(usage);
  return split.kind === 'invalid'
    ? { kind: 'unknown', reason: `the provider reported usage that contradicts itself: ${split.reason}` }
    : { kind: 'read', usage };
}

/** Fields of the wire object by dotted paths; of several names the first that is there. Remembers the first wrong one. */
class Fields {
  problem: string | undefined;

  constructor(private readonly wire: object) {}

  /** 0 if it is not there. */
  count(...paths: readonly string[]): number {
    const found = this.#first(paths);
    if (found === undefined) return 0;
    if (typeof found.value === 'number' && Number.isSafeInteger(found.value) && found.value >= 0) return found.value;
    this.problem ??= `${found.path} is ${JSON.stringify(found.value)}`;
    return 0;
  }

  /** USD. */
  amount(path: string): number | undefined {
    const value = this.#first([path])?.value;
    if (value === undefined || (typeof value === 'number' && value >= 0 && value < 1e9)) return value;
    this.problem ??= `${path} is ${JSON.stringify(value)}`;
    return undefined;
  }

  /** A word other than the usual one. */
  word(path: string, usual?: string): string | undefined {
    const value = this.#first([path])?.value;
    return typeof value === 'string' && value !== usual ? value : undefined;
  }

  flag(path: string): unknown {
    return this.#first([path])?.value;
  }

  #first(paths: readonly string[]): { readonly path: string; readonly value: unknown } | undefined {
    for (const path of paths) {
      let value: unknown = this.wire;
      for (const name of path.split('.'))
        value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
      if (value !== undefined && value !== null) return { path, value };
    }
    return undefined;
  }
}
