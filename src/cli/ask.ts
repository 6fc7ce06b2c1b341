import { readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { dataFolder } from '../base/user-folders.js';
import { type Ended, type Provider, ProviderError } from '../models/provider.js';
import { ENDPOINTS, isLocal } from '../models/providers/presets.js';
import { ledgerFolder } from '../money/ledger/folder.js';
import { Ledger, LedgerError } from '../money/ledger/ledger.js';
import { systemZone } from '../money/local-day.js';
import { microUsd } from '../money/micro-usd.js';
import { openPriceTable } from '../money/open-price-table.js';
import { deniedClass } from '../policy/file-classes.js';
import type { ClearedRequest } from '../policy/gate.js';
import { machineKey } from '../policy/machine-key.js';
import { Redaction } from '../policy/redaction.js';
import { workspaceId } from '../question.js';
import { prepareRequest, sendRequest } from '../request.js';
import { type Question, singleQuestion } from './ask-question.js';
import { SessionQuestion } from './ask-session.js';
import { asJson, describeQuote, describeReceipt, describeRefusal } from './ask-text.js';
import { COMMON_HELP, type Command, type CommandContext, CommandError, EXIT, parseCommand, parseCount, readOption } from './command.js';
import { userBudgets } from './cost.js';
import { findEndpoint, keyOf, userEndpoints } from './endpoints.js';
import { findModel, userPrices } from './models.js';
import { ASSETS, findFile, openSnapshot } from './workspace.js';

const help = `longview ask [options]

Packs what a question needs of the workspace, says what it will cost, asks a model and
prints its answer as it comes. What it cost goes into the ledger (longview cost).

The key is read from the environment: ${ENDPOINTS.flatMap((e) => e.keyVariable ?? [])
  .slice(0, 4)
  .join(', ')}, …
Secrets in the text are replaced before it leaves, and put back into the answer.
Environment files, private keys and other credentials are left out of the pack.

  --model MODEL       "provider/model" (see longview models), or $LONGVIEW_MODEL
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
  --max-cost USD      refuse if it could cost more
  --budgets FILE      budgets to hold, as in longview cost --help
  --allow-unpriced    send even if the price is not known, under a budget too
  --allow-file FILE   let out a file that holds credentials by its name; repeatable
  --local-only        ask only servers on this machine
  --base-url URL      another address of the provider
  --endpoints FILE    providers of your own: JSON of "id": {"baseUrl", "name"?, "protocol"?,
                      "keyVariable"?, "deviations"?, …} (docs/providers.md)
  --prices FILE       prices of your own, as in longview models --help
  --ledger DIR        another ledger (default: the user's data folder)
${COMMON_HELP}

JSON: {"model", "answer", "outcome", "error"?, "tokens", "quote"?: {"low", "high", "worst"}, "cacheRead": {"expected"?, "reported"?}, "cost": micro-dollars or null, "reason"?,
       "redacted": [{"kind", "placeholder"}], "files": [path]}
`;

/** Tokens of an answer that a quote reckons with. */
export const EXPECTED_ANSWER = 2_000;

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
        model: { type: 'string' },
        query: { type: 'string' },
        'query-file': { type: 'string' },
        budget: { type: 'string', default: '32k' },
        focus: { type: 'string' },
        session: { type: 'string' },
        count: { type: 'boolean', default: false },
        'max-output': { type: 'string', default: '8k' },
        yes: { type: 'boolean', default: false },
        'dry-run': { type: 'boolean', default: false },
        'max-cost': { type: 'string' },
        budgets: { type: 'string' },
        'allow-unpriced': { type: 'boolean', default: false },
        'allow-file': { type: 'string', multiple: true, default: [] },
        'local-only': { type: 'boolean', default: false },
        'base-url': { type: 'string' },
        endpoints: { type: 'string' },
        prices: { type: 'string' },
        ledger: { type: 'string' },
      },
      0,
    );
    const task = values.query ?? (values['query-file'] === undefined ? '' : readOption('query-file', values['query-file'], context));
    if (task.trim() === '') throw new CommandError('There is no question. Give one with --query.', EXIT.usage);
    const prices = openPriceTable(readFileSync(join(ASSETS, 'prices.json'), 'utf8'), userPrices(values.prices, context));
    const named = values.model ?? terminal.env.LONGVIEW_MODEL;
    if (named === undefined)
      throw new CommandError('No model is chosen. Name one with --model or LONGVIEW_MODEL; longview models lists them.', EXIT.usage);
    const model = findModel(named, prices);
    const endpoint = findEndpoint(model.provider, userEndpoints(values.endpoints, context), terminal.env, values['base-url']);
    const budgets = values.budgets === undefined ? { providers: {} } : userBudgets(values.budgets, context);
    const cap = values['max-cost'] === undefined ? {} : { request: parseUsd(values['max-cost']) };

    const snapshot = await openSnapshot(values, context);
    const allowed = new Set(values['allow-file'].map((f) => findFile(snapshot, f, context)));
    const local = isLocal(endpoint);
    const drops = local ? [] : snapshot.entries.map((e) => e.path).filter((p) => deniedClass(p) && !allowed.has(p));
    const focus = values.focus === undefined ? undefined : { path: findFile(snapshot, values.focus, context) };
    const asked = { task, budget: parseCount('budget', values.budget), focus, drops };
    const maxOutput = parseCount('max-output', values['max-output']);
    const workspace = workspaceId(snapshot.roots.map((r) => r.folder));
    const at = new Date();
    const price = prices.find(model.provider, model.id, at);
    const question: Question =
      values.session === undefined
        ? singleQuestion(snapshot, asked, { ...model, maxOutput }, workspace)
        : await SessionQuestion.of({ name: values.session, snapshot, workspace, asked, model, price, maxOutput, at }, terminal.env);

    const redaction = new Redaction(await machineKey(dataFolder(terminal.env)));
    await question.recall?.(redaction);
    const { openProvider } = await import('../models/providers/open-provider.js');
    let opened: Provider | undefined;
    // Not before it is asked: a dry run needs no key.
    const provider = (): Provider => {
      opened ??= openProvider(endpoint, keyOf(endpoint, terminal.env));
      return opened;
    };
    const prepared = await prepareRequest(
      {
        request: question.request,
        model,
        destination: { provider: endpoint.name, local },
        expectedOutput: question.expectedOutput ?? EXPECTED_ANSWER,
        forecast: async (cleared) => question.forecast(cleared, values.count ? await countBy(provider(), cleared, signal) : undefined),
      },
      { policy: { localOnly: values['local-only'], allowed }, redaction, prices, at },
    );
    if (prepared.kind === 'denied') throw new CommandError(prepared.reasons.join('\n'));
    const files = question.files.filter((f) => f.level !== 'path' && f.level !== 'nothing').map((f) => f.path);
    if (!values.quiet && (!values.json || values['dry-run'])) terminal.note(describeQuote(prepared, files, question.rebilled?.(prepared)));
    if (values['dry-run']) return EXIT.done;
    if (!values.yes && !(await confirmed(context))) return EXIT.interrupted;

    const ledger = new Ledger(values.ledger === undefined ? ledgerFolder(terminal.env) : resolve(terminal.cwd, values.ledger), {
      zone: systemZone(),
    });
    const answer: string[] = [];
    let came = '';
    const restore = redaction.restorer();
    const show = (text: string): void => {
      answer.push(text);
      if (!values.json) terminal.write(text);
    };
    const root = snapshot.roots[0]?.folder ?? '';
    const sending = sendRequest(
      prepared,
      {
        provider: provider(),
        ledger,
        budgets: { ...budgets, ...cap },
        allowUnpriced: values['allow-unpriced'],
        names: {
          session: values.session === undefined ? `cli-${process.pid}-${Date.now()}` : `${workspace}/${values.session}`,
          workspace,
          workspaceName: basename(root) || root,
          action: 'ask',
        },
      },
      signal,
    );
    try {
      for await (const event of sending) {
        if (event.kind === 'text') {
          came += event.text;
          show(restore(event.text));
        } else if (event.kind === 'over-budget') throw new CommandError(describeRefusal(event.refusal));
        else if (event.kind === 'receipt') {
          show(restore(undefined));
          const { ended, receipt } = event;
          if (values.json) terminal.write(`${JSON.stringify(asJson(prepared, files, answer.join(''), ended, receipt), null, 2)}\n`);
          else {
            terminal.write('\n');
            if (!values.quiet) terminal.note(describeReceipt(ended, receipt, prepared));
          }
          const problem = await question.keep?.(prepared, came, receipt);
          if (problem !== undefined) terminal.note(`longview: ${problem}\n`);
          return exitOf(ended, terminal.note.bind(terminal));
        }
      }
    } catch (error) {
      if (error instanceof LedgerError) throw new CommandError(error.message);
      throw error;
    }
    return EXIT.failed;
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
