import { openCatalogue } from '../models/catalogue.js';
import { tokenFamilies } from '../models/token-counter.js';
import { type Budgets, readBudgets } from '../money/budgets.js';
import { COLUMNS, exportAttempts, toCsv } from '../money/export.js';
import type { Entry } from '../money/ledger/account.js';
import { asOf, type History, LedgerReader, readHistory } from '../money/ledger/reader.js';
import { localDay, monthOf, systemZone } from '../money/local-day.js';
import { reconcile } from '../money/reconcile/reconcile.js';
import { type ReportLine, readReport } from '../money/reconcile/report.js';
import { replay } from '../money/replay.js';
import { GROUPINGS, type Grouping, isSent, spendingBy, totalOf } from '../money/spending.js';
import { type Command, type CommandContext, CommandError, EXIT, parseCommand, readJson, readJsonOption } from './command.js';
import { describeBudgets, describeComparisons, describeSpending, GROUP_COLUMNS, groupRow } from './cost-tables.js';
import { ledgerOption, readLedger } from './ledger.js';
import { findModel } from './models.js';
import { openPrices } from './prices.js';

const help = `longview cost [options]

What requests have cost, from the ledger on this machine that all windows and
commands write to. Days are those of your time zone. A cost that is unknown is
shown as unknown and counted at its worst where a budget is concerned.

  --by GROUP      ${GROUPINGS.join(', ')} (default: day),
                  or attempt: each attempt with all that is known of it
  --since DAY     from this day or month on (2026-11-21, 2026-11, today)
  --until DAY     up to this day or month, itself included
  --csv           print CSV; --by attempt --csv exports the whole ledger
  --json          print JSON
  --budgets FILE  how full the budgets in FILE are: {"request"?, "session"?, "day"?, "month"?,
                  "workspace"?, "providers"?: {"anthropic": 40}} in USD; those of a
                  workspace and of a provider are for a month
  --as MODEL      what the same requests would have cost at another model ("provider/model")
  --prices FILE   what they would have cost at prices of your own, as for longview models
  --reconcile FILE  hold the ledger against a usage or cost report of Anthropic's or
                  OpenAI's admin interface (JSON pages), and explain each difference;
                  repeatable: with both reports, usage can be told from price
  --ledger DIR    another ledger (default: the user's data folder)

JSON: {"ledger", "by", "total": group, "groups": [group]} with group = {"key", "name", "requests", "attempts", "known", "presumed",
      "reserved", "saved", "unpriced", "unbounded", "input", "cacheRead", "expectedCacheRead", "output", "last"};
      with --by attempt "attempts": [{...}]; with --reconcile {"comparisons": [{"day", "provider", "model"?, "kind", "why", "ours", "theirs"}]};
      with --budgets {"budgets": [{"scope", "provider"?, "workspace"?, "limit", "left", ...}]}
Costs are in micro-dollars (USD / 1,000,000): "known" is spent, "presumed" the worst case of
what ended with an unknown cost, "reserved" that of what is on its way.
`;

export const costCommand: Command = {
  name: 'cost',
  summary: 'what requests have cost, by day, model, workspace and more',
  help,
  async run(context) {
    const { values } = parseCommand(
      'cost',
      context.args,
      {
        by: { type: 'string', default: 'day' },
        since: { type: 'string' },
        until: { type: 'string' },
        csv: { type: 'boolean', default: false },
        budgets: { type: 'string' },
        as: { type: 'string' },
        prices: { type: 'string' },
        reconcile: { type: 'string', multiple: true },
        ledger: { type: 'string' },
      },
      0,
    );
    const { terminal } = context;
    const now = new Date();
    const today = localDay(now, systemZone());
    const by = groupingOf(values.by);
    const since = dayOf('since', values.since, today);
    const until = dayOf('until', values.until, today);
    const folder = ledgerOption(values.ledger, terminal);
    const budgets = values.budgets === undefined ? undefined : userBudgets(values.budgets, context);

    const history = await readLedger(folder, () => readHistory(folder, since));
    const real = asOf(history.entries, now).filter(({ day }) => until === undefined || day.slice(0, until.length) <= until);
    const entries = values.as === undefined && values.prices === undefined ? real : replayed(real, values, context);
    if (values.quiet !== true) noteDamage(history, context);
    const asJson = values.json === true;
    if (values.reconcile) terminal.write(compared(folder, entries, values.reconcile, context, asJson));
    else if (budgets) terminal.write(await gauged(folder, entries, budgets, today, asJson));
    else if (by === 'attempt') terminal.write(exported(folder, entries, asJson));
    else if (asJson || values.csv) terminal.write(grouped(folder, by, entries, asJson));
    else if (!entries.some(isSent))
      terminal.write(history.entries.some(isSent) || since !== undefined ? 'No requests in that time.\n' : emptyLedger(folder));
    else
      terminal.write(describeSpending(by, spendingBy(by, entries), totalOf(entries), today, entries === real ? undefined : totalOf(real)));
    return EXIT.done;
  },
};

