/** `longview ask --continue`: goes on from an answer that broke off, with the model that began it. */
import { type Followed, followUp, followUpForecast, GO_ON } from '../follow-up.js';
import { exactTokens } from '../models/token-counter.js';
import type { Before, Unfinished } from '../session/unfinished.js';
import { carryOut } from './ask-carry-out.js';
import type { AskValues } from './ask-options.js';
import type { Question } from './ask-question.js';
import { recallSecrets, SessionQuestion } from './ask-session.js';
import { type AskSetting, budgetsOf, openSetting } from './ask-setting.js';
import { openUnfinished } from './ask-unfinished.js';
import { type CommandContext, CommandError, parseCount } from './command.js';
import { openPrices } from './prices.js';
import { openOffers } from './routing.js';
import { openSnapshot } from './workspace.js';

/** @param id of the answer; the newest of the workspace by default. Returns an exit code. Throws a CommandError for what a user can put right. */
export async function continueAnswer(id: string | undefined, values: AskValues, context: CommandContext): Promise<number> {
  const at = new Date();
  const prices = openPrices(values.prices, context);
  const budgets = budgetsOf(values, context);
  const snapshot = await openSnapshot(values, context);
  // A turn of a session, or the rest of an answer in text: neither has a schema.
  const setting = await openSetting(values, { at, snapshot, prices, budgets, wish: 'text' }, context);
  const onward = await find(id, setting, context);
  const { action, title, session, budget, before } = onward;
  const [offer] = await openOffers({ ...values, fallback: [], also: [] }, [`${onward.provider}/${onward.model}`], prices, at, context);
  const maxOutput = parseCount('max-output', values['max-output']);
  const price = prices.find(onward.provider, onward.model, at);
  const turn = { asked: { task: GO_ON, budget }, workspace: setting.workspace, snapshot, price, maxOutput, at };
  const question =
    before.kind === 'turn'
      ? await SessionQuestion.saying({ ...turn, name: before.name, model: offer!.model }, before.turns, context.terminal.env)
      : goingOn({ ...onward, before }, maxOutput, setting, { price, model: offer!.model });
  return await carryOut(
    {
      plan: { offer: offer!, question, passed: [], fallbacks: [] },
      form: onward.form && { key: onward.form.key, basis: () => new Map(onward.form!.basis) },
      ...{ action, title, session, budget, onward, next: onward.form?.next },
    },
    setting,
    values,
    context,
  );
}

async function find(id: string | undefined, { workspace }: AskSetting, { terminal }: CommandContext): Promise<Unfinished> {
  const answers = await openUnfinished(terminal, workspace).list();
  const found = id === undefined ? answers[0] : answers.find((a) => a.id === id);
  if (found) return found;
  const others = answers.map((a) => `\n  ${a.id}  ${a.at.slice(0, 16).replace('T', ' ')}  ${a.title}`).join('');
  throw new CommandError(
    id === undefined || others === ''
      ? 'No answer of this workspace waits to be gone on with. Its folders are named by --repo.'
      : `No answer "${id}" waits to be gone on with. These do:${others}`,
  );
}

/** Behind a question of its own, which is repeated. */
function goingOn(
  { before, answer, at }: Pick<Unfinished, 'answer' | 'at'> & { readonly before: Extract<Before, { kind: 'alone' }> },
  maxOutput: number,
  { snapshot, at: now }: AskSetting,
  { model, price }: Pick<Followed, 'model' | 'price'>,
): Question {
  const request = { ...followUp(before.request, answer, GO_ON), maxOutput };
  const since = now.getTime() - Date.parse(at);
  return {
    request,
    files: request.files.map((path) => ({ path, level: 'full' })),
    forecast: (_, counted) =>
      counted === undefined
        ? followUpForecast({ usage: before.usage, model, price, since }, answer, GO_ON)
        : { input: exactTokens(counted) },
    recall: (redaction) =>
      recallSecrets(
        redaction,
        request.messages.flatMap((m) => m.parts.map((p) => p.text)),
        snapshot,
        request.files,
      ),
    asBefore: () => before,
  };
}
