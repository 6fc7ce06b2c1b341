/** Answers that no provider would send, cut anywhere: whatever comes, the stream says once how it ended, invents no text, and its usage adds up or is unknown. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { AnswerEvent } from '../../../src/models/provider.js';
import { openProvider } from '../../../src/models/providers/open-provider.js';
import { ENDPOINTS } from '../../../src/models/providers/presets.js';
import { splitUsage } from '../../../src/money/usage.js';
import { readUsage } from '../../../src/money/wire-usage.js';
import type { ClearedRequest } from '../../../src/policy/gate.js';
import { ProtocolServer } from './protocol-server.js';
import { cleared, KEY } from './speech.js';

const text = fc.string({ unit: 'binary', maxLength: 12 });

/** What may stand where a number of tokens should. */
const count: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: fc.nat(1_000_000) },
  fc.constantFrom(-1, 1.5, 1e300, Number.MAX_SAFE_INTEGER, '12', '', null, true, [], {}, [3]),
);

const fields = (...names: readonly string[]): fc.Arbitrary<object> =>
  fc.record(Object.fromEntries(names.map((n) => [n, count])), { requiredKeys: [] });

const details = fc.oneof(fields('cached_tokens', 'cache_write_tokens', 'reasoning_tokens'), count);

const openAiUsage = fc
  .tuple(
    fields('prompt_tokens', 'completion_tokens', 'total_tokens', 'input_tokens', 'output_tokens', 'prompt_cache_hit_tokens', 'cost'),
    fc.record({ prompt_tokens_details: details, completion_tokens_details: details }, { requiredKeys: [] }),
  )
  .map(([a, b]) => ({ ...a, ...b }));

const anthropicUsage = fc
  .tuple(
    fields('input_tokens', 'output_tokens', 'cache_creation_input_tokens', 'cache_read_input_tokens'),
    fc.record({ cache_creation: fc.oneof(fields('ephemeral_5m_input_tokens', 'ephemeral_1h_input_tokens'), count) }, { requiredKeys: [] }),
  )
  .map(([a, b]) => ({ ...a, ...b }));

/** Events of each protocol, with the text that they say. */
interface Said {
  readonly event: unknown;
  readonly text: string;
}

const silent = (event: fc.Arbitrary<unknown>): fc.Arbitrary<Said> => event.map((e) => ({ event: e, text: '' }));
const nonsense = silent(fc.oneof(fc.jsonValue(), fc.record({ type: fc.string() }), fc.constant({ type: 'ping' })));

const EVENTS: Readonly<Record<string, fc.Arbitrary<Said>>> = {
  anthropic: fc.oneof(
    {
      weight: 4,
      arbitrary: text.map((t) => ({ event: { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: t } }, text: t })),
    },
    silent(anthropicUsage.map((usage) => ({ type: 'message_start', message: { id: 'm', usage } }))),
    silent(anthropicUsage.map((usage) => ({ type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage }))),
    silent(fc.constantFrom({ type: 'message_stop' }, { type: 'error', error: { type: 'overloaded_error' } })),
    nonsense,
  ),
  openai: fc.oneof(
    { weight: 4, arbitrary: text.map((t) => ({ event: { type: 'response.output_text.delta', delta: t }, text: t })) },
    silent(
      fc
        .tuple(fc.constantFrom('completed', 'incomplete', 'failed'), openAiUsage)
        .map(([status, usage]) => ({ type: `response.${status}`, response: { status, usage } })),
    ),
    silent(fc.constant({ type: 'error', code: 'server_error', message: 'x' })),
    nonsense,
  ),
  deepseek: fc.oneof(
    { weight: 4, arbitrary: text.map((t) => ({ event: { choices: [{ index: 0, delta: { content: t } }] }, text: t })) },
    silent(openAiUsage.map((usage) => ({ choices: [], usage }))),
    silent(fc.constantFrom('stop', 'length', 'content_filter', '').map((r) => ({ choices: [{ delta: {}, finish_reason: r }] }))),
    nonsense,
  ),
};

/** Comments, other fields and empty lines that an event stream may have between its events. */
const between = fc.constantFrom('', ': a comment\n', 'id: 7\n', 'retry: 10\n', '\n', ':\n\n');

describe('models/providers: fuzz', () => {
  let server: ProtocolServer;
  let request: ClearedRequest;
  before(async () => {
    server = await ProtocolServer.start();
    request = await cleared();
  });
  after(() => server.stop());

  for (const [id, event] of Object.entries(EVENTS)) {
    it(`${id}: any events, in any order, cut anywhere`, async () => {
      const provider = openProvider({ ...ENDPOINTS.find((e) => e.id === id)!, baseUrl: server.url }, KEY, 5_000);
      const stream = fc.record({
        said: fc.array(fc.tuple(event, between), { maxLength: 12 }),
        cuts: fc.array(fc.nat(2_000), { maxLength: 20 }),
        crlf: fc.boolean(),
        bom: fc.boolean(),
        done: fc.boolean(),
        torn: fc.nat(30),
      });
      await fc.assert(
        fc.asyncProperty(stream, async ({ said, cuts, crlf, bom, done, torn }) => {
          const lines = said.map(([{ event: e }, gap]) => {
            const type =
              typeof e === 'object' && e !== null && 'type' in e && typeof e.type === 'string' ? e.type.replace(/[\r\n]/g, '') : '';
            return `${gap}${type === '' ? '' : `event: ${type}\n`}data: ${JSON.stringify(e)}\n\n`;
          });
          const whole = `${bom ? '\ufeff' : ''}${lines.join('')}${done ? 'data: [DONE]\n\n' : ''}`;
          const bytes = Buffer.from(crlf ? whole.replaceAll('\n', '\r\n') : whole);
          const kept = bytes.subarray(0, torn < 10 ? Math.max(0, bytes.length - torn) : bytes.length);
          const at = [0, ...cuts.map((c) => c % (kept.length + 1)).sort((a, b) => a - b), kept.length];
          server.answer({ steps: at.slice(1).map((end, i) => ({ kind: 'bytes', bytes: kept.subarray(at[i], end) })) });
          const events: AnswerEvent[] = [];
          for await (const e of provider.stream(request, new AbortController().signal)) events.push(e);
          const end = events.pop();
          assert.ok(end?.kind === 'ended' && events.every((e) => e.kind !== 'ended'), 'one end, and last');
          const came = events.map((e) => (e.kind === 'text' ? e.text : '')).join('');
          const meant = said.map(([s]) => s.text).join('');
          assert.ok(JSON.stringify(meant).startsWith(JSON.stringify(came).slice(0, -1)), 'no text but what was sent, in its order');
          const usage = readUsage(end.usage);
          if (usage.kind === 'unknown') return;
          const split = splitUsage(usage.usage);
          assert.equal(split.kind, 'split');
          const { input, cacheRead, cacheWrite5m, cacheWrite1h, cacheWrite12h, cacheWriteOther, output, reasoning } = split.buckets;
          assert.ok(Object.values(split.buckets).every((n) => Number.isSafeInteger(n) && n >= 0));
          assert.equal(input + cacheRead + cacheWrite5m + cacheWrite1h + cacheWrite12h + cacheWriteOther, usage.usage.inputTotal);
          assert.equal(output + reasoning, usage.usage.outputTotal);
        }),
        { numRuns: 150 },
      );
    }).timeout(60_000);
  }
});