/** The entries at other prices, or at another model. */
function replayed(
  entries: readonly Entry[],
  { as, prices }: { as?: string | undefined; prices?: string | undefined },
  context: CommandContext,
): Entry[] {
  const table = openPrices(prices, context);
  const known = openCatalogue();
  const to = as === undefined ? undefined : findModel(as, table);
  return replay(entries, ({ provider, model, reserved }) => {
    const asked = known.find((m) => m.provider === provider && m.id === model)?.tokens ?? tokenFamilies.other!;
    const [other, id] = to ? [to.provider, to.id] : [provider, model];
    const isSame = other === provider && id === model;
    return {
      provider: other,
      model: id,
      price: table.find(other, id, new Date(reserved)),
      scale: to && !isSame ? to.tokens.ratio / asked.ratio : 1,
    };
  });
}

function compared(folder: string, entries: readonly Entry[], files: readonly string[], context: CommandContext, asJson: boolean): string {
  const comparisons = reconcile(
    entries,
    files.flatMap((file) => reportLines(file, context)),
  );
  return asJson ? `${JSON.stringify({ ledger: folder, comparisons }, null, 2)}\n` : describeComparisons(comparisons);
}

async function gauged(folder: string, entries: readonly Entry[], budgets: Budgets, today: string, asJson: boolean): Promise<string> {
  const reader = new LedgerReader(folder);
  await readLedger(folder, () => reader.catchUp());
  const thisMonth = entries.filter(({ day }) => monthOf(day) === monthOf(today));
  const workspaces = new Map(thisMonth.map(({ workspace, workspaceName }) => [workspace, workspaceName ?? workspace]));
  return describeBudgets(budgets, today, workspaces, reader.account.tallyOf, asJson);
}

function exported(folder: string, entries: readonly Entry[], asJson: boolean): string {
  const attempts = exportAttempts(entries);
  return asJson ? `${JSON.stringify({ ledger: folder, by: 'attempt', attempts }, null, 2)}\n` : toCsv(COLUMNS, attempts);
}

function grouped(folder: string, by: Grouping, entries: readonly Entry[], asJson: boolean): string {
  const groups = spendingBy(by, entries).map(groupRow);
  return asJson
    ? `${JSON.stringify({ ledger: folder, by, total: groupRow(totalOf(entries)), groups }, null, 2)}\n`
    : toCsv(GROUP_COLUMNS, groups);
}

const emptyLedger = (folder: string): string => `No requests yet.
They will be kept in ${folder}
longview models --budget 32k tells what a request would cost.
`;

/** What lies between the rows is told, not hidden: it may be a row that a crash tore, or one that somebody changed. */
function noteDamage({ damage }: History, { terminal }: CommandContext): void {
  for (const { segment, offset, bytes, kind } of damage) {
    const what = kind === 'torn' ? 'no whole row, as a crash leaves it' : 'a row that this Longview does not know';
    terminal.note(`longview: set apart in ${segment}.jsonl: ${bytes} bytes from byte ${offset} on are ${what}\n`);
  }
}

function groupingOf(text: string): Grouping | 'attempt' {
  const all = [...GROUPINGS, 'attempt'] as const;
  const by = all.find((grouping) => grouping === text);
  if (!by) throw new CommandError(`--by "${text}" is none of ${all.join(', ')}.`, EXIT.usage);
  return by;
}

/** A day or a month. */
export function dayOf(option: string, text: string | undefined, today: string): string | undefined {
  if (text === undefined) return undefined;
  if (text === 'today') return today;
  const at = /^\d{4}-\d\d(-\d\d)?$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at) || !new Date(at).toISOString().startsWith(text))
    throw new CommandError(`--${option} "${text}" is not a day. Write it like ${today} or ${today.slice(0, 7)}.`, EXIT.usage);
  return text;
}

function reportLines(file: string, context: CommandContext): readonly ReportLine[] {
  const read = readReport(readJson('reconcile', file, context));
  if (read.kind === 'invalid') throw new CommandError(`--reconcile "${file}" cannot be used: ${read.reason}.`);
  if (read.more) context.terminal.note(`longview: "${file}" is not the whole report: its last page says that there are more\n`);
  return read.lines;
}

/** The budgets in a file that an option names. */
export function userBudgets(file: string, context: CommandContext): Budgets {
  return readJsonOption('budgets', file, context, readBudgets).budgets;
}
