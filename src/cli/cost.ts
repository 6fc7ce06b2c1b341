import { resolve } from 'node:path';
import { type Budgets, readBudgets } from '../money/budgets.js';
import { COLUMNS, exportAttempts, toCsv } from '../money/export.js';
import { NewerLedgerError } from '../money/ledger/account.js';
import { ledgerFolder } from '../money/ledger/folder.js';
import { asOf, type History, LedgerReader, readHistory } from '../money/ledger/reader.js';
import { localDay, systemZone } from '../money/local-day.js';
import { reconcile } from '../money/reconcile/reconcile.js';
import { type ReportLine, readReport } from '../money/reconcile/report.js';
import { GROUPINGS, type Grouping, isSent, spendingBy, totalOf } from '../money/spending.js';
import { type Command, type CommandContext, CommandError, EXIT, parseCommand, readOption } from './command.js';
import { describeBudgets, describeComparisons, describeSpending, GROUP_COLUMNS, groupRow } from './cost-tables.js';

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
    const folder = values.ledger === undefined ? ledgerFolder(terminal.env) : resolve(terminal.cwd, values.ledger);
    const budgets = values.budgets === undefined ? undefined : userBudgets(values.budgets, context);

    const history = await readLedger(folder, () => readHistory(folder, since));
    const entries = asOf(history.entries, now).filter(({ day }) => until === undefined || day.slice(0, until.length) <= until);
    if (values.quiet !== true) noteDamage(history, context);
    if (values.reconcile) {
      const comparisons = reconcile(
        entries,
        values.reconcile.flatMap((file) => reportLines(file, context)),
      );
      terminal.write(
        values.json === true ? `${JSON.stringify({ ledger: folder, comparisons }, null, 2)}\n` : describeComparisons(comparisons),
      );
    } else if (budgets) {
      const reader = new LedgerReader(folder);
      await readLedger(folder, () => reader.catchUp());
      const workspaces = new Map(entries.map(({ workspace, workspaceName }) => [workspace, workspaceName ?? workspace]));
      terminal.write(describeBudgets(budgets, today, workspaces, reader.account.tallyOf, values.json === true));
    } else if (by === 'attempt') {
      const attempts = exportAttempts(entries);
      terminal.write(values.json === true ? `${JSON.stringify({ ledger: folder, by, attempts }, null, 2)}\n` : toCsv(COLUMNS, attempts));
    } else {
      const groups = spendingBy(by, entries);
      const total = totalOf(entries);
      if (values.json === true) {
        terminal.write(`${JSON.stringify({ ledger: folder, by, total: groupRow(total), groups: groups.map(groupRow) }, null, 2)}\n`);
      } else if (values.csv) {
        terminal.write(toCsv(GROUP_COLUMNS, groups.map(groupRow)));
      } else if (entries.some(isSent)) {
        terminal.write(describeSpending(by, groups, total, today));
      } else {
        terminal.write(history.entries.some(isSent) || since !== undefined ? 'No requests in that time.\n' : emptyLedger(folder));
      }
    }
    return EXIT.done;
  },
};

const emptyLedger = (folder: string): string => `No requests yet.
They will be kept in ${folder}
longview models --budget 32k tells what a request would cost.
`;

/** Turns what can go wrong with a ledger into a message. */
export async function readLedger<T>(folder: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof NewerLedgerError)
      throw new CommandError(`The ledger in "${folder}" is a newer Longview's: ${error.message}. Update this one.`);
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new CommandError(`The ledger in "${folder}" cannot be read (${code}). Check the path and its permissions.`);
  }
}

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
function dayOf(option: string, text: string | undefined, today: string): string | undefined {
  if (text === undefined) return undefined;
  if (text === 'today') return today;
  const at = /^\d{4}-\d\d(-\d\d)?$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at) || !new Date(at).toISOString().startsWith(text))
    throw new CommandError(`--${option} "${text}" is not a day. Write it like ${today} or ${today.slice(0, 7)}.`, EXIT.usage);
  return text;
}

function readJson(option: string, file: string, context: CommandContext): unknown {
  const text = readOption(option, file, context);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CommandError(`--${option} "${file}" is not JSON: ${(error as Error).message}`);
  }
}

function reportLines(file: string, context: CommandContext): readonly ReportLine[] {
  const read = readReport(readJson('reconcile', file, context));
  if (read.kind === 'invalid') throw new CommandError(`--reconcile "${file}" cannot be used: ${read.reason}.`);
  if (read.more) context.terminal.note(`longview: "${file}" is not the whole report: its last page says that there are more\n`);
  return read.lines;
}

function userBudgets(file: string, context: CommandContext): Budgets {
  const read = readBudgets(readJson('budgets', file, context));
  if (read.kind === 'invalid') throw new CommandError(`--budgets "${file}":\n${read.problems.map((p) => `  ${p}`).join('\n')}`);
  return read.budgets;
}
