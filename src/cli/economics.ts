import { whatIf } from '../economics.js';
import { ECONOMIC_GROUPINGS, type EconomicGrouping, type Economics, economicsBy, totalEconomics } from '../money/acceptance/economics.js';
import { AcceptanceLog, acceptanceFolder, type Fates } from '../money/acceptance/log.js';
import { economicsNotes, economicsTable, formatCost } from '../money/acceptance/words.js';
import type { Entry } from '../money/ledger/account.js';
import { asOf, readHistory } from '../money/ledger/reader.js';
import { localDay, systemZone } from '../money/local-day.js';
import { formatTally } from '../money/tally.js';
import { type Command, type CommandContext, CommandError, EXIT, parseCommand } from './command.js';
import { dayOf } from './cost.js';
import { ledgerOption, readLedger } from './ledger.js';
import { openPrices } from './prices.js';
import { formatPath, formatTable } from './table.js';

const help = `longview economics [options]

What an accepted change has cost: the changes that models proposed and you accepted,
held against what all their requests came to (docs/economics.md). A change is a hunk of
a diff, or a file that is made, deleted or moved. What you took back counts as not accepted.

  --by GROUP          ${ECONOMIC_GROUPINGS.join(', ')} (default: model)
  --since DAY         from this day or month on (2026-11-21, 2026-11, today)
  --times FACTOR      as if all prices were so many times what they are: 0.2 for a fifth
  --without PROVIDER  as if this provider did not exist: what the same requests would have
                      cost at the next best model
  --prices FILE       at prices of your own, as for longview models
  --ledger DIR        another ledger (default: the user's data folder)
  --json              print JSON
  -q, --quiet         no warnings

JSON: {"by", "total": group, "groups": [group]} with group = {"key", "proposals", "applied", "open", "undone",
      "files": {"proposed", "accepted", "refused"}, "changes": {…}, "known", "unpriced", "missing", "perChange", "perFile"}
Costs are in micro-dollars (USD / 1,000,000); null where one is not known or nothing was accepted.
`;

export const economicsCommand: Command = {
  name: 'economics',
  summary: 'what an accepted change has cost, by model and by action',
  help,
  async run(context) {
    const { values } = parseCommand(
      'economics',
      context.args,
      {
        by: { type: 'string', default: 'model' },
        since: { type: 'string' },
        times: { type: 'string' },
        without: { type: 'string' },
        prices: { type: 'string' },
        ledger: { type: 'string' },
      },
      0,
    );
    const { terminal } = context;
    const by = ECONOMIC_GROUPINGS.find((g) => g === values.by);
    if (!by) throw new CommandError(`--by "${values.by}" is none of ${ECONOMIC_GROUPINGS.join(', ')}.`, EXIT.usage);
    const now = new Date();
    const since = dayOf('since', values.since, localDay(now, systemZone()));
    const { fates, damaged } = await readFates(new AcceptanceLog(acceptanceFolder(terminal.env)), since);
    if (damaged > 0 && !values.quiet) terminal.note(`longview: ${damaged} lines of the record of proposals are damaged and left out\n`);
    // A request may be older than the decision on what it proposed.
    const history = await readLedger(ledgerOption(values.ledger, terminal), () => readHistory(ledgerOption(values.ledger, terminal)));
    const real = asOf(history.entries, now);
    const entries = replayed(real, values, context);
    const [groups, total] = [economicsBy(by, fates, entries), totalEconomics(fates, entries)];
    if (values.json) terminal.write(`${JSON.stringify({ by, total: asJson(total), groups: groups.map(asJson) }, null, 2)}\n`);
    else if (fates.length === 0) terminal.write('No proposals yet. Ask for changes with longview ask --propose.\n');
    else terminal.write(describe(by, groups, total, entries === real ? undefined : totalEconomics(fates, real)));
    return EXIT.done;
  },
};

async function readFates(log: AcceptanceLog, since: string | undefined): Promise<Fates> {
  try {
    return await log.read(since);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new CommandError(`The record of proposals in "${log.folder}" cannot be read (${code}). Check its permissions.`);
  }
}

interface WhatIf {
  readonly times?: string | undefined;
  readonly without?: string | undefined;
  readonly prices?: string | undefined;
}

function replayed(entries: readonly Entry[], { times, without, prices }: WhatIf, context: CommandContext): readonly Entry[] {
  if (times === undefined && without === undefined && prices === undefined) return entries;
  const factor = times === undefined ? 1 : Number(times);
  if (!(factor >= 0 && factor <= 1_000) || times?.trim() === '')
    throw new CommandError(`--times "${times}" is not a number from 0 to 1,000. Write it like 0.2.`, EXIT.usage);
  if (without !== undefined && !entries.some((e) => e.provider === without))
    throw new CommandError(`The ledger has no request to "${without}". See longview cost --by provider.`, EXIT.usage);
  const table = openPrices(prices, context);
  return whatIf(entries, { factor, without }, table);
}

function asJson({ tally, perChange, perFile, ...rest }: Economics) {
  return { ...rest, known: tally.known, unpriced: tally.unpriced, perChange: perChange ?? null, perFile: perFile ?? null };
}

function describe(by: EconomicGrouping, groups: readonly Economics[], total: Economics, was: Economics | undefined): string {
  const { columns, rows } = economicsTable(by, groups, total);
  const table = formatTable(
    columns,
    rows.map(([key = '', ...cells]) => [formatPath(key), ...cells]),
  );
  const truth = was
    ? [
        `What they have cost in truth: ${formatTally(was.tally)}, ${formatCost(was.perChange)} a change. Tokens of another model are an estimate.`,
      ]
    : [];
  return `${table}\n${[...economicsNotes(total), ...truth].join('\n')}\n`;
}
