import { formatSeconds } from '../base/count.js';
import { dataFolder } from '../base/user-folders.js';
import { packContext } from '../context/pack-context.js';
import { isLocal } from '../models/providers/presets.js';
import { Ledger } from '../money/ledger/ledger.js';
import { localDay, systemZone } from '../money/local-day.js';
import { formatUsd } from '../money/micro-usd.js';
import { deniedClass } from '../policy/file-classes.js';
import { machineKey } from '../policy/machine-key.js';
import { questionOf } from '../question.js';
import { type RouteRow, type RouteTable, routeTable } from '../route-table.js';
import { routeRequest } from '../routing.js';
import { workspaceId } from '../workspace/id.js';
import { COMMON_HELP, type Command, CommandError, EXIT, parseCommand, parseCount, readOption } from './command.js';
import { userBudgets } from './cost.js';
import { ledgerOption, readLedger } from './ledger.js';
import { openPrices } from './prices.js';
import { EXPECTED_ANSWER, namedModels, needOf, openHealth, openOffers, ROUTING_HELP, ROUTING_OPTIONS } from './routing.js';
import { formatTable } from './table.js';
import { findFile, openSnapshot } from './workspace.js';

const help = `longview route [options]

Who would be asked about a task, and why: all models that a key is set for in the
environment, what each would cost, how long it would take, and what speaks against it.
Nothing is asked or sent.

  --query TEXT        the question or the task
  --query-file FILE   the same from a file ("-" for standard input)
${ROUTING_HELP}
  --budget N          o200k tokens of the prompt: 2k to 2m (default 32k)
  --focus FILE        the file that you start from
  --max-output N      tokens the answer may have (default 8k)
  --budgets FILE      budgets to hold, as in longview cost --help
  --allow-unpriced    models of an unknown price too
  --allow-file FILE   let out a file that holds credentials by its name; repeatable
  --local-only        only servers on this machine
  --endpoints FILE    providers of your own, as in longview ask --help
  --prices FILE       prices of your own, as in longview models --help
  --ledger DIR        another ledger (default: the user's data folder)
${COMMON_HELP}

JSON: {"chosen": model or null, "why", "rows": [{"model", "verdict": "chosen", "fallback", "other" or "rejected", "reasons": [text],
       "tier": {"level", "source"} or null, "tokens": {"estimate", "low", "high", "warm"}, "cost": {"expected", "worst"} or null,
       "latency": {"firstToken", "whole", "speed", "measured"}, "score": {"total", "cost", "latency"} or null}]}
Costs are in micro-dollars (USD / 1,000,000), times in milliseconds, speed in tokens per second.
`;

export const routeCommand: Command = {
  name: 'route',
  summary: 'who would be asked, what each model would cost, and why',
  help,
  async run(context) {
    const { terminal } = context;
    const { values } = parseCommand(
      'route',
      context.args,
      {
        ...ROUTING_OPTIONS,
        query: { type: 'string' },
        'query-file': { type: 'string' },
        budget: { type: 'string', default: '32k' },
        focus: { type: 'string' },
        'max-output': { type: 'string', default: '8k' },
        budgets: { type: 'string' },
        'allow-file': { type: 'string', multiple: true, default: [] },
        'local-only': { type: 'boolean', default: false },
        prices: { type: 'string' },
      },
      0,
    );
    const task = values.query ?? (values['query-file'] === undefined ? '' : readOption('query-file', values['query-file'], context));
    if (task.trim() === '') throw new CommandError('There is no task. Give one with --query.', EXIT.usage);
    const at = new Date();
    const prices = openPrices(values.prices, context);
    const named = namedModels({ ...values, model: values.model ?? terminal.env.LONGVIEW_MODEL ?? 'auto' }, terminal);
    const need = needOf(values, named, EXPECTED_ANSWER, at);
    const offers = await openOffers(values, named, prices, at, context);

    const snapshot = await openSnapshot(values, context);
    const allowed = new Set(values['allow-file'].map((f) => findFile(snapshot, f, context)));
    const drops = offers.every(({ endpoint }) => isLocal(endpoint))
      ? []
      : snapshot.entries.map((e) => e.path).filter((p) => deniedClass(p) && !allowed.has(p));
    const focus = values.focus === undefined ? undefined : { path: findFile(snapshot, values.focus, context) };
    const packed = packContext(snapshot, { task, budget: parseCount('budget', values.budget), focus, drops });
    if (packed.kind === 'refused') throw new CommandError(packed.message);
    const workspace = workspaceId(snapshot.roots);
    const maxOutput = parseCount('max-output', values['max-output']);

    const folder = ledgerOption(values.ledger, terminal);
    const ledger = new Ledger(folder);
    const found = await routeRequest(questionOf(packed.pack, task, { provider: 'any', id: 'any', maxOutput }, workspace), offers, need, {
      prices,
      policy: { localOnly: values['local-only'], allowed },
      budgets: values.budgets === undefined ? { providers: {} } : userBudgets(values.budgets, context),
      account: { session: '', workspace, day: localDay(at, systemZone()) },
      tally: (key) => readLedger(folder, () => ledger.tally(key)),
      health: await openHealth(terminal).read(),
      secret: await machineKey(dataFolder(terminal.env)),
    });
    const table = routeTable(found, at.getTime());
    terminal.write(values.json === true ? `${JSON.stringify(table, null, 2)}\n` : describeTable(table));
    return table.chosen === null ? EXIT.failed : EXIT.done;
  },
};

const COLUMNS = [
  { title: '' },
  { title: 'model' },
  { title: 'tier' },
  { title: 'expected', align: 'right' },
  { title: 'at worst', align: 'right' },
  { title: 'time', align: 'right' },
  { title: 'score', align: 'right' },
  { title: 'why' },
] as const;

/** Before it: who is chosen. Behind it: what the marks and an unmeasured time mean. */
function describeTable({ why, rows }: RouteTable): string {
  if (rows.length === 0)
    return 'No model is set up. Put a key into the environment (ANTHROPIC_API_KEY, OPENAI_API_KEY, …), or name a model of a local server with --also.\n';
  let fallbacks = 0;
  const cells = rows.map((row) => {
    const { model, tier, cost, latency, score, verdict, reasons } = row;
    const mark = verdict === 'chosen' ? '→' : verdict === 'fallback' ? String(++fallbacks) : verdict === 'other' ? '·' : '✗';
    return [
      mark,
      model,
      tier?.level ?? '?',
      cost ? formatUsd(cost.expected) : 'unknown',
      cost ? formatUsd(cost.worst) : 'unknown',
      `${formatSeconds(latency.whole)}${latency.measured === 0 ? '?' : ''}`,
      score ? score.total.toFixed(2) : '',
      reasons.join('; '),
    ];
  });
  return `${why}\n\n${formatTable(COLUMNS, cells)}\n${legendOf(rows)}`;
}

function legendOf(rows: readonly RouteRow[]): string {
  const parts = [
    rows.some((r) => r.verdict === 'fallback') ? '1, 2, …: asked in this order if the ones before cannot answer.' : '',
    rows.some((r) => r.latency.measured === 0)
      ? 'time?: not measured yet, reckoned with 2 s to the first text and 60 tokens per second.'
      : '',
  ].filter((p) => p !== '');
  return parts.map((p) => `${p}\n`).join('');
}
