/** What `longview cost` prints. */
import { formatCount } from '../base/count.js';
import { type Budgets, type Gauge, gaugesOf } from '../money/budgets.js';
import type { Cell } from '../money/export.js';
import { formatUsd, type MicroUsd } from '../money/micro-usd.js';
import type { Comparison } from '../money/reconcile/reconcile.js';
import type { Grouping, Spending } from '../money/spending.js';
import { chargeOf, formatTally, type Tally } from '../money/tally.js';
import { formatPath, formatTable } from './table.js';

export const GROUP_COLUMNS = [
  'key',
  'name',
  'requests',
  'attempts',
  'known',
  'presumed',
  'reserved',
  'saved',
  'unpriced',
  'unbounded',
  'input',
  'cacheRead',
  'expectedCacheRead',
  'output',
  'last',
] as const;

export function groupRow({ key, name, requests, tally, tokens, last }: Spending): Readonly<Record<(typeof GROUP_COLUMNS)[number], Cell>> {
  return { key, name, requests, ...tally, ...tokens, last };
}

/** `was` is what was spent in truth, where this is a replay. */
export function describeSpending(
  by: Grouping,
  groups: readonly Spending[],
  total: Spending,
  today: string,
  was: Spending | undefined,
): string {
  const right = (title: string) => ({ title, align: 'right' as const });
  const columns = [
    { title: by },
    right('requests'),
    { title: 'cost' },
    right('cache saved'),
    right('prompts'),
    right('cached'),
    right('expected'),
    right('answers'),
  ];
  const row = ({ name, key, requests, tally, tokens }: Spending): string[] => [
    `${formatPath(name)}${by === 'day' && key === today ? ' (today)' : ''}`,
    formatCount(requests),
    formatTally(tally),
    formatSigned(tally.saved),
    formatCount(tokens.input),
    formatShare(tokens.cacheRead, tokens.input),
    formatShare(tokens.expectedCacheRead, tokens.input),
    formatCount(tokens.output),
  ];
  const table = formatTable(columns, [...groups.map(row), ...(groups.length > 1 ? [row(total)] : [])]);
  return `${table}\nPrompts and answers in tokens; cached is the share of the prompts that came from the provider's cache, expected what was foreseen.\n${describeRest(total.tally)}${
    was ? `What it has cost in truth: ${formatTally(was.tally)}. Tokens of another model are an estimate.\n` : ''
  }`;
}

/** What the known costs leave out. */
function describeRest({ presumed, reserved, unpriced, unbounded }: Tally): string {
  const lines: string[] = [];
  if (unpriced > 0)
    lines.push(
      `Unknown cost: ${formatCount(unpriced)} ${unpriced === 1 ? 'request' : 'requests'}, at most ${formatUsd(presumed as MicroUsd)}${unbounded > 0 ? `, and ${formatCount(unbounded)} without any bound` : ''}.`,
    );
  if (reserved > 0) lines.push(`On their way: at most ${formatUsd(reserved as MicroUsd)}.`);
  return lines.map((line) => `${line}\n`).join('');
}

/** Gauges of all budgets, as a table or as JSON. */
export function describeBudgets(
  budgets: Budgets,
  day: string,
  workspaces: ReadonlyMap<string, string>,
  tallyOf: (key: string) => Tally,
  asJson: boolean,
): string {
  const { workspace: perWorkspace, ...general } = budgets;
  const gauges: (Gauge & { readonly workspace?: string })[] = gaugesOf(general, { day }, tallyOf);
  if (perWorkspace !== undefined) {
    for (const workspace of workspaces.keys()) {
      const [gauge] = gaugesOf({ workspace: perWorkspace, providers: {} }, { day, workspace }, tallyOf);
      gauges.push({ ...gauge!, workspace });
    }
  }
  if (asJson) return `${JSON.stringify({ budgets: gauges.map(({ tally, ...gauge }) => ({ ...gauge, ...tally })) }, null, 2)}\n`;
  if (gauges.length === 0) return 'No budgets that have a gauge: that of a request or a session has none here.\n';
  const right = (title: string) => ({ title, align: 'right' as const });
  return formatTable(
    [{ title: 'budget' }, { title: '' }, right('used'), right('spent'), right('presumed'), right('reserved'), right('left'), right('of')],
    gauges.map(({ scope, provider, workspace, limit, left, tally }) => [
      provider ?? (workspace === undefined ? scope : formatPath(workspaces.get(workspace) ?? workspace)),
      bar(chargeOf(tally), limit),
      formatShare(chargeOf(tally), limit),
      ...[tally.known, tally.presumed, tally.reserved, left, limit].map((n) => formatUsd(n as MicroUsd)),
    ]),
  );
}

export function describeComparisons(comparisons: readonly Comparison[]): string {
  const right = (title: string) => ({ title, align: 'right' as const });
  const amount = (cost: number | undefined): string => (cost === undefined ? '–' : formatUsd(Math.round(cost) as MicroUsd));
  const table = formatTable(
    [{ title: 'day (UTC)' }, { title: 'model' }, right('here'), right('there'), { title: 'difference' }, { title: 'why' }],
    comparisons.map(({ day, provider, model, kind, why, ours, theirs }) => [
      day,
      formatPath(model === undefined ? provider : `${provider}/${model}`),
      amount(ours.cost),
      amount(theirs.cost),
      kind === 'same' ? '' : kind,
      kind === 'same' ? '' : why,
    ]),
  );
  const open = comparisons.filter(({ kind }) => kind !== 'same' && kind !== 'rounding').length;
  return `${table}\n${open === 0 ? 'The ledger and the report agree.' : `${formatCount(open)} of ${formatCount(comparisons.length)} differ.`}\n`;
}

function bar(part: number, whole: number): string {
  const filled = whole === 0 ? 20 : Math.min(20, Math.floor((part / whole) * 20));
  return `${'█'.repeat(filled)}${'░'.repeat(20 - filled)}`;
}

/** Rounded down: what is not all is not 100 %. */
function formatShare(part: number, whole: number): string {
  return whole === 0 ? '–' : `${Math.floor((part / whole) * 100)} %`;
}

function formatSigned(amount: number): string {
  return `${amount < 0 ? '−' : ''}${formatUsd(Math.abs(amount) as MicroUsd)}`;
}
