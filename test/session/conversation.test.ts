import assert from 'node:assert/strict';
import fc from 'fast-check';
import { atOnce } from '../../src/base/steps.js';
import { countTokens } from '../../src/base/tokens.js';
import { beginTurn, continueTurn } from '../../src/context/session/turn.js';
import { openCatalogue } from '../../src/models/catalogue.js';
import type { Message, ModelRequest } from '../../src/models/request.js';
import { cacheRulesOf } from '../../src/money/cache/rules.js';
import { PROPOSAL_SCHEMA } from '../../src/proposals/schema.js';
import { nextQuestionOf } from '../../src/question.js';
import { type Conversation, shownIn } from '../../src/session/conversation.js';
import { forecastOf, rebilledBy } from '../../src/session/forecast.js';
import { type NextTurn, nextTurn, type Setting } from '../../src/session/next-turn.js';
import { pastTurn } from '../../src/session/past-turn.js';
import { shippedTable } from '../money/table.js';
import { snapshotOf } from '../workspaces.js';

const functions = (name: string, count: number): string =>
  Array.from({ length: count }, (_, i) => `export function ${name}${i}(value: number): number {\n  return value * ${i};\n}\n`).join('\n');

const prices = shippedTable();
const catalogue = openCatalogue();
const BUDGET = 2_000;
const LIMIT = 7_000;

const textsOf = (messages: readonly Message[]): string[] => messages.map((m) => `${m.role}\n${m.parts.map((p) => p.text).join('\0')}`);
const tokensOf = (messages: readonly Message[]): number =>
  messages.reduce((n, m) => n + countTokens(m.parts.map((p) => p.text).join('')), 0);

function settingOf(model: string, at: Date): Setting {
  const found = catalogue.find((m) => `${m.provider}/${m.id}` === model)!;
  const price = prices.find(found.provider, found.id, at);
  return { model: found, price, rules: cacheRulesOf(found.provider, price), at, budget: BUDGET, limit: LIMIT };
}

/** A conversation that is asked and answered here. */
class Dialogue {
  conversation: Conversation = { turns: [] };
  now = Date.parse('2026-11-21T09:00:00Z');
  request: ModelRequest | undefined;
  next: NextTurn | undefined;

  constructor(readonly files: Record<string, string>) {}

  async ask(task: string, { minutes = 1, model = 'anthropic/claude-opus-5-5', answer = 'So it is.', bySchema = false } = {}) {
    this.now += minutes * 60_000;
    const setting = settingOf(model, new Date(this.now));
    const { conversation } = this;
    const snapshot = await snapshotOf(this.files);
    const shown = shownIn(conversation);
    const next = await nextTurn(
      conversation,
      {
        begin: async (budget) => atOnce(beginTurn(snapshot, { task, budget })),
        add: async (budget, room) => atOnce(continueTurn(snapshot, { task, budget }, shown, room)),
      },
      setting,
    );
    assert.ok(next.kind === 'next');
    const asked = nextQuestionOf(conversation, next, { ...setting.model, maxOutput: 1_000 }, 'w');
    const request = bySchema ? { ...asked, answerSchema: { name: 'proposal', schema: PROPOSAL_SCHEMA } } : asked;
    const forecast = forecastOf(conversation, request, next.keep, setting);
    const rebilled = rebilledBy(conversation, next, forecast, setting, bySchema);
    const o200k = tokensOf(request.messages);
    const cacheRead = forecast.cache?.read ?? 0;
    const usage = { input: 5, cacheRead, cacheWriteOther: Math.max(0, Math.round(o200k * 1.4) - cacheRead), output: 9 };
    const sent = { request, at: setting.at, o200k, cache: forecast.cache, answer, usage };
    // As it comes back from the disk.
    const turn = JSON.parse(JSON.stringify(pastTurn(conversation, next, sent))) as ReturnType<typeof pastTurn>;
    this.conversation = { turns: [...conversation.turns, turn] };
    [this.request, this.next] = [request, next];
    return { request, next, forecast, rebilled, o200k, setting };
  }
}

const FILES = { 'src/upload.ts': functions('upload', 150), 'src/render.ts': functions('render', 150) };

