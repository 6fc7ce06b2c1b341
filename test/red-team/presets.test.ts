/** Every preset through the whole pipeline, however it ends: nothing of the key, of the prompt or of a secret is in what is kept or told. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCatalogue } from '../../src/models/catalogue.js';
import { HealthFile } from '../../src/models/health/health-file.js';
import { placeOf } from '../../src/models/health/place.js';
import { openProvider } from '../../src/models/providers/open-provider.js';
import { ENDPOINTS } from '../../src/models/providers/presets.js';
import { NO_BUDGETS } from '../../src/money/budgets.js';
import { Ledger } from '../../src/money/ledger/ledger.js';
import { AuditLog } from '../../src/policy/audit.js';
import { Redaction } from '../../src/policy/redaction.js';
import { prepareRequest, type SendEvent, sendRequest } from '../../src/request.js';
import { json, ProtocolServer, type Reply } from '../models/providers/protocol-server.js';
import { googleCredentials, KEY, SPEECH } from '../models/providers/speech.js';
import { NOW, shippedTable } from '../money/table.js';
import { Overheard } from '../overheard.js';

const SECRET = `gh${'p_'}aB3dE5fG7hJ9kL2mN4pQ6rS8tU1vW0xYzaB3`;
const WORDS = 'unmistakable words of the prompt';
const TOKEN = 'ya29.test-0123456789abcdef';

describe('red team: what every preset leaves behind', () => {
  let server: ProtocolServer;
  let google: Awaited<ReturnType<typeof googleCredentials>>;
  let folder: string;
  const overheard = new Overheard();
  before(async () => {
    server = await ProtocolServer.start();
    google = await googleCredentials(TOKEN);
  });
  after(async () => {
    await google.stop();
    await server.stop();
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'longview-presets-'));
  });

  // Behind each of them, so that none is left out.
  afterEach(() => {
    const files = overheard.assertNothingOf([KEY, TOKEN, SECRET, WORDS], folder);
    assert.ok(files.some((name) => name.startsWith('ledger')) && files.some((name) => name.startsWith('audit')), files.join());
    rmSync(folder, { recursive: true });
  });

  for (const endpoint of ENDPOINTS) {
    describe(endpoint.name, () => {
      const { begin, text, end, broken, headers = {} } = SPEECH[endpoint.protocol];

      async function send(reply: Reply, stopAtText = false): Promise<string> {
        server.answer(reply);
        server.asked.splice(0);
        const model = { ...openCatalogue()[0]!, provider: endpoint.id, id: 'model-1' };
        const request = {
          provider: endpoint.id,
          model: model.id,
          system: [{ text: `key ${SECRET}` }],
          messages: [{ role: 'user' as const, parts: [{ text: `${WORDS}: token = '${SECRET}'` }] }],
          files: [],
          maxOutput: 100,
          cacheKey: 'k',
        };
        const prepared = await prepareRequest(
          { request, model, destination: { provider: endpoint.id, local: false, origin: server.url }, expectedOutput: 10 },
          {
            policy: { localOnly: false, allowed: new Set() },
            redaction: new Redaction(new Uint8Array(32)),
            prices: shippedTable(),
            at: NOW,
          },
        );
        assert.ok(prepared.kind === 'prepared');
        const located = { ...endpoint, baseUrl: server.url, region: endpoint.region ?? 'us-east-1', project: 'project-1' };
        const abort = new AbortController();
        const sending = sendRequest(
          prepared,
          {
            provider: openProvider(located, endpoint.keyVariable ? KEY : undefined, 2_000),
            ledger: new Ledger(join(folder, 'ledger'), { zone: 'UTC', durable: false }),
            audit: new AuditLog(join(folder, 'audit')),
            budgets: NO_BUDGETS,
            allowUnpriced: true,
            names: { session: 's', workspace: 'w', workspaceName: 'work', action: 'ask' },
            place: placeOf(located, model.id, KEY, new Uint8Array(32)),
            health: new HealthFile(join(folder, 'health.json')),
            pacing: { now: Date.now, random: () => 0, wait: async () => undefined },
            fallbacks: [],
          },
          abort.signal,
        );
        let last: SendEvent | undefined;
        for await (const event of sending) {
          last = overheard.hear(event);
          if (stopAtText && event.kind === 'text') abort.abort();
        }
        assert.ok(server.asked.length > 0 && !JSON.stringify(server.asked.map((a) => a.body)).includes(SECRET));
        return last?.kind === 'receipt' ? last.ended.outcome.kind : (last?.kind ?? 'nothing');
      }

      it('when it answers', async () => {
        assert.equal(await send({ headers, steps: [...begin, ...text, ...end] }), 'complete');
      });

      it('when it is cancelled', async () => {
        assert.equal(await send({ headers, steps: [...begin, ...text, { kind: 'wait', ms: 300 }, ...end] }, true), 'cancelled');
      });

      it('when it breaks off', async () => {
        assert.equal(await send({ headers, steps: [...begin, ...text, ...broken] }), 'cut');
      });

      it('when it fails with an error that repeats what it was sent', async () => {
        server.asked.splice(0);
        const message = `bad key ${KEY} (${TOKEN})`;
        assert.equal(await send(json({ type: 'error', error: { type: 'x', code: 'x', message } }, 401)), 'failed');
      });
    });
  }
});
