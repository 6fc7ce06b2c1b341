/** Economics as a Markdown document. Pure. */
import { type EconomicGrouping, economicsBy, totalEconomics } from '../../money/acceptance/economics.js';
import type { Fates } from '../../money/acceptance/log.js';
import { economicsNotes, economicsTable, formatCost } from '../../money/acceptance/words.js';
import type { Entry } from '../../money/ledger/account.js';
import { isSent, spendingBy } from '../../money/spending.js';
import { formatTally } from '../../money/tally.js';

/** The requests as they would have been: other prices, or another provider. */
export type Replayed = (circumstances: { readonly factor?: number; readonly without?: string }) => readonly Entry[];

/** Price drops that are reckoned with. */
const DROPS = [
  [0.5, 'prices were half of what they are'],
  [0.2, 'prices were a fifth'],
] as const;
/** Providers without which it is reckoned, the dearest first. */
const MOST_PROVIDERS = 3;

export function economicsText({ fates, damaged }: Fates, entries: readonly Entry[], replayed: Replayed): string {
  if (fates.length === 0) return '# Economics\n\nNo proposals yet. Let a question propose changes, and accept what is good.\n';
  const total = totalEconomics(fates, entries);
  const section = (title: string, by: EconomicGrouping): string => {
    const { columns, rows } = economicsTable(by, economicsBy(by, fates, entries), total);
    return `## ${title}\n\n${markdownTable(
      columns.map(({ title }) => title),
      columns.map(({ align }) => align === 'right'),
      rows,
    )}`;
  };
  const requests = new Set(fates.flatMap((f) => f.requests));
  const own = entries.filter((e) => requests.has(e.request));
  const whatIfs = [
    ...DROPS.map(([factor, what]) => [what, replayed({ factor })] as const),
    ...spendingBy('provider', own.filter(isSent))
      .slice(0, MOST_PROVIDERS)
      .map(({ key }) => [`there were no ${key}`, replayed({ without: key })] as const),
  ].map(([what, then]) => {
    const { tally, perChange } = totalEconomics(fates, then);
    return [what, formatTally(tally), formatCost(perChange)];
  });
  return [
    '# Economics',
    `An accepted change has cost **${formatCost(total.perChange)}**, all proposals together **${formatTally(total.tally)}**.`,
    section('By model', 'model'),
    section('By action', 'action'),
    section('By month', 'month'),
    `## If…\n\n${markdownTable(['if', 'cost', 'a change'], [false, false, true], [['as it is', formatTally(total.tally), formatCost(total.perChange)], ...whatIfs])}`,
    [
      ...economicsNotes(total),
      'Without a provider each of its requests goes to the next best model; tokens of another model are an estimate.',
      ...(damaged > 0 ? [`${damaged} lines of the record are damaged and left out.`] : []),
    ].join('\n\n'),
  ].join('\n\n');
}

function markdownTable(titles: readonly string[], right: readonly boolean[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(escaped).join(' | ')} |`;
  return [line(titles), `| ${right.map((r) => (r ? '---:' : '---')).join(' | ')} |`, ...rows.map(line)].join('\n');
}

/** Names are as a provider or a file gave them. */
const escaped = (text: string): string => text.replace(/[\\`*_{}[\]<>|!#&~]/g, '\\$&').replace(/\s+/g, ' ');
