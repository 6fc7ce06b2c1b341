/** The rows of the view Requests: budgets, what was spent, and every request by its day. Pure, so that they can be tested without an editor. */
import { formatCount } from '../../base/count.js';
import type { Gauge } from '../../money/budgets.js';
import { type Entry, tallyOfEntry } from '../../money/ledger/account.js';
import { monthOf } from '../../money/local-day.js';
import { formatUsd, type MicroUsd } from '../../money/micro-usd.js';
import { isSent, type Spending, spendingBy, totalOf } from '../../money/spending.js';
import { addTally, chargeOf, formatTally, NOTHING, type Tally } from '../../money/tally.js';

export type HistoryRow = GaugeRow | SpentRow | ProviderRow | DayRow | RequestRow;

export interface GaugeRow {
  readonly kind: 'gauge';
  readonly gauge: Gauge;
}

/** This month, with its providers below it. */
export interface SpentRow {
  readonly kind: 'spent';
  readonly month: string;
  readonly tally: Tally;
  readonly providers: readonly ProviderRow[];
}

export interface ProviderRow {
  readonly kind: 'provider';
  readonly month: string;
  readonly spending: Spending;
}

export interface DayRow {
  readonly kind: 'day';
  /** "2026-11-21". */
  readonly day: string;
  readonly tally: Tally;
  /** Newest first. */
  readonly requests: readonly RequestRow[];
}

/** One request, with all attempts at it. */
export interface RequestRow {
  readonly kind: 'request';
  /** Its id in the ledger. */
  readonly id: string;
  readonly day: string;
  /** The attempt that ended it. */
  readonly last: Entry;
  readonly attempts: number;
  readonly tally: Tally;
}

/** @param entries in the order in which they were reserved; @param today a calendar day of the user's. */
export function historyRows(entries: readonly Entry[], gauges: readonly Gauge[], today: string): readonly HistoryRow[] {
  const month = monthOf(today);
  const ofMonth = entries.filter(({ day }) => monthOf(day) === month);
  const spent = totalOf(ofMonth).tally;
  const providers = spendingBy('provider', ofMonth).map((spending): ProviderRow => ({ kind: 'provider', month, spending }));
  return [
    ...gauges.map((gauge): GaugeRow => ({ kind: 'gauge', gauge })),
    ...(spent.attempts > 0 ? [{ kind: 'spent', month, tally: spent, providers } as const] : []),
    ...daysOf(entries),
  ];
}

function daysOf(entries: readonly Entry[]): readonly DayRow[] {
  const requests = new Map<string, RequestRow>();
  for (const last of entries.filter(isSent)) {
    const { request: id, day } = last;
    const before = requests.get(id);
    // The newest goes to the end.
    requests.delete(id);
    const tally = addTally(before?.tally ?? NOTHING, tallyOfEntry(last));
    requests.set(id, { kind: 'request', id, day, last, attempts: (before?.attempts ?? 0) + 1, tally });
  }
  const days = new Map<string, RequestRow[]>();
  for (const request of [...requests.values()].reverse()) {
    const day = days.get(request.day);
    if (day) day.push(request);
    else days.set(request.day, [request]);
  }
  return [...days]
    .sort(([a], [b]) => (a < b ? 1 : -1))
    .map(([day, ofDay]) => ({ kind: 'day', day, tally: ofDay.reduce((sum, { tally }) => addTally(sum, tally), NOTHING), requests: ofDay }));
}

/** What a row shows, ready to be put into a tree. */
export interface RowWords {
  readonly label: string;
  readonly description: string;
  /** Plain lines. */
  readonly tooltip: readonly string[];
  /** Name of a product icon, and of its colour where that says something. */
  readonly icon: string;
  readonly color?: string | undefined;
}

const SCOPES: Readonly<Record<Gauge['scope'], string>> = {
  request: 'One request',
  session: 'This session',
  day: 'Today',
  month: 'This month',
  workspace: 'This workspace, this month',
  provider: 'this month',
};

/** Share of a budget from which on it is shown as nearly spent. */
const NEARLY = 0.8;

