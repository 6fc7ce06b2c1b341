/** Holds the ledger against a provider's report, and says of each difference what it is. */
import { costOfEntry, type Entry } from '../ledger/account.js';
import { isSent } from '../spending.js';
import type { Bucket } from '../usage.js';
import { NO_TOKENS, type ReportLine, TOKEN_CLASSES, type TokenClass, type TokenCounts } from './report.js';

/** What one side says of a model on a day. */
export interface Side {
  /** Undefined if it does not say. */
  readonly requests?: number | undefined;
  readonly tokens?: TokenCounts | undefined;
  /** Micro-dollars. */
  readonly cost?: number | undefined;
}

/**
 * `same`: to the token, and to the cent's fraction that the report gives. `rounding`: only what each
 * side rounds. `price`: the same tokens at another price. `usage`: as many requests, other
 * tokens. `unsettled`: ours of unknown cost or usage can be what is more on their side.
 * `missing here`: not in this ledger. `missing there`: not in the report. `cost`: without
 * tokens in the report, usage cannot be told from price.
 */
export type DifferenceKind = 'same' | 'rounding' | 'price' | 'usage' | 'unsettled' | 'missing here' | 'missing there' | 'cost';

export interface Comparison {
  /** UTC, as providers have it; of a report with longer buckets, the first day. */
  readonly day: string;
  readonly provider: string;
  /** Undefined for all models of the provider. */
  readonly model?: string | undefined;
  readonly kind: DifferenceKind;
  /** One sentence without a full stop. */
  readonly why: string;
  readonly ours: Side;
  readonly theirs: Side;
}

const DAY = 86_400_000;

/** One comparison for each model and UTC day (or longer bucket) of the report, by day and model. */
export function reconcile(entries: readonly Entry[], lines: readonly ReportLine[]): Comparison[] {
  if (lines.length === 0) return [];
  const groups = new Map<string, Group>();
  // A report that names no model at all is compared as a whole; in one that does, a line without is of something else.
  const named = new Set<string>(lines.filter(({ model }) => model !== undefined).map(({ provider }) => provider));
  const groupOf = (provider: string, from: number, to: number, model: string | undefined): Group => {
    const start = Math.floor(from / DAY) * DAY;
    const end = Math.max(Math.ceil(to / DAY) * DAY, start + DAY);
    const name = named.has(provider) ? plain(model ?? 'other') : undefined;
    const key = `${start} ${end} ${provider} ${name ?? ''}`;
    const found = groups.get(key) ?? {
      day: new Date(start).toISOString().slice(0, 10),
      provider,
      model: name,
      start,
      end,
      lines: [],
      entries: [],
    };
    groups.set(key, found);
    return found;
  };
  const spans = new Map<string, { readonly provider: string; readonly from: number; readonly to: number }>();
  for (const line of lines) {
    groupOf(line.provider, line.from, line.to, line.model).lines.push(line);
    spans.set(`${line.provider} ${line.from} ${line.to}`, line);
  }
  for (const entry of entries.filter(isSent)) {
    const at = Date.parse(entry.reserved);
    const span = [...spans.values()].find(({ provider, from, to }) => provider === entry.provider && from <= at && at < to);
    if (span) groupOf(entry.provider, span.from, span.to, entry.model).entries.push(entry);
  }
  return [...groups.values()]
    .sort((a, b) => a.start - b.start || (`${a.provider}/${a.model}` < `${b.provider}/${b.model}` ? -1 : 1))
    .map((group) => ({ day: group.day, provider: group.provider, model: group.model, ...compare(group) }));
}

interface Group {
  readonly day: string;
  readonly provider: string;
  readonly model: string | undefined;
  readonly start: number;
  readonly end: number;
  readonly lines: ReportLine[];
  readonly entries: Entry[];
}

/** Reports name snapshots ("claude-sonnet-4-5-20250929") where a request may have named the model. */
const plain = (model: string): string => model.toLowerCase().replace(/-(?:20\d{6}|20\d\d-\d\d-\d\d|latest)$/, '');

