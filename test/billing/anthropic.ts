/**
 * A server that bills as Anthropic's prompt cache does: at most four breakpoints, found by the
 * prefix up to the end of a block within twenty blocks before one, kept for five minutes or an
 * hour since their last use, apart for each model, none below the model's minimum.
 */
import { createHash } from 'node:crypto';
import { type Asked, json, type Reply, sse } from '../models/providers/protocol-server.js';
import { type Bill, PrefixCache } from './bill.js';

interface Block {
  readonly text: string;
  readonly cache_control?: { readonly type: string; readonly ttl?: '5m' | '1h' };
}

interface Body {
  readonly model: string;
  /** A schema stands in front of all else. */
  readonly output_config?: { readonly format?: { readonly schema?: unknown } };
  readonly system?: readonly Block[];
  readonly messages: readonly { readonly role: string; readonly content: readonly Block[] }[];
}

const LOOKBACK = 20;
const MINIMUM: Readonly<Record<string, number>> = { 'claude-opus-5-5': 512, 'claude-haiku-4-5': 4_096 };
const LIVES = { '5m': 5 * 60_000, '1h': 60 * 60_000 };

/** A vocabulary of its own, finer than OpenAI's as Claude's is: parts of words, runs of blanks, single marks. */
export function claudeTokens(text: string): number {
  return text.match(/ ?[A-Za-z]{1,5}|\d{1,2}|\n[\t ]*|[\t ]+|[^\sA-Za-z\d]/g)?.length ?? 0;
}

export class AnthropicBilling {
  readonly bills: Bill[] = [];
  readonly #cache = new PrefixCache();

  /** @param clock milliseconds. @param answer the text that question `n` is answered with. */
  constructor(
    private readonly clock: () => number,
    private readonly answer: (n: number) => string,
  ) {}

  readonly reply = ({ path, body }: Asked): Reply => {
    const { model, output_config, system = [], messages } = body as Body;
    const schema = JSON.stringify(output_config?.format?.schema) ?? '';
    const blocks = [
      ...system.map((block) => ({ role: 'system', first: false, ...block })),
      ...messages.flatMap((m) => m.content.map((block, i) => ({ role: m.role, first: i === 0, ...block }))),
    ];
    let prefix = `${model}${schema}`;
    let tokens = 5 + claudeTokens(schema);
    // Every block by the prefix that it ends.
    const ends = blocks.map(({ role, first, text, cache_control }) => {
      prefix = createHash('sha256').update(`${prefix}\0${role}\0${first}\0${text}`).digest('hex');
      tokens += claudeTokens(text) + (first ? 3 : 0);
      return { prefix, tokens, ttl: cache_control && (cache_control.ttl ?? '5m') };
    });
    if (path.endsWith('/count_tokens')) return json({ input_tokens: tokens });
    const marked = ends.flatMap(({ ttl }, i) => (ttl ? [{ i, ttl }] : []));
    if (marked.length > 4) return refuse('A maximum of 4 blocks with cache_control may be provided.');
    if (marked.some(({ ttl }, n) => ttl === '1h' && n > 0 && marked[n - 1]!.ttl === '5m'))
      return refuse('a ttl="1h" cache_control block must not come after a ttl="5m" cache_control block.');
    const minimum = MINIMUM[model] ?? 1_024;
    const now = this.clock();
    let found = -1;
    for (const { i } of marked) {
      for (let at = i; at >= 0 && at > i - LOOKBACK; at--) {
        if (ends[at]!.tokens >= minimum && this.#cache.has(ends[at]!.prefix, now)) {
          found = Math.max(found, at);
          break;
        }
      }
    }
    if (found >= 0) this.#cache.keep(ends[found]!.prefix, now, LIVES['5m']);
    const read = found < 0 ? 0 : ends[found]!.tokens;
    const kept = { '5m': 0, '1h': 0 };
    let upTo = read;
    for (const { i, ttl } of marked) {
      const end = ends[i]!;
      if (end.tokens < minimum) continue;
      this.#cache.keep(end.prefix, now, LIVES[ttl]);
      kept[ttl] += Math.max(0, end.tokens - upTo);
      upTo = Math.max(upTo, end.tokens);
    }
    const text = this.answer(this.bills.length);
    const output = claudeTokens(text);
    this.bills.push({ at: now, model, read, written: kept['5m'], writtenLong: kept['1h'], plain: tokens - upTo, output });
    const usage = {
      input_tokens: tokens - upTo,
      cache_read_input_tokens: read,
      cache_creation_input_tokens: kept['5m'] + kept['1h'],
      cache_creation: { ephemeral_5m_input_tokens: kept['5m'], ephemeral_1h_input_tokens: kept['1h'] },
      output_tokens: 1,
    };
    return {
      steps: sse(
        { type: 'message_start', message: { id: 'm', type: 'message', role: 'assistant', content: [], model, usage } },
        { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
        { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } },
        { type: 'content_block_stop', index: 0 },
        { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: output } },
        { type: 'message_stop' },
      ),
    };
  };
}

const refuse = (message: string): Reply => json({ type: 'error', error: { type: 'invalid_request_error', message } }, 400);
