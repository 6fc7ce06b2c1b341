/** Views of the ledger: what was spent by day, model, provider, workspace and so on. */
import { type Entry, tallyOfEntry } from './ledger/account.js';
import type { SettledRow } from './ledger/row.js';
import { monthOf } from './local-day.js';
import { addTally, NOTHING, type Tally } from './tally.js';
import type { Bucket } from './usage.js';

export const GROUPINGS = ['day', 'month', 'model', 'provider', 'workspace', 'session', 'action', 'request'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** Of settled attempts whose usage was reported. */
export interface TokenSums {
  /** All tokens of the prompts. */
  readonly input: number;
  /** Of `input`: read from the provider's cache; and as many as were expected to be. */
  readonly cacheRead: number;
  readonly expectedCacheRead: number;
  /** All tokens of the answers, reasoning among them. */
  readonly output: number;
}

export interface Spending {
  /** Of what: "2026-11-21", "anthropic/claude-opus-5-5", the id of a session. */
  readonly key: string;
  /** What to call it: a workspace's name; else the key. */
  readonly name: string;
  readonly requests: number;
  readonly tally: Tally;
  readonly tokens: TokenSums;
  /** When its last attempt was reserved. */
  readonly last: string;
}

/** Attempts that were sent, in groups. Days, months, sessions and requests in their order in time, the others with the dearest first. */
export function spendingBy(by: Grouping, entries: readonly Entry[]): Spending[] {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries.filter(isSent)) {
    const key = keyOf(by, entry);
    const group = groups.get(key);
    if (group) group.push(entry);
    else groups.set(key, [entry]);
  }
  const all = [...groups].map(([key, group]) => sumOf(key, group));
  switch (by) {
    case 'day':
    case 'month':
      return all.sort((a, b) => (a.key < b.key ? -1 : 1));
    case 'session':
    case 'request':
      return all.sort((a, b) => (a.last === b.last ? 0 : a.last < b.last ? -1 : 1));
    default:
      return all.sort((a, b) => b.tally.known - a.tally.known || (a.key < b.key ? -1 : 1));
  }
}

/** Everything in one. */
export function totalOf(entries: readonly Entry[]): Spending {
  return sumOf('total', entries.filter(isSent));
}

/** Neither refused nor given back. */
export const isSent = ({ kind }: Entry): boolean => kind !== 'refused' && kind !== 'released';

function keyOf(by: Grouping, entry: Entry): string {
  switch (by) {
    case 'month':
      return monthOf(entry.day);
    case 'model':
      return `${entry.provider}/${entry.model}`;
    default:
      return entry[by];
  }
}

function sumOf(key: string, entries: readonly Entry[]): Spending {
  const tokens = { input: 0, cacheRead: 0, expectedCacheRead: 0, output: 0 };
  let tally = NOTHING;
  let [last, name] = ['', key];
  for (const entry of entries) {
    tally = addTally(tally, tallyOfEntry(entry));
    if (entry.reserved > last) last = entry.reserved;
    if (entry.workspace === key && entry.workspaceName !== undefined) name = entry.workspaceName;
    if (entry.kind !== 'settled' || !entry.usage) continue;
    tokens.input += inputOf(entry.usage);
    tokens.cacheRead += entry.usage.cacheRead ?? 0;
    tokens.expectedCacheRead += entry.expectedCacheRead;
    tokens.output += outputOf(entry.usage);
  }
  return { key, name, requests: new Set(entries.map(({ request }) => request)).size, tally, tokens, last };
}

type Used = NonNullable<SettledRow['usage']>;

const INPUTS = [
  'input',
  'cacheRead',
  'cacheWrite5m',
  'cacheWrite1h',
  'cacheWrite12h',
  'cacheWriteOther',
] as const satisfies readonly Bucket[];

/** All tokens of the prompt. */
export const inputOf = (usage: Used): number => INPUTS.reduce((sum, bucket) => sum + (usage[bucket] ?? 0), 0);

/** All tokens of the answer. */
export const outputOf = (usage: Used): number => (usage.output ?? 0) + (usage.reasoning ?? 0);
