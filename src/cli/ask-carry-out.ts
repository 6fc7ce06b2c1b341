/** A request whose question and model are chosen, from its quote to its receipt: agreed to, sent, printed; what it proposes is shown and written. */
import { basename } from 'node:path';
import { formatCount } from '../base/count.js';
import { followUp, followUpForecast } from '../follow-up.js';
import { type Ended, type Provider, ProviderError } from '../models/provider.js';
import { destinationOf } from '../models/providers/presets.js';
import { AcceptanceLog, acceptanceFolder } from '../money/acceptance/log.js';
import type { Forecast } from '../money/cache/forecast.js';
import { formatUsd } from '../money/micro-usd.js';
import type { ClearedRequest } from '../policy/gate.js';
import type { Basis } from '../proposals/proposal.js';
import { formFor } from '../proposing.js';
import { type Denied, type Prepared, prepareRequest, type SettledEvent } from '../request.js';
import { nameOf, type Offer, placeOfOffer } from '../routing.js';
import type { Unfinished } from '../session/unfinished.js';
import type { AskValues } from './ask-options.js';
import { describeAffordable, describeFallbacks, type Plan } from './ask-plan.js';
import { Sender } from './ask-send.js';
import type { AskSetting } from './ask-setting.js';
import { asJson, describeQuote, describeReceipt, describeRefusal } from './ask-text.js';
import { keepUnfinished } from './ask-unfinished.js';
import { openAudit } from './audit.js';
import { checkRules } from './check-rules.js';
import { type CommandContext, CommandError, EXIT } from './command.js';
import { agreedTo } from './consent.js';
import { keyOf } from './endpoints.js';
import { FilesOnDisk } from './files-on-disk.js';
import { offerProposal, openJournal } from './propose.js';
import { EXPECTED_ANSWER, openOffers } from './routing.js';
import { ASSETS } from './workspace.js';

/** What is carried out. */
export interface Undertaking {
  readonly plan: Plan;
  /** In the ledger's words, as `session`. */
  readonly action: string;
  readonly session: string;
  /** o200k tokens that its context may have. */
  readonly budget: number;
  /** What is asked for, in one line. */
  readonly title: string;
  /** Where the answer may change files: the key of its markers, and the files as they were shown. */
  readonly form?: { readonly key: string; readonly basis: () => Basis } | undefined;
  /** What to do once its changes are applied. */
  readonly next?: string | undefined;
  /** The answer that it goes on with. */
  readonly onward?: Unfinished | undefined;
}