/** @param task what was asked, where its answer is kept. */
export function wordsOf(row: HistoryRow, today: string, task?: string): RowWords {
  switch (row.kind) {
    case 'gauge':
      return gaugeWords(row.gauge);
    case 'spent':
      return {
        label: 'Spent this month',
        description: formatTally(row.tally),
        tooltip: savedLines(row.tally),
        icon: 'credit-card',
      };
    case 'provider':
      return {
        label: row.spending.name,
        description: `${formatTally(row.spending.tally)}, ${requestCount(row.spending.requests)}`,
        tooltip: [
          `${formatCount(row.spending.tokens.input)} tokens in, ${formatCount(row.spending.tokens.cacheRead)} of them cached, ${formatCount(row.spending.tokens.output)} out`,
          ...savedLines(row.spending.tally),
        ],
        icon: 'server',
      };
    case 'day':
      return {
        label: row.day === today ? 'Today' : row.day,
        description: `${formatTally(row.tally)}, ${requestCount(row.requests.length)}`,
        tooltip: savedLines(row.tally),
        icon: 'calendar',
      };
    case 'request':
      return requestWords(row, task);
  }
}

function gaugeWords({ scope, provider, limit, tally, left }: Gauge): RowWords {
  const used = chargeOf(tally);
  const share = limit === 0 ? 1 : used / limit;
  const percent = `${Math.min(100, Math.round(100 * share))} %`;
  return {
    label: `Budget: ${provider === undefined ? SCOPES[scope] : `${provider}, ${SCOPES[scope]}`}`,
    description: `${formatUsd(used)} of ${formatUsd(limit)}, ${percent}`,
    tooltip: [
      `${formatUsd(left)} left`,
      `Spent: ${formatTally(tally)}`,
      ...(tally.reserved > 0 ? [`On its way, at most: ${formatUsd(tally.reserved as MicroUsd)}`] : []),
      ...(tally.presumed > 0 ? [`Unknown, at worst: ${formatUsd(tally.presumed as MicroUsd)}`] : []),
    ],
    icon: left === 0 ? 'error' : share >= NEARLY ? 'warning' : 'dashboard',
    ...(left === 0 ? { color: 'list.errorForeground' } : share >= NEARLY ? { color: 'list.warningForeground' } : {}),
  };
}

const STATES: Readonly<Record<string, { readonly word: string; readonly icon: string }>> = {
  ok: { word: 'answered', icon: 'pass' },
  failed: { word: 'failed', icon: 'error' },
  cut: { word: 'broke off', icon: 'warning' },
  cancelled: { word: 'stopped', icon: 'debug-stop' },
  lost: { word: 'lost: its window was closed or killed', icon: 'question' },
  reserved: { word: 'on its way', icon: 'sync' },
};

function requestWords({ last, tally, attempts }: RequestRow, task: string | undefined): RowWords {
  const { provider, model, action, workspaceName, workspace, reserved } = last;
  const state = STATES[last.kind === 'settled' ? last.outcome : last.kind] ?? STATES.lost!;
  const cost = last.kind === 'reserved' ? `at most ${last.worst === undefined ? 'unknown' : formatUsd(last.worst)}` : costOf(tally);
  const [first = ''] = (task ?? '').trim().split('\n');
  return {
    label: first === '' ? action : first,
    description: `${cost}, ${model}${state.word === 'answered' ? '' : `, ${state.word}`}`,
    tooltip: [
      ...(task === undefined ? [] : [task]),
      `${provider}/${model}, ${state.word}`,
      `${reserved.slice(0, 16).replace('T', ' ')} UTC, ${workspaceName ?? workspace}`,
      `Cost: ${cost}${last.kind === 'settled' && 'unknown' in last.cost ? `: ${last.cost.unknown}` : ''}`,
      ...(last.quote ? [`Quoted: ${formatUsd(last.quote.low)} to ${formatUsd(last.quote.high)}`] : []),
      ...(attempts > 1 ? [`${attempts} attempts`] : []),
      ...savedLines(tally),
    ],
    icon: state.icon,
  };
}

/** Of one request an unknown cost has no lower bound worth telling. */
function costOf(tally: Tally): string {
  return tally.known === 0 && tally.unpriced > 0 ? 'cost unknown' : formatTally(tally);
}

function savedLines({ saved }: Tally): readonly string[] {
  if (saved === 0) return [];
  return [
    saved > 0
      ? `Saved by the provider's cache: ${formatUsd(saved as MicroUsd)}`
      : `Cost of writing to the provider's cache: ${formatUsd(-saved as MicroUsd)}`,
  ];
}

const requestCount = (n: number): string => `${formatCount(n)} ${n === 1 ? 'request' : 'requests'}`;