describe('session/conversation', () => {
  it('asks for the end of every question to be kept, and of the context', async () => {
    const dialogue = new Dialogue({ ...FILES });
    await dialogue.ask('`upload3`');
    const { request } = await dialogue.ask('`render140`');
    assert.deepEqual(
      request.messages.map((m) => m.parts.map((p) => p.cache)),
      [['short', 'short'], [undefined], [undefined, 'short']],
    );
  });

  it('reads what was kept with the same schema, and says what another form of the answer bills again', async () => {
    const dialogue = new Dialogue({ ...FILES });
    await dialogue.ask('`upload3`', { bySchema: true });
    const kept = await dialogue.ask('`upload4`', { bySchema: true });
    assert.equal(kept.rebilled, undefined);
    assert.ok((kept.forecast.cache?.read ?? 0) > 1_000);
    const question = await dialogue.ask('`upload5`');
    assert.equal(question.forecast.cache?.read, 0);
    assert.deepEqual(question.rebilled?.cause, { kind: 'form', bySchema: false });
    // What was kept by the schema before that question is there still.
    assert.equal((await dialogue.ask('`upload6`', { bySchema: true })).rebilled, undefined);
  });

  it('says what is billed again, why and for how much', async () => {
    const dialogue = new Dialogue({ ...FILES });
    assert.equal((await dialogue.ask('`upload3`')).rebilled, undefined);
    assert.equal((await dialogue.ask('`upload4`')).rebilled, undefined);
    const expired = (await dialogue.ask('`upload5`', { minutes: 6 })).rebilled!;
    assert.deepEqual(expired.cause, { kind: 'expired', since: 6 * 60_000 });
    const other = (await dialogue.ask('`upload6`', { model: 'openai/gpt-6.1-sol' })).rebilled!;
    assert.deepEqual(other.cause, { kind: 'model', was: 'anthropic/claude-opus-5-5' });
    // Written at $2.5 instead of read at $0.1 per million.
    assert.ok(Math.abs(other.extra - other.tokens * 2.4) <= 2);
  });

  it('has the prefix kept for an hour once pauses have made it be written again', async () => {
    const dialogue = new Dialogue({ ...FILES });
    const kept: string[] = [];
    for (const minutes of [0, 1, 20, 20, 20]) kept.push((await dialogue.ask('`upload3`', { minutes })).next.keep);
    assert.deepEqual(kept, ['short', 'short', '1h', '1h', '1h']);
    assert.equal((await dialogue.ask('`upload3`', { minutes: 30 })).rebilled, undefined);
  });

  it('begins anew with the questions and answers so far when nothing more fits', async () => {
    const dialogue = new Dialogue({ ...FILES });
    let last = await dialogue.ask('question 0', { answer: 'It is blue. '.repeat(120) });
    for (let i = 1; last.next.why !== 'limit' && i < 30; i++) {
      dialogue.files['src/render.ts'] = functions(`render${i}x`, 150);
      last = await dialogue.ask(`question ${i} \`render${i}x${i}\``, { answer: 'It is blue. '.repeat(120) });
    }
    assert.equal(last.next.why, 'limit');
    const texts = textsOf(last.request.messages);
    assert.match(texts[0]!, /^user\nParts of a repository follow[\s\S]*\0==== Task\nquestion \d+/);
    assert.equal(texts.at(-1)!.startsWith('user\n==== Task\nquestion'), true);
    assert.equal(texts.filter((t) => /repository follow/.test(t)).length, 1);
    assert.ok(last.rebilled?.cause.kind === 'anew');
  });

  it('only ever appends until it begins anew, stays within its limit, and never expects more than the prompt from the cache', async () => {
    const step = fc.record({
      task: fc.constantFrom('`upload3`', '`upload140` and `render2`', 'retry', '`render80`'),
      minutes: fc.constantFrom(1, 4, 10, 100),
      model: fc.constantFrom('anthropic/claude-opus-5-5', 'anthropic/claude-opus-5-5', 'openai/gpt-5.5', 'mistral/mistral-large-2512'),
      answer: fc.constantFrom('Yes.', 'It is so. '.repeat(150)),
      edit: fc.option(fc.tuple(fc.constantFrom('src/upload.ts', 'src/render.ts'), fc.nat(140), fc.boolean()), { nil: undefined }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 8 }), async (steps) => {
        const dialogue = new Dialogue({ ...FILES });
        for (const { edit, ...options } of steps) {
          if (edit) {
            const [path, at, much] = edit;
            dialogue.files[path] = much ? functions(`made${at}x`, 120) : dialogue.files[path]!.replace(`value * ${at};`, `value + ${at};`);
          }
          const before = dialogue.request && textsOf(dialogue.request.messages);
          const { request, next, forecast, o200k } = await dialogue.ask(options.task, options);
          assert.ok(o200k <= LIMIT, `${o200k}`);
          assert.ok((forecast.cache?.read ?? 0) <= forecast.input.tokens);
          if (before && next.why === undefined) assert.deepEqual(textsOf(request.messages).slice(0, before.length), before);
          assert.deepEqual(shownIn(dialogue.conversation), next.turn.shown);
        }
      }),
      { numRuns: 15 },
    );
  }).timeout(120_000);
});