function compare({ lines, entries, end }: Group): Pick<Comparison, 'kind' | 'why' | 'ours' | 'theirs'> {
  const theirs = sideOf(lines);
  const ours = ourSide(entries);
  const sides = { ours: ours.side, theirs };
  if (lines.length === 0)
    return {
      kind: 'missing there',
      why: `${plural(entries.length, 'attempt')} of ours, and nothing in the report: billed to another account or not billed yet`,
      ...sides,
    };
  if (entries.length === 0)
    return { kind: 'missing here', why: 'nothing of it is in this ledger: used elsewhere with the same account', ...sides };

  const over = entries.filter((e) => e.kind === 'settled' && Date.parse(e.reserved) < end && Date.parse(e.at) >= end).length;
  const edge = over === 0 ? '' : `; ${plural(over, 'attempt')} ran over midnight UTC and may be on the next day there`;
  const differs = theirs.tokens ? TOKEN_CLASSES.filter((c) => theirs.tokens![c] !== ours.side.tokens![c]) : [];
  const more = theirs.tokens ? differs.every((c) => theirs.tokens![c] > ours.side.tokens![c]) : (theirs.cost ?? 0) > (ours.side.cost ?? 0);
  const requests = theirs.requests === undefined ? 0 : theirs.requests - ours.side.requests!;
  const costsDiffer = theirs.cost !== undefined && Math.abs(theirs.cost - ours.side.cost!) > ours.rounding;
  if (differs.length === 0 && requests === 0 && !costsDiffer) {
    const exact = theirs.cost === undefined || Math.abs(theirs.cost - ours.side.cost!) < 0.5;
    return exact
      ? { kind: 'same', why: 'the same', ...sides }
      : { kind: 'rounding', why: `each of ${plural(entries.length, 'cost')} is rounded to a micro-dollar here`, ...sides };
  }
  if (ours.unsettled > 0 && more) {
    return {
      kind: 'unsettled',
      why: `${plural(ours.unsettled, 'attempt')} of ours ended without a bill, which this may be${edge}`,
      ...sides,
    };
  }
  if (requests !== 0) {
    return requests > 0
      ? { kind: 'missing here', why: `${plural(requests, 'request')} more there: used elsewhere with the same account${edge}`, ...sides }
      : {
          kind: 'missing there',
          why: `${plural(-requests, 'request')} fewer there: billed to another account or not billed yet${edge}`,
          ...sides,
        };
  }
  if (differs.length > 0) {
    const list = differs.map((c) => `${CLASS_WORDS[c]} ${signed(theirs.tokens![c] - ours.side.tokens![c])}`).join(', ');
    return { kind: 'usage', why: `other tokens there: ${list}${edge}`, ...sides };
  }
  if (theirs.tokens) {
    const factor = ours.side.cost === 0 ? '' : ` (${(theirs.cost! / ours.side.cost!).toFixed(3)} times ours)`;
    return {
      kind: 'price',
      why: `the same tokens at another price${factor}: a discount, a surcharge, or a price table out of date`,
      ...sides,
    };
  }
  return {
    kind: 'cost',
    why: `${theirs.cost! > ours.side.cost! ? 'more' : 'less'} there; the report has no tokens, add the usage report to tell why${edge}`,
    ...sides,
  };
}

const CLASS_WORDS: Readonly<Record<TokenClass, string>> = {
  input: 'plain input',
  cacheRead: 'cache reads',
  cacheWrite: 'cache writes',
  cacheWriteLong: 'long cache writes',
  output: 'output',
};

const CLASS_OF: Readonly<Partial<Record<Bucket, TokenClass>>> = {
  input: 'input',
  cacheRead: 'cacheRead',
  cacheWrite5m: 'cacheWrite',
  cacheWriteOther: 'cacheWrite',
  cacheWrite1h: 'cacheWriteLong',
  cacheWrite12h: 'cacheWriteLong',
  output: 'output',
  reasoning: 'output',
};

function sideOf(lines: readonly ReportLine[]): Side {
  const all = <T>(of: (line: ReportLine) => T | undefined): T[] => lines.map(of).filter((v) => v !== undefined);
  const sum = (numbers: readonly number[]): number | undefined => (numbers.length === 0 ? undefined : numbers.reduce((a, b) => a + b, 0));
  const tokens = all((line) => line.tokens);
  // Usage and cost reports both count requests; they are the same ones.
  const requests = sum(lines.flatMap((l) => (l.tokens && l.requests !== undefined ? [l.requests] : []))) ?? sum(all((l) => l.requests));
  return { requests, ...(tokens.length === 0 ? {} : { tokens: tokens.reduce(addTokens, NO_TOKENS) }), cost: sum(all((l) => l.billed)) };
}

function ourSide(entries: readonly Entry[]): { readonly side: Side; readonly unsettled: number; readonly rounding: number } {
  let tokens = NO_TOKENS;
  let [cost, unsettled, requests] = [0, 0, 0];
  for (const entry of entries) {
    const usage = entry.kind === 'settled' ? entry.usage : undefined;
    const known = costOfEntry(entry);
    cost += known ?? 0;
    if (known === undefined || usage === undefined) unsettled++;
    if (usage === undefined) continue;
    const counted: Record<TokenClass, number> = { ...NO_TOKENS };
    for (const [bucket, n] of Object.entries(usage) as [Bucket, number][]) {
      const of = CLASS_OF[bucket];
      if (of) counted[of] += n;
    }
    tokens = addTokens(tokens, counted);
    // One that was turned away is no request to the provider's accountant.
    if (Object.keys(usage).length > 0) requests++;
  }
  return { side: { requests, tokens, cost }, unsettled, rounding: 0.5 * entries.length + 0.5 };
}

function addTokens(a: TokenCounts, b: TokenCounts): TokenCounts {
  return {
    input: a.input + b.input,
    cacheRead: a.cacheRead + b.cacheRead,
    cacheWrite: a.cacheWrite + b.cacheWrite,
    cacheWriteLong: a.cacheWriteLong + b.cacheWriteLong,
    output: a.output + b.output,
  };
}

const plural = (n: number, noun: string): string => `${n.toLocaleString('en-US')} ${noun}${n === 1 ? '' : 's'}`;
const signed = (n: number): string => `${n > 0 ? '+' : '−'}${Math.abs(n).toLocaleString('en-US')}`;
