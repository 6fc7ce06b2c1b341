/** One request to a model, from the terminal: packed, quoted, agreed to, sent, printed; what it proposes is shown and written. */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Answers } from '../actions/action.js';
import { dataFolder } from '../base/user-folders.js';
import type { PackRequest } from '../context/pack.js';
import { followUp, followUpForecast } from '../follow-up.js';
import type { Snapshot } from '../index/snapshot.js';
import { type Ended, type Provider, ProviderError } from '../models/provider.js';
import { destinationOf, isLocal } from '../models/providers/presets.js';
import type { TaskKind } from '../models/router/tiers.js';
import { AcceptanceLog, acceptanceFolder } from '../money/acceptance/log.js';
import type { Forecast } from '../money/cache/forecast.js';
import { Ledger } from '../money/ledger/ledger.js';
import { localDay, systemZone } from '../money/local-day.js';
import { microUsd } from '../money/micro-usd.js';
import { openPriceTable } from '../money/open-price-table.js';
import type { PriceTable } from '../money/price-table.js';
import { deniedClass } from '../policy/file-classes.js';
import type { ClearedRequest } from '../policy/gate.js';
import { machineKey } from '../policy/machine-key.js';
import { Redaction } from '../policy/redaction.js';
import { proposalKey } from '../proposals/markers.js';
import { FORM_WISHES, type FormWish, formFor } from '../proposing.js';
import { workspaceId } from '../question.js';
import { type Denied, type Prepared, prepareRequest } from '../request.js';
import { nameOf, type Offer, placeOfOffer } from '../routing.js';
import type { WorkspacePath } from '../workspace/entry.js';
import type { AskValues } from './ask-options.js';
import { describeAffordable, describeFallbacks, planAsk } from './ask-plan.js';
import { askedOf, saying, singleQuestion, wantingChanges } from './ask-question.js';
import { Sender } from './ask-send.js';
import { lastModel, SessionQuestion } from './ask-session.js';
import { asJson, describeQuote, describeReceipt, describeRefusal } from './ask-text.js';
import { openAudit } from './audit.js';
import { checkRules } from './check-rules.js';
import { type CommandContext, CommandError, EXIT, parseCount } from './command.js';
import { Consent } from './consent.js';
import { userBudgets } from './cost.js';
import { keyOf } from './endpoints.js';
import { FilesOnDisk } from './files-on-disk.js';
import { ledgerOption, readLedger } from './ledger.js';
import { userPrices } from './models.js';
import { basisOf, offerProposal, openJournal } from './propose.js';
import { EXPECTED_ANSWER, namedModels, needOf, openHealth, openOffers } from './routing.js';
import { ASSETS, findFile, openSnapshot } from './workspace.js';

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
  const { terminal, signal } = context;
  const wish = wishedForm(values['answer-form'], values.session !== undefined);
  const prices = openPriceTable(readFileSync(join(ASSETS, 'prices.json'), 'utf8'), userPrices(values.prices, context));
  const at = new Date();
  const named = namedModels(values, terminal);
  const offers = await openOffers(values, named, prices, at, context);
  const stated = values.budgets === undefined ? { providers: {} } : userBudgets(values.budgets, context);
  const cap = values['max-cost'] === undefined ? {} : { request: parseUsd(values['max-cost']) };
  const budgets = { ...stated, ...cap };

  const snapshot = await openSnapshot(values, context);
  const allowed = new Set(values['allow-file'].map((f) => findFile(snapshot, f, context)));
  const considered = named.length === 0 ? offers : offers.slice(0, named.length);
  const local = considered.every(({ endpoint }) => isLocal(endpoint));
  const withheld = (path: WorkspacePath): boolean => !local && deniedClass(path) !== undefined && !allowed.has(path);
  const drops = snapshot.entries.map((e) => e.path).filter(withheld);
  const asking = await wanted({
    snapshot,
    drops,
    withheld,
    budget: parseCount('budget', values.budget),
    inputPrice: named.length === 0 ? undefined : inputPriceOf(considered, prices, at),
  });
  const key = asking.answers === 'proposal' ? proposalKey() : undefined;
  const maxOutput = parseCount('max-output', values['max-output']);
  const workspace = workspaceId(snapshot.roots.map((r) => r.folder));
  const policy = { localOnly: values['local-only'], allowed };
  const folder = ledgerOption(values.ledger, terminal);
  const ledger = new Ledger(folder, { zone: systemZone() });
  const health = openHealth(terminal);
  const secret = await machineKey(dataFolder(terminal.env));
  const session = values.session === undefined ? `cli-${process.pid}-${Date.now()}` : `${workspace}/${values.session}`;
  const alone =
    values.session === undefined ? singleQuestion(snapshot, asking.pack, { provider: '', id: '', maxOutput }, workspace) : undefined;
  const plan = await planAsk({
    named,
    offers,
    need: {
      ...needOf({ ...values, kind: values.kind ?? asking.demands }, named, EXPECTED_ANSWER, at),
      ...(key !== undefined && wish === 'schema' ? { capabilities: ['structuredOutput'] } : {}),
      current: values.session === undefined ? undefined : await lastModel(values.session, snapshot, terminal.env),
    },
    circumstances: {
      prices,
      policy,
      budgets,
      account: { session, workspace, day: localDay(at, systemZone()) },
      tally: (key) => readLedger(folder, () => ledger.tally(key)),
      health: await health.read(),
      secret,
    },
    build: async (model) => {
      const question = alone
        ? askedOf(alone, model)
        : await SessionQuestion.of(
            {
              name: values.session!,
              snapshot,
              workspace,
              asked: asking.pack,
              model,
              price: prices.find(model.provider, model.id, at),
              maxOutput,
              at,
            },
            terminal.env,
          );
      const said = asking.instructions === undefined ? question : saying(question, asking.instructions, asking.files);
      return key === undefined ? said : wantingChanges(said, key);
    },
  });
  const { question, offer } = plan;

  const redaction = new Redaction(secret);
  await question.recall?.(redaction);
  const { openProvider } = await import('../models/providers/open-provider.js');
  let opened: Provider | undefined;
  // Not before it is asked: a dry run needs no key.
  const provider = (): Provider => {
    opened ??= openProvider(offer.endpoint, keyOf(offer.endpoint, terminal.env));
    return opened;
  };
  const prepare = (
    to: Offer,
    forecast?: (cleared: ClearedRequest) => Promise<Forecast | undefined>,
    form = formFor(wish, to.model, to.endpoint, values.session !== undefined),
  ): Promise<Prepared | Denied> =>
    prepareRequest(
      {
        request: { ...(question.requestIn?.(form) ?? question.request), provider: to.model.provider, model: to.model.id },
        model: to.model,
        destination: destinationOf(to.endpoint),
        expectedOutput: question.expectedOutput ?? EXPECTED_ANSWER,
        ...(forecast ? { forecast } : {}),
        ...(form === 'schema' ? { withoutSchema: () => prepare(to, undefined, 'text') } : {}),
      },
      { policy, redaction, prices, at },
    );
  const prepared = await prepare(offer, async (cleared) =>
    question.forecast(cleared, values.count ? await countBy(provider(), cleared, signal) : undefined),
  );
  if (prepared.kind === 'denied') throw new CommandError(prepared.reasons.join('\n'));
  // A model that there is not is better known before anything is sent.
  const checking =
    values['check-rules'] === undefined ? undefined : await checkingOffer(values['check-rules'], offer, values, prices, at, context);
  const checker = checking && {
    offer: checking,
    ...{ snapshot, workspace, secret, wish, yes: values.yes },
    safeguards: { policy, redaction, prices, at },
  };
  const files = question.files.filter((f) => f.level !== 'path' && f.level !== 'nothing').map((f) => f.path);
  if (!values.quiet && (!values.json || values['dry-run']))
    terminal.note(`${describeQuote(prepared, files, question.rebilled?.(prepared))}${describeFallbacks(plan)}`);
  if (values['dry-run']) return EXIT.done;
  // Of the files as they were packed: while the model thinks, the user may go on.
  const basis = key === undefined ? undefined : basisOf(snapshot, [...files, ...(asking.files ?? [])]);
  if (!values.yes && !(await confirmed(context))) return EXIT.interrupted;

  const root = snapshot.roots[0]?.folder ?? '';
  const sender = new Sender(
    {
      ledger,
      audit: await openAudit(values['audit-paths'], terminal.env),
      budgets,
      allowUnpriced: values['allow-unpriced'],
      names: { session, workspace, workspaceName: basename(root) || root, action: asking.action },
      health,
    },
    redaction,
    { quiet: values.quiet === true, silent: values.json === true },
    context,
  );
  const { end, came, answer } = await sender.send(prepared, {
    provider: provider(),
    place: placeOfOffer(offer, secret),
    fallbacks: plan.fallbacks.map(({ offer: other }) => ({
      model: nameOf(other.model),
      place: placeOfOffer(other, secret),
      prepare: () => prepare(other),
      open: () => openProvider(other.endpoint, other.key),
    })),
  });
  if (end.kind === 'over-budget') throw new CommandError(`${describeRefusal(end.refusal)}${await describeAffordable(plan, end.refusal)}`);
  if (values.json) terminal.write(`${JSON.stringify(asJson(end, files, answer), null, 2)}\n`);
  else terminal.write('\n');
  if (!values.json && !values.quiet) terminal.note(describeReceipt(end));
  const problem = await question.keep?.(end.prepared, came, end.receipt);
  if (problem !== undefined) terminal.note(`longview: ${problem}\n`);
  const exit = exitOf(end.ended, terminal.note.bind(terminal));
  if (key === undefined || !basis || exit !== EXIT.done) return exit;
  const answering = [offer, ...plan.fallbacks.map((f) => f.offer)].find((o) => o.model === end.prepared.asking.model) ?? offer;
  return await offerProposal(
    {
      answer: came,
      restore: (text) => redaction.restore(text),
      key,
      basis,
      files: new FilesOnDisk(snapshot, redaction, { assets: ASSETS, ignore: values.ignore ?? [] }),
      journal: openJournal(terminal, workspace),
      log: new AcceptanceLog(acceptanceFolder(terminal.env)),
      title: asking.title,
      apply: values.apply,
      fix: values.fix,
      of: { workspace, action: asking.action, provider: end.prepared.cleared.provider, model: end.prepared.cleared.model },
      requests: sender.requests,
      ...(checker ? { check: (planned, consent) => checkRules(planned, { ...checker, sender }, terminal, consent) } : {}),
      prepareFollowUp: (text) =>
        prepareRequest(
          {
            ...end.prepared.asking,
            request: followUp(end.prepared.asking.request, came, text),
            forecast: async () => followUpForecast(end, came, text),
          },
          { policy, redaction, prices, at: new Date() },
        ),
      send: async (next) => {
        const { end: ended, came: more } = await sender.send(next, {
          provider: openProvider(answering.endpoint, keyOf(answering.endpoint, terminal.env)),
          place: placeOfOffer(answering, secret),
        });
        if (ended.kind === 'over-budget') {
          terminal.note(`${describeRefusal(ended.refusal)}\n`);
          return undefined;
        }
        terminal.note(`\n${describeReceipt(ended)}`);
        return exitOf(ended.ended, terminal.note.bind(terminal)) === EXIT.done ? more : undefined;
      },
      next: asking.next,
    },
    context,
  );
}

