/** Anthropic, Responses and Chat Completions against aimock, a server of another hand: what we and our own server misunderstand alike would show here. */
import assert from 'node:assert/strict';
import { LLMock } from '@copilotkit/aimock';
import type { Provider } from '../../../src/models/provider.js';
import { openProvider } from '../../../src/models/providers/open-provider.js';
import { ENDPOINTS } from '../../../src/models/providers/presets.js';
import type { ClearedRequest } from '../../../src/policy/gate.js';
import { answerOf, cleared, KEY } from './speech.js';

const LONG = 'The second file. '.repeat(40);
/** One of each protocol, with the path that aimock serves it at. */
const PATHS = { anthropic: '', openai: '/v1', mistral: '/v1' } as const;

describe('models/providers against aimock', () => {
  let mock: LLMock;
  let request: ClearedRequest;
  before(async () => {
    mock = new LLMock({ port: 0, host: '127.0.0.1', logLevel: 'silent' });
    await mock.start();
    request = await cleared();
  });
  after(() => mock.stop());
  beforeEach(() => mock.reset());

  for (const [id, path] of Object.entries(PATHS)) {
    describe(id, () => {
      let provider: Provider;
      before(() => {
        const endpoint = ENDPOINTS.find((e) => e.id === id)!;
        provider = openProvider({ ...endpoint, baseUrl: mock.url + path }, KEY, 5_000);
      });

      it('streams a whole answer, chunk by chunk', async () => {
        mock.on({}, { content: LONG });
        const { text, end } = await answerOf(provider, request);
        assert.equal(text, LONG);
        assert.deepEqual(end.outcome, { kind: 'complete' });
      });

      it('takes deltas of a megabyte', async () => {
        const huge = LONG.repeat(4_000);
        mock.on({}, { content: huge }, { chunkSize: 1_000_000 });
        const { text, end } = await answerOf(provider, request);
        assert.equal(text, huge);
        assert.deepEqual(end.outcome, { kind: 'complete' });
      });

      it('knows a limit of rate from an overload', async () => {
        for (const [status, kind] of [
          [429, 'rate'],
          [529, 'overloaded'],
          [500, 'overloaded'],
        ] as const) {
          mock.reset();
          mock.nextRequestError(status, { message: 'not now', type: 'error' });
          const { end } = await answerOf(provider, request);
          assert.equal(end.outcome.kind === 'failed' && end.outcome.error.kind, kind);
        }
      });

      it('keeps what came of an answer that is cut off', async () => {
        mock.on({}, { content: LONG }, { truncateAfterChunks: 8 });
        const { text, end } = await answerOf(provider, request);
        assert.ok(text.length < LONG.length && LONG.startsWith(text));
        assert.match(end.outcome.kind, /^(?:cut|failed)$/);
        assert.equal(end.final, false);
      });
    });
  }
});
