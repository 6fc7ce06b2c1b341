/**
 * Replays a recorded session against a server that bills, twice: as a session, and with a
 * context of its own for every question. What the session foresaw is held against its bills.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SessionQuestion } from '../../src/cli/ask-session.js';
import type { LineRange } from '../../src/context/pack.js';
import { packContext } from '../../src/context/pack-context.js';
import type { Snapshot } from '../../src/index/snapshot.js';
import { openCatalogue } from '../../src/models/catalogue.js';
import type { Provider } from '../../src/models/provider.js';
import { openProvider } from '../../src/models/providers/open-provider.js';
import { destinationOf, ENDPOINTS } from '../../src/models/providers/presets.js';
import { costOf } from '../../src/money/cost.js';
import { Ledger } from '../../src/money/ledger/ledger.js';
import type { PriceTable } from '../../src/money/price-table.js';
import { NO_USAGE } from '../../src/money/usage.js';
import { AuditLog } from '../../src/policy/audit.js';
import { Redaction } from '../../src/policy/redaction.js';
import { proposing } from '../../src/proposing.js';
import { questionOf } from '../../src/question.js';
import { type Asking, type Prepared, prepareRequest, sendRequest } from '../../src/request.js';
import type { Rebilled } from '../../src/session/forecast.js';
import { AnthropicBilling } from '../billing/anthropic.js';
import { type Bill, costOfBill, promptCost } from '../billing/bill.js';
import { OpenAiBilling } from '../billing/openai.js';
import { ProtocolServer } from '../models/providers/protocol-server.js';

/** A question, with the state of the workspace in which it was asked. */
export interface RecordedTurn {
  readonly task: string;
  readonly answer: string;
  /** Minutes since the question before. */
  readonly minutes: number;
  snapshot(): Promise<Snapshot>;
  /** Its answer is held to the schema of proposals. */
  readonly bySchema?: boolean;
  /** Lines that the task turned out to be about. */
  readonly about?: ReadonlyMap<string, readonly LineRange[]>;
}

export interface ReplayedTurn {
  readonly task: string;
  /** Tokens and micro-dollars of the prompt. */
  readonly foreseen: { readonly tokens: number; readonly read: number; readonly cost: number };
  readonly bill: Bill;
  readonly cost: number;
  /** Of prompt and answer. */
  readonly total: number;
  /** Of prompt and answer with a context of its own: as it is sent without a session, and as if nothing of it had been written to a cache. */
  readonly fresh: { readonly total: number; readonly unwritten: number };
  readonly rebilled: Rebilled | undefined;
  /** o200k tokens of the prompt. */
  readonly o200k: number;
  /** Share of the lines it was about that the model saw: in the session, and with a context of its own. */
  readonly seen?: { readonly session: number; readonly fresh: number };
  readonly messages: readonly string[];
}

export interface ReplayOptions {
  readonly model: string;
  readonly prices: PriceTable;
  readonly budget: number;
  /** Let the provider count each prompt before it is quoted. */
  readonly count: boolean;
  readonly turns: readonly RecordedTurn[];
}

const BEGAN = Date.parse('2026-11-21T09:00:00Z');
const MAX_OUTPUT = 8_000;

