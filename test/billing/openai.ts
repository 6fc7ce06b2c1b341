/**
 * A server that bills as OpenAI's prompt cache does. Since gpt-5.6 the end of the newest message
 * is written, for a fee, and found again at exactly such an end, for 30 minutes since its last
 * use; before, the tokens of any prompt are found again in steps of 128, without a fee, for five.
 */
import { createHash } from 'node:crypto';
import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { type Asked, json, type Reply, sse } from '../models/providers/protocol-server.js';
import { type Bill, PrefixCache } from './bill.js';

interface Body {
  readonly model: string;
  readonly instructions: string | null;
  /** A schema stands in front of all else. */
  readonly text?: { readonly format?: { readonly schema?: unknown } };
  readonly input: readonly { readonly role: string; readonly content: string }[];
  readonly prompt_cache_key?: string;
}

const MINIMUM = 1_024;
const STEP = 128;
/** What stands around a message, and at the end, where the answer begins. */
const AROUND = [1, 2, 3];
const END = [4, 5, 6];

const tokensOf = (text: string): number[] => encode(text, { disallowedSpecial: new Set() });

export class OpenAiBilling {
  readonly bills: Bill[] = [];
  readonly #cache = new PrefixCache();

  constructor(
    private readonly clock: () => number,
    private readonly answer: (n: number) => string,
  ) {}

  readonly reply = ({ path, body }: Asked): Reply => {
    const { model, instructions, text: form, input, prompt_cache_key = '' } = body as Body;
    const schema = form?.format?.schema === undefined ? [] : [JSON.stringify(form.format.schema)];
    const messages = [...schema, ...(instructions === null ? [] : [instructions]), ...input.map((m) => `${m.role}\n${m.content}`)];
    const tokens: number[] = [];
    const ends = messages.map((text) => tokens.push(...AROUND, ...tokensOf(text)));
    const total = tokens.push(...END);
    if (path.endsWith('/input_tokens')) return json({ object: 'response.input_tokens', input_tokens: total });
    const now = this.clock();
    const named = (end: number): string =>
      createHash('sha256')
        .update(`${model}\0${prompt_cache_key}\0${tokens.slice(0, end).join()}`)
        .digest('hex');
    const billsWrites = model !== 'gpt-5.5';
    const life = (billsWrites ? 30 : 5) * 60_000;
    const places = billsWrites ? ends : Array.from({ length: Math.floor(total / STEP) }, (_, i) => (i + 1) * STEP);
    const read = places.findLast((end) => end >= MINIMUM && this.#cache.has(named(end), now)) ?? 0;
    const newest = ends.at(-1)!;
    for (const end of billsWrites ? [read, newest] : places) if (end >= MINIMUM) this.#cache.keep(named(end), now, life);
    const written = billsWrites && newest >= MINIMUM ? newest - read : 0;
    const text = this.answer(this.bills.length);
    const output = tokensOf(text).length;
    this.bills.push({ at: now, model, read, written, writtenLong: 0, plain: total - read - written, output });
    const usage = {
      input_tokens: total,
      input_tokens_details: { cached_tokens: read, ...(billsWrites ? { cache_write_tokens: written } : {}) },
      output_tokens: output,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: total + output,
    };
    return {
      steps: sse(
        { type: 'response.created', sequence_number: 0, response: { id: 'r', status: 'in_progress' } },
        { type: 'response.output_text.delta', sequence_number: 1, delta: text },
        { type: 'response.completed', sequence_number: 2, response: { id: 'r', status: 'completed', service_tier: 'default', usage } },
      ),
    };
  };
}
