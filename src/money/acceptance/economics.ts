/** What an accepted change has cost, by model and by action: the record of proposals held against the ledger. */
import { type Entry, tallyOfEntry } from '../ledger/account.js';
import { addTally, NOTHING, type Tally } from '../tally.js';
import type { Fate } from './log.js';
import type { Counts } from './row.js';

export const ECONOMIC_GROUPINGS = ['model', 'action', 'day', 'month', 'workspace'] as const;
export type EconomicGrouping = (typeof ECONOMIC_GROUPINGS)[number];

export interface Economics {
  /** Of what: "anthropic/claude-opus-5-5", "break-cycle", "2026-11". */
  readonly key: string;
  readonly proposals: number;
  /** Of these: something of it was accepted and stands; nobody has decided; it was taken back. */
  readonly applied: number;
  readonly open: number;
  readonly undone: number;
  /** What was taken back counts as not accepted. */
  readonly files: Counts;
  readonly changes: Counts;
  /** Of all requests that the proposals took, applied or not. */
  readonly tally: Tally;
  /** Requests that the ledger has no row of. */
  readonly missing: number;
  /** Micro-dollars, rounded; undefined where nothing was accepted, or a cost is not known. */
  readonly perChange: number | undefined;
  readonly perFile: number | undefined;
}

/** The dearest first; days and months in their order. */
export function economicsBy(by: EconomicGrouping, fates: readonly Fate[], entries: readonly Entry[]): Economics[] {
  const costs = costsOf(entries);
  const groups = new Map<string, Fate[]>();
  for (const fate of fates) {
    const key = keyOf(by, fate);
    groups.set(key, [...(groups.get(key) ?? []), fate]);
  }
  const all = [...groups].map(([key, group]) => economicsOf(key, group, costs));
  return by === 'day' || by === 'month'
    ? all.sort((a, b) => (a.key < b.key ? -1 : 1))
    : all.sort((a, b) => b.tally.known - a.tally.known || (a.key < b.key ? -1 : 1));
}

/** Everything in one. */
export function totalEconomics(fates: readonly Fate[], entries: readonly Entry[]): Economics {
  return economicsOf('total', fates, costsOf(entries));
}

function keyOf(by: EconomicGrouping, fate: Fate): string {
  switch (by) {
    case 'model':
      return `${fate.provider}/${fate.model}`;
    case 'month':
      return fate.day.slice(0, 7);
    default:
      return fate[by];
  }
}

/** Of all attempts of each request. */
function costsOf(entries: readonly Entry[]): ReadonlyMap<string, Tally> {
  const costs = new Map<string, Tally>();
  for (const entry of entries) costs.set(entry.request, addTally(costs.get(entry.request) ?? NOTHING, tallyOfEntry(entry)));
  return costs;
}

function economicsOf(key: string, fates: readonly Fate[], costs: ReadonlyMap<string, Tally>): Economics {
  // A request counts once, whatever repeats it.
  const requests = new Set(fates.flatMap((f) => f.requests));
  let tally = NOTHING;
  let missing = 0;
  for (const request of requests) {
    const cost = costs.get(request);
    if (cost) tally = addTally(tally, cost);
    else missing++;
  }
  const files = sumOf(fates, 'files');
  const changes = sumOf(fates, 'changes');
  const isKnown = missing === 0 && tally.unpriced === 0 && tally.reserved === 0;
  const per = (accepted: number): number | undefined => (isKnown && accepted > 0 ? Math.round(tally.known / accepted) : undefined);
  return {
    key,
    proposals: fates.length,
    applied: fates.filter((f) => f.state === 'decided' && f.files.accepted > 0).length,
    open: fates.filter((f) => f.state === 'open').length,
    undone: fates.filter((f) => f.state === 'undone').length,
    files,
    changes,
    tally,
    missing,
    perChange: per(changes.accepted),
    perFile: per(files.accepted),
  };
}

function sumOf(fates: readonly Fate[], of: 'files' | 'changes'): Counts {
  let [proposed, accepted, refused] = [0, 0, 0];
  for (const { state, [of]: counts } of fates) {
    proposed += counts.proposed;
    refused += counts.refused;
    if (state === 'decided') accepted += counts.accepted;
  }
  return { proposed, accepted, refused };
}