export async function replay({ model: named, prices, budget, count, turns }: ReplayOptions): Promise<ReplayedTurn[]> {
  const model = openCatalogue().find((m) => `${m.provider}/${m.id}` === named)!;
  const data = mkdtempSync(join(tmpdir(), 'longview-replay-'));
  let now = BEGAN;
  const Billing = model.provider === 'anthropic' ? AnthropicBilling : OpenAiBilling;
  const bills = [0, 1].map(
    () =>
      new Billing(
        () => now,
        (n) => turns[n]!.answer,
      ),
  );
  const servers = await Promise.all(bills.map(() => ProtocolServer.start()));
  for (const [i, server] of servers.entries()) server.answer(bills[i]!.reply);
  const endpoint = ENDPOINTS.find((e) => e.id === model.provider)!;
  const [inSession, alone] = servers.map((s) => openProvider({ ...endpoint, baseUrl: s.url }, 'key'));
  const ledger = new Ledger(join(data, 'ledger'), { zone: 'UTC', durable: false });
  const audit = new AuditLog(join(data, 'audit'));
  const redaction = new Redaction(new Uint8Array(32));
  const send = async (asking: Asking, provider: Provider): Promise<{ prepared: Prepared; answer: string; end: EndOf }> => {
    const safeguards = { policy: { localOnly: false, allowed: new Set<string>() }, redaction, prices, at: new Date(now) };
    const prepared = await prepareRequest(asking, safeguards);
    if (prepared.kind === 'denied') throw new Error(prepared.reasons.join());
    const names = { session: 'replay', workspace: 'replay', action: 'ask' };
    let answer = '';
    for await (const event of sendRequest(
      prepared,
      { provider, ledger, audit, budgets: { providers: {} }, allowUnpriced: false, names },
      new AbortController().signal,
    )) {
      if (event.kind === 'text') answer += event.text;
      if (event.kind === 'receipt') return { prepared, answer, end: event };
    }
    throw new Error('not sent');
  };
  const replayed: ReplayedTurn[] = [];
  try {
    for (const { task, minutes, snapshot: read, about, bySchema } of turns) {
      now += minutes * 60_000;
      const snapshot = await read();
      const asked = { task, budget };
      const at = new Date(now);
      const price = prices.find(model.provider, model.id, at);
      const destination = destinationOf(endpoint);
      const options = { name: 'replay', snapshot, workspace: 'replay', asked, model, price, maxOutput: MAX_OUTPUT, at };
      const question = await SessionQuestion.of(options, { XDG_DATA_HOME: data });
      const session = await send(
        {
          request: bySchema ? proposing(question.request, 'abcdef', 'schema') : question.request,
          model,
          destination,
          expectedOutput: question.expectedOutput ?? 500,
          forecast: async (cleared) =>
            question.forecast(cleared, count ? await inSession!.countTokens!(cleared, new AbortController().signal) : undefined),
        },
        inSession!,
      );
      const rebilled = question.rebilled(session.prepared);
      await question.keep(session.prepared, session.answer, session.end.receipt);
      const packed = packContext(snapshot, asked);
      if (packed.kind === 'refused') throw new Error(packed.message);
      await send(
        { request: questionOf(packed.pack, task, { ...model, maxOutput: MAX_OUTPUT }, 'replay'), model, destination, expectedOutput: 500 },
        alone!,
      );
      const [bill, fresh] = bills.map((b) => b.bills.at(-1)!) as [Bill, Bill];
      const { input, cache } = session.prepared;
      const { read: cacheRead = 0, plain = 0, writes = false, keep = 'short' } = cache ?? {};
      const written = writes ? { [keep === '1h' ? 'cacheWrite1h' : 'cacheWriteOther']: input.tokens - cacheRead - plain } : {};
      const cost = costOf({ ...NO_USAGE, inputTotal: input.tokens, cacheRead, ...written }, price);
      const seen = about && {
        session: shareOf(about, question.shownLines),
        fresh: shareOf(about, new Map(packed.pack.files.map((f) => [f.path, f.ranges]))),
      };
      replayed.push({
        task,
        foreseen: { tokens: input.tokens, read: cacheRead, cost: cost.kind === 'known' ? cost.microUsd : Number.NaN },
        bill,
        cost: promptCost(bill),
        total: costOfBill(bill),
        fresh: {
          total: costOfBill(fresh),
          unwritten: costOfBill({ ...fresh, written: 0, writtenLong: 0, plain: fresh.plain + fresh.written + fresh.writtenLong }),
        },
        rebilled,
        o200k: session.prepared.o200k,
        ...(seen ? { seen } : {}),
        messages: [session.prepared.cleared.system, ...session.prepared.cleared.messages.map((m) => m.parts)].map((parts) =>
          parts.map((p) => p.text).join('\0'),
        ),
      });
    }
    return replayed;
  } finally {
    await Promise.all(servers.map((s) => s.stop()));
    rmSync(data, { recursive: true });
  }
}

type EndOf = Extract<Awaited<ReturnType<ReturnType<typeof sendRequest>['next']>>['value'], { readonly kind: 'receipt' }>;

/** Share of the lines that are among those shown. */
function shareOf(about: ReadonlyMap<string, readonly LineRange[]>, shown: ReadonlyMap<string, readonly LineRange[]>): number {
  let [all, seen] = [0, 0];
  for (const [path, ranges] of about) {
    for (const { start, end } of ranges) {
      for (let line = start; line <= end; line++) {
        all++;
        if (shown.get(path)?.some((r) => r.start <= line && line <= r.end)) seen++;
      }
    }
  }
  return all === 0 ? Number.NaN : seen / all;
}
