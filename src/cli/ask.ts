import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { dataFolder } from '../base/user-folders.js';
import { type Ended, type Provider, ProviderError } from '../models/provider.js';
import { destinationOf, ENDPOINTS, isLocal } from '../models/providers/presets.js';
import type { Forecast } from '../money/cache/forecast.js';
import { Ledger, LedgerError } from '../money/ledger/ledger.js';
import { localDay, systemZone } from '../money/local-day.js';
import { microUsd } from '../money/micro-usd.js';
import { openPriceTable } from '../money/open-price-table.js';
import { deniedClass } from '../policy/file-classes.js';
import type { ClearedRequest } from '../policy/gate.js';
import { machineKey } from '../policy/machine-key.js';
import { Redaction } from '../policy/redaction.js';
import { workspaceId } from '../question.js';
import { type Denied, type Prepared, prepareRequest, sendRequest } from '../request.js';
import { nameOf, type Offer, placeOfOffer } from '../routing.js';
import { describeAffordable, describeFallbacks, planAsk } from './ask-plan.js';
import { printAnswer } from './ask-print.js';
import { askedOf, singleQuestion } from './ask-question.js';
import { lastModel, SessionQuestion } from './ask-session.js';
import { asJson, describeQuote, describeReceipt, describeRefusal } from './ask-text.js';
import { openAudit } from './audit.js';
import { COMMON_HELP, type Command, type CommandContext, CommandError, EXIT, parseCommand, parseCount, readOption } from './command.js';
import { userBudgets } from './cost.js';
import { keyOf } from './endpoints.js';
import { FilesOnDisk } from './files-on-disk.js';
import { ledgerOption, readLedger } from './ledger.js';
import { userPrices } from './models.js';
import { basisOf, offerProposal, openJournal, proposalKey, proposing } from './propose.js';
import { EXPECTED_ANSWER, namedModels, needOf, openHealth, openOffers, ROUTING_HELP, ROUTING_OPTIONS } from './routing.js';
import { ASSETS, findFile, openSnapshot } from './workspace.js';

const help = `longview ask [options]

Packs what a question needs of the workspace, says what it will cost, asks a model and
prints its answer as it comes. What it cost goes into the ledger (longview cost).

The key is read from the environment: ${ENDPOINTS.flatMap((e) => e.keyVariable ?? [])
  .slice(0, 4)
  .join(', ')}, …
Secrets in the text are replaced before it leaves, and put back into the answer.
Environment files, private keys and other credentials are left out of the pack.

${ROUTING_HELP}
  --query TEXT        the question or the task
  --query-file FILE   the same from a file ("-" for standard input)
  --budget N          o200k tokens of the prompt: 2k to 2m (default 32k)
  --session NAME      go on with a session, or begin one: the model has what was sent and
                      answered before, and only what is new is added (docs/sessions.md);
                      longview session lists them and forgets them
  --focus FILE        the file that you start from
  --max-output N      tokens the answer may have (default 8k)
  --yes               send without asking first; needed where there is no terminal
  --count             let the provider count the prompt, where it can: the quote is exact, and
                      the prompt is sent there for it before you agree to the price
  --dry-run           say what it would cost, send nothing
  --propose           have changes of files proposed: they are shown as a diff and written if you
                      agree (docs/proposals.md); longview undo takes them back
  --apply             with --propose: write them without asking
  --max-cost USD      refuse if it could cost more
  --budgets FILE      budgets to hold, as in longview cost --help
  --allow-unpriced    send even if the price is not known, under a budget too
  --allow-file FILE   let out a file that holds credentials by its name; repeatable
  --local-only        ask only servers on this machine
  --audit-paths HOW   files in the audit log (longview audit): listed (default) or hashed
  --base-url URL      another address of the model's provider
  --endpoints FILE    providers of your own: JSON of "id": {"baseUrl", "name"?, "protocol"?,
                      "keyVariable"?, "deviations"?, …} (docs/providers.md)
  --prices FILE       prices of your own, as in longview models --help
  --ledger DIR        another ledger (default: the user's data folder)
${COMMON_HELP}

JSON: {"model", "answer", "outcome", "error"?, "tokens", "quote"?: {"low", "high", "worst"}, "cacheRead": {"expected"?, "reported"?}, "cost": micro-dollars or null, "reason"?,
       "earlier"?: [cost of each attempt before],
       "redacted": [{"kind", "placeholder"}], "files": [path]}
`;