/** Returns an exit code. Throws a CommandError for what a user can put right. */
export async function carryOut(undertaking: Undertaking, setting: AskSetting, values: AskValues, context: CommandContext): Promise<number> {
  const { terminal, signal } = context;
  const { plan, action, session, form, onward } = undertaking;
  const { question, offer } = plan;
  const { prices, policy, redaction, secret, snapshot, workspace, wish, at } = setting;
  const safeguards = { policy, redaction, prices, at };

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
    answerForm = formFor(wish, to.model, to.endpoint, question.before),
  ): Promise<Prepared | Denied> =>
    prepareRequest(
      {
        request: { ...(question.requestIn?.(answerForm) ?? question.request), provider: to.model.provider, model: to.model.id },
        model: to.model,
        destination: destinationOf(to.endpoint),
        expectedOutput: question.expectedOutput ?? EXPECTED_ANSWER,
        ...(forecast ? { forecast } : {}),
        ...(answerForm === 'schema' ? { withoutSchema: () => prepare(to, undefined, 'text') } : {}),
      },
      safeguards,
    );
  const prepared = await prepare(offer, async (cleared) =>
    question.forecast(cleared, values.count ? await countBy(provider(), cleared, signal) : undefined),
  );
  if (prepared.kind === 'denied') throw new CommandError(prepared.reasons.join('\n'));
  // A model that there is not is better known before anything is sent.
  const checking =
    values['check-rules'] === undefined ? undefined : await checkingOffer(values['check-rules'], offer, values, setting, context);
  const checker = checking && { offer: checking, ...{ snapshot, workspace, secret, wish, safeguards, yes: values.yes } };
  const files = question.files.filter((f) => f.level !== 'path' && f.level !== 'nothing').map((f) => f.path);
  if (!values.quiet && (!values.json || values['dry-run']))
    terminal.note(`${describeQuote(prepared, files, question.rebilled?.(prepared))}${whyText(plan, wish)}${describeFallbacks(plan)}`);
  if (values['dry-run']) return EXIT.done;
  // Of the files as they were packed: while the model thinks, the user may go on.
  const basis = form?.basis();
  if (!values.yes && !(await agreedTo('Send it?', 'Send without asking by --yes.', context))) return EXIT.interrupted;

  const root = snapshot.roots[0]?.folder ?? '';
  const sender = new Sender(
    {
      ledger: setting.ledger,
      audit: await openAudit(values['audit-paths'], terminal.env),
      budgets: setting.budgets,
      allowUnpriced: values['allow-unpriced'],
      names: { session, workspace, workspaceName: basename(root) || root, action },
      health: setting.health,
    },
    redaction,
    { quiet: values.quiet === true, silent: values.json === true },
    context,
  );
  const { end, came } = await sender.send(prepared, {
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
  const whole = (onward?.answer ?? '') + came;
  const problem = await question.keep?.(end.prepared, came, end.receipt);
  const broken = { end, came, undertaking, basis, kept: problem === undefined, request: sender.requests.at(-1)! };
  const further = await keepUnfinished(broken, setting, values, context);
  if (values.json) {
    const json = { ...asJson(end, files, redaction.restore(whole)), ...(further?.id === undefined ? {} : { continue: further.id }) };
    terminal.write(`${JSON.stringify(json, null, 2)}\n`);
  }
  // What is gone on with goes on in the middle of its line, in a file too.
  else (further?.id === undefined ? terminal.write : terminal.note).call(terminal, '\n');
  if (!values.json && !values.quiet) terminal.note(describeReceipt(end));
  if (problem !== undefined) terminal.note(`longview: ${problem}\n`);
  const exit = exitOf(end.ended, terminal.note.bind(terminal));
  if (further && !values.json && !values.quiet) terminal.note(`${further.words}\n`);
  // Half of a proposal is none.
  if (form === undefined || !basis || exit !== EXIT.done || further) return exit;
  const answering = [offer, ...plan.fallbacks.map((f) => f.offer)].find((o) => o.model === end.prepared.asking.model) ?? offer;
  return await offerProposal(
    {
      answer: whole,
      restore: (text) => redaction.restore(text),
      key: form.key,
      basis,
      files: new FilesOnDisk(snapshot, redaction, { assets: ASSETS, ignore: values.ignore ?? [] }),
      journal: openJournal(terminal, workspace),
      log: new AcceptanceLog(acceptanceFolder(terminal.env)),
      title: undertaking.title,
      apply: values.apply,
      fix: values.fix,
      of: { workspace, action, provider: end.prepared.cleared.provider, model: end.prepared.cleared.model },
      requests: sender.requests,
      ...(checker ? { check: (planned, consent) => checkRules(planned, { ...checker, sender }, terminal, consent) } : {}),
      prepareFollowUp: (text) => prepareFollowUp(end, came, text, setting),
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
      next: undertaking.next,
    },
    context,
  );
}

/** Why changes are written as text though the model takes a schema; "" where they are not. */
function whyText({ question, offer }: Plan, wish: AskSetting['wish']): string {
  const isKept =
    question.before === 'text' && formFor(wish, offer.model, offer.endpoint) !== formFor(wish, offer.model, offer.endpoint, 'text');
  const again = isKept && question.requestIn ? question.rebilledWith?.(question.requestIn('schema')) : undefined;
  return again
    ? `Changes are asked for as text: with a schema ${formatCount(again.tokens)} tokens would be billed again, for ${formatUsd(again.extra)}.\n`
    : '';
}

/** A further message behind the answer that just came. */
function prepareFollowUp({ prepared, receipt: { usage } }: SettledEvent, came: string, text: string, setting: AskSetting) {
  const { policy, redaction, prices } = setting;
  const { asking, price } = prepared;
  return prepareRequest(
    {
      ...asking,
      request: followUp(asking.request, came, text),
      forecast: async () => followUpForecast({ usage, price, model: asking.model, since: 0 }, came, text),
    },
    { policy, redaction, prices, at: new Date() },
  );
}

/** Whom `--check-rules` names. `--base-url` is the address of the provider of the model that is asked. */
async function checkingOffer(
  name: string,
  asked: Offer,
  values: AskValues,
  { prices, at }: AskSetting,
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

function exitOf({ outcome }: Ended, note: (text: string) => void): number {
  if (outcome.kind === 'cancelled') return EXIT.interrupted;
  if (outcome.kind === 'failed' || outcome.kind === 'cut') note(`longview: ${outcome.error.message}\n`);
  else if (outcome.kind === 'declined') note(`longview: ${outcome.reason}\n`);
  else return EXIT.done;
  return EXIT.failed;
}