function inputPriceOf([first]: readonly Offer[], prices: Pick<PriceTable, 'find'>, at: Date): number | undefined {
  const price = first && prices.find(first.model.provider, first.model.id, at);
  return price?.kind === 'known' ? price.rates.input : undefined;
}

/** Whom `--check-rules` names. `--base-url` is the address of the provider of the model that is asked. */
async function checkingOffer(
  name: string,
  asked: Offer,
  values: AskValues,
  prices: PriceTable,
  at: Date,
  context: CommandContext,
): Promise<Offer> {
  const baseUrl = name.startsWith(`${asked.model.provider}/`) ? values['base-url'] : undefined;
  const [offer] = await openOffers({ ...values, also: [], 'base-url': baseUrl }, [name], prices, at, context);
  return offer!;
}

/** The provider's own count; undefined where it has none. */
async function countBy(provider: Provider, cleared: ClearedRequest, signal: AbortSignal): Promise<number | undefined> {
  try {
    return await provider.countTokens?.(cleared, signal);
  } catch (error) {
    if (error instanceof ProviderError) throw new CommandError(error.message);
    throw error;
  }
}

function wishedForm(text: string, inSession: boolean): FormWish {
  const wish = FORM_WISHES.find((w) => w === text);
  if (!wish) throw new CommandError(`--answer-form "${text}" is none of ${FORM_WISHES.join(', ')}.`, EXIT.usage);
  if (wish === 'schema' && inSession)
    throw new CommandError(
      'In a session changes are written as text: with a schema all that was said before would be billed anew. Leave out --session or --answer-form.',
      EXIT.usage,
    );
  return wish;
}

function parseUsd(text: string): ReturnType<typeof microUsd> {
  const usd = Number(text.replace(/^\$/, ''));
  if (text.trim() === '' || !(usd >= 0 && usd < 1e6))
    throw new CommandError(`--max-cost "${text}" is not an amount of US dollars. Write it like 0.25.`, EXIT.usage);
  return microUsd(Math.round(usd * 1e6));
}

async function confirmed(context: CommandContext): Promise<boolean> {
  if (!context.terminal.interactive) throw new CommandError('There is no terminal to ask on. Send without asking by --yes.', EXIT.usage);
  const consent = new Consent(context);
  try {
    return await consent.to('Send it?');
  } finally {
    consent.close();
  }
}

function exitOf({ outcome }: Ended, note: (text: string) => void): number {
  if (outcome.kind === 'cancelled') return EXIT.interrupted;
  if (outcome.kind === 'failed' || outcome.kind === 'cut') note(`longview: ${outcome.error.message}\n`);
  else if (outcome.kind === 'declined') note(`longview: ${outcome.reason}\n`);
  else return EXIT.done;
  return EXIT.failed;
}