export const askCommand: Command = {
  name: 'ask',
  summary: 'asks a model about the workspace, at a price known before',
  help,
  async run(context) {
    const { terminal, signal } = context;
    const { values } = parseCommand(
      'ask',
      context.args,
      {
        ...ROUTING_OPTIONS,
        query: { type: 'string' },
        'query-file': { type: 'string' },
        budget: { type: 'string', default: '32k' },
        focus: { type: 'string' },
        session: { type: 'string' },
        count: { type: 'boolean', default: false },
        'max-output': { type: 'string', default: '8k' },
        yes: { type: 'boolean', default: false },
        'dry-run': { type: 'boolean', default: false },
        propose: { type: 'boolean', default: false },
        apply: { type: 'boolean', default: false },
        'max-cost': { type: 'string' },
        budgets: { type: 'string' },
        'allow-file': { type: 'string', multiple: true, default: [] },
        'local-only': { type: 'boolean', default: false },
        'audit-paths': { type: 'string', default: 'listed' },
        prices: { type: 'string' },
      },
      0,
    );
    const task = values.query ?? (values['query-file'] === undefined ? '' : readOption('query-file', values['query-file'], context));
    if (task.trim() === '') throw new CommandError('There is no question. Give one with --query.', EXIT.usage);
    const key = values.propose ? proposalKey() : undefined;
    if (key !== undefined && values.json) throw new CommandError('--propose shows a diff; it does not go with --json.', EXIT.usage);
    if (key === undefined && values.apply) throw new CommandError('--apply writes what --propose asks for. Add --propose.', EXIT.usage);
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
    const drops = considered.every(({ endpoint }) => isLocal(endpoint))
      ? []
      : snapshot.entries.map((e) => e.path).filter((p) => deniedClass(p) && !allowed.has(p));
    const focus = values.focus === undefined ? undefined : { path: findFile(snapshot, values.focus, context) };
    const asked = { task, budget: parseCount('budget', values.budget), focus, drops };
    const maxOutput = parseCount('max-output', values['max-output']);
    const workspace = workspaceId(snapshot.roots.map((r) => r.folder));
    const policy = { localOnly: values['local-only'], allowed };
    const folder = ledgerOption(values.ledger, terminal);
    const ledger = new Ledger(folder, { zone: systemZone() });
    const health = openHealth(terminal);
    const secret = await machineKey(dataFolder(terminal.env));
    const session = values.session === undefined ? `cli-${process.pid}-${Date.now()}` : `${workspace}/${values.session}`;
    const alone =
      values.session === undefined ? singleQuestion(snapshot, asked, { provider: '', id: '', maxOutput }, workspace) : undefined;
    const plan = await planAsk({
      named,
      offers,
      need: {
        ...needOf(values, named, EXPECTED_ANSWER, at),
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
              { name: values.session!, snapshot, workspace, asked, model, price: prices.find(model.provider, model.id, at), maxOutput, at },
              terminal.env,
            );
        return key === undefined ? question : proposing(question, key);
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
      { model, endpoint }: Offer,
      forecast?: (cleared: ClearedRequest) => Promise<Forecast | undefined>,
    ): Promise<Prepared | Denied> =>
      prepareRequest(
        {
          request: { ...question.request, provider: model.provider, model: model.id },
          model,
          destination: destinationOf(endpoint),
          expectedOutput: question.expectedOutput ?? EXPECTED_ANSWER,
          ...(forecast ? { forecast } : {}),
        },
        { policy, redaction, prices, at },
      );
    const prepared = await prepare(offer, async (cleared) =>
      question.forecast(cleared, values.count ? await countBy(provider(), cleared, signal) : undefined),
    );
    if (prepared.kind === 'denied') throw new CommandError(prepared.reasons.join('\n'));
    const files = question.files.filter((f) => f.level !== 'path' && f.level !== 'nothing').map((f) => f.path);
    if (!values.quiet && (!values.json || values['dry-run']))
      terminal.note(`${describeQuote(prepared, files, question.rebilled?.(prepared))}${describeFallbacks(plan)}`);
    if (values['dry-run']) return EXIT.done;
    // Of the files as they were packed: while the model thinks, the user may go on.
    const basis = key === undefined ? undefined : basisOf(snapshot, files);
    if (!values.yes && !(await confirmed(context))) return EXIT.interrupted;

    const root = snapshot.roots[0]?.folder ?? '';
    const sending = sendRequest(
      prepared,
      {
        provider: provider(),
        ledger,
        audit: await openAudit(values['audit-paths'], terminal.env),
        budgets,
        allowUnpriced: values['allow-unpriced'],
        names: { session, workspace, workspaceName: basename(root) || root, action: 'ask' },
        place: placeOfOffer(offer, secret),
        health,
        fallbacks: plan.fallbacks.map(({ offer: other }) => ({
          model: nameOf(other.model),
          place: placeOfOffer(other, secret),
          prepare: () => prepare(other),
          open: () => openProvider(other.endpoint, other.key),
        })),
      },
      signal,
    );
    const { end, came, answer } = await printAnswer(sending, redaction, {
      show: values.json ? () => undefined : (text) => terminal.write(text),
      note: values.quiet ? () => undefined : (text) => terminal.note(text),
    }).catch((error: unknown) => {
      throw error instanceof LedgerError ? new CommandError(error.message) : error;
    });
    if (end.kind === 'over-budget') throw new CommandError(`${describeRefusal(end.refusal)}${await describeAffordable(plan, end.refusal)}`);
    if (values.json) terminal.write(`${JSON.stringify(asJson(end, files, answer), null, 2)}\n`);
    else terminal.write('\n');
    if (!values.json && !values.quiet) terminal.note(describeReceipt(end));
    const problem = await question.keep?.(end.prepared, came, end.receipt);
    if (problem !== undefined) terminal.note(`longview: ${problem}\n`);
    const exit = exitOf(end.ended, terminal.note.bind(terminal));
    if (key === undefined || !basis || exit !== EXIT.done) return exit;
    return await offerProposal(
      {
        answer,
        key,
        basis,
        files: new FilesOnDisk(snapshot, redaction, { assets: ASSETS, ignore: values.ignore ?? [] }),
        journal: openJournal(terminal, workspace),
        title: task.trim().split('\n', 1)[0]!,
        apply: values.apply,
      },
      context,
    );
  },
};

/** The provider's own count; undefined where it has none. */
async function countBy(provider: Provider, cleared: ClearedRequest, signal: AbortSignal): Promise<number | undefined> {
  try {
    return await provider.countTokens?.(cleared, signal);
  } catch (error) {
    if (error instanceof ProviderError) throw new CommandError(error.message);
    throw error;
  }
}

function parseUsd(text: string): ReturnType<typeof microUsd> {
  const usd = Number(text.replace(/^\$/, ''));
  if (text.trim() === '' || !(usd >= 0 && usd < 1e6))
    throw new CommandError(`--max-cost "${text}" is not an amount of US dollars. Write it like 0.25.`, EXIT.usage);
  return microUsd(Math.round(usd * 1e6));
}

async function confirmed({ terminal, signal }: CommandContext): Promise<boolean> {
  if (!terminal.interactive) throw new CommandError('There is no terminal to ask on. Send without asking by --yes.', EXIT.usage);
  const lines = createInterface({ input: terminal.input });
  try {
    terminal.note('Send it? [y/N] ');
    return /^\s*y(?:es)?\s*$/i.test(await lines.question('', { signal }));
  } finally {
    lines.close();
  }
}

function exitOf({ outcome }: Ended, note: (text: string) => void): number {
  if (outcome.kind === 'cancelled') return EXIT.interrupted;
  if (outcome.kind === 'failed' || outcome.kind === 'cut') note(`longview: ${outcome.error.message}\n`);
  else if (outcome.kind === 'declined') note(`longview: ${outcome.reason}\n`);
  else return EXIT.done;
  return EXIT.failed;
}
