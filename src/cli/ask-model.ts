/** One request to a model, from the terminal: what it needs of the workspace is packed, and who is asked is chosen. */
import type { Answers } from '../actions/action.js';
import type { PackRequest } from '../context/pack.js';
import type { Snapshot } from '../index/snapshot.js';
import { isLocal } from '../models/providers/presets.js';
import type { TaskKind } from '../models/router/tiers.js';
import { localDay, systemZone } from '../money/local-day.js';
import type { PriceTable } from '../money/price-table.js';
import { deniedClass } from '../policy/file-classes.js';
import { proposalKey } from '../proposals/markers.js';
import type { Offer } from '../routing.js';
import type { WorkspacePath } from '../workspace/entry.js';
import { carryOut } from './ask-carry-out.js';
import type { AskValues } from './ask-options.js';
import { planAsk } from './ask-plan.js';
import { askedOf, saying, singleQuestion, wantingChanges } from './ask-question.js';
import { lastModel, SessionQuestion } from './ask-session.js';
import { budgetsOf, openSetting, wishedForm } from './ask-setting.js';
import { type CommandContext, parseCount } from './command.js';
import { readLedger } from './ledger.js';
import { openPrices } from './prices.js';
import { basisOf } from './propose.js';
import { EXPECTED_ANSWER, namedModels, needOf, openOffers } from './routing.js';
import { openSnapshot } from './workspace.js';

/** What is to be asked. */
export interface Wanted {
  /** Its name in the ledger. */
  readonly action: string;
  /** What is asked for, in one line. */
  readonly title: string;
  readonly pack: PackRequest;
  readonly answers: Answers;
  /** What it asks of a model, unless the user says. */
  readonly demands: TaskKind;
  /** Goes behind the task. */
  readonly instructions?: string;
  /** Files of which text stands in the instructions. */
  readonly files?: readonly WorkspacePath[];
  /** What to do once its changes are applied. */
  readonly next?: string;
}

/** What is known when it is decided what to ask. */
export interface Circumstances {
  readonly snapshot: Snapshot;
  /** Files of which nothing may be shown. */
  readonly drops: readonly WorkspacePath[];
  /** Whether nothing may be shown of a file, in the workspace or not. */
  readonly withheld: (path: WorkspacePath) => boolean;
  /** o200k tokens of the prompt. */
  readonly budget: number;
  /** US dollars for a million tokens of input, where one model is meant and its price known. */
  readonly inputPrice: number | undefined;
}

/** Returns an exit code. Throws a CommandError for what a user can put right, `wanted`'s among them. */
export async function askModel(
  wanted: (at: Circumstances) => Wanted | Promise<Wanted>,
  values: AskValues,
  context: CommandContext,
): Promise<number> {
  const { terminal } = context;
  const wish = wishedForm(values['answer-form']);
  const prices = openPrices(values.prices, context);
  const at = new Date();
  const named = namedModels(values, terminal);
  const offers = await openOffers(values, named, prices, at, context);
  const budgets = budgetsOf(values, context);

  const snapshot = await openSnapshot(values, context);
  const setting = await openSetting(values, { at, snapshot, prices, budgets, wish }, context);
  const { policy, workspace, ledger } = setting;
  const considered = named.length === 0 ? offers : offers.slice(0, named.length);
  const local = considered.every(({ endpoint }) => isLocal(endpoint));
  const withheld = (path: WorkspacePath): boolean => !local && deniedClass(path) !== undefined && !policy.allowed.has(path);
  const budget = parseCount('budget', values.budget);
  const asking = await wanted({
    snapshot,
    drops: snapshot.entries.map((e) => e.path).filter(withheld),
    withheld,
    budget,
    inputPrice: named.length === 0 ? undefined : inputPriceOf(considered, prices, at),
  });
  const key = asking.answers === 'proposal' ? proposalKey() : undefined;
  const maxOutput = parseCount('max-output', values['max-output']);
  const inSession = values.session !== undefined;
  const session = inSession ? `${workspace}/${values.session}` : `cli-${process.pid}-${Date.now()}`;
  const alone = inSession ? undefined : singleQuestion(snapshot, asking.pack, { provider: '', id: '', maxOutput }, workspace);
  const plan = await planAsk({
    named,
    offers,
    need: {
      ...needOf({ ...values, kind: values.kind ?? asking.demands }, named, EXPECTED_ANSWER, at),
      ...(key !== undefined && wish === 'schema' ? { capabilities: ['structuredOutput'] } : {}),
      current: inSession ? await lastModel(values.session!, snapshot, terminal.env) : undefined,
    },
    circumstances: {
      prices,
      policy,
      budgets,
      account: { session, workspace, day: localDay(at, systemZone()) },
      tally: (key) => readLedger(setting.folder, () => ledger.tally(key)),
      health: await setting.health.read(),
      secret: setting.secret,
    },
    build: async (model) => {
      const price = prices.find(model.provider, model.id, at);
      const turn = { name: values.session!, snapshot, workspace, asked: asking.pack, model, price, maxOutput, at };
      const question = alone ? askedOf(alone, model) : await SessionQuestion.of(turn, terminal.env);
      const said = asking.instructions === undefined ? question : saying(question, asking.instructions, asking.files);
      return key === undefined ? said : wantingChanges(said, key);
    },
  });
  const { action, title, next, files = [] } = asking;
  const shown = (): readonly WorkspacePath[] =>
    plan.question.files.filter((f) => f.level !== 'path' && f.level !== 'nothing').map((f) => f.path);
  const form = key === undefined ? undefined : { key, basis: () => basisOf(snapshot, [...shown(), ...files]) };
  return await carryOut({ plan, action, title, next, session, budget, form }, setting, values, context);
}

function inputPriceOf([first]: readonly Offer[], prices: Pick<PriceTable, 'find'>, at: Date): number | undefined {
  const price = first && prices.find(first.model.provider, first.model.id, at);
  return price?.kind === 'known' ? price.rates.input : undefined;
}
