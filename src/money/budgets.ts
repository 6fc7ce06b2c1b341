/** Caps on what may be spent, and whether a request is allowed under them. */
import type { Attempt } from './ledger/row.js';
import { monthOf } from './local-day.js';
import { formatUsd, type MicroUsd, microUsd } from './micro-usd.js';
import { chargeOf, type Tally } from './tally.js';

/** What a budget is for. Those of a workspace and of a provider are for a calendar month; one of a session is for all of it. */
export const CAP_SCOPES = ['request', 'session', 'day', 'month', 'workspace', 'provider'] as const;
export type CapScope = (typeof CAP_SCOPES)[number];
export type Caps = Readonly<Partial<Record<CapScope, MicroUsd>>>;

/** As the settings have them. */
export interface Budgets extends Readonly<Partial<Record<Exclude<CapScope, 'provider'>, MicroUsd>>> {
  readonly providers: Readonly<Record<string, MicroUsd>>;
}

export const NO_BUDGETS: Budgets = { providers: {} };

export type ReadBudgets =
  | { readonly kind: 'read'; readonly budgets: Budgets }
  /** One sentence for each mistake, naming the setting. */
  | { readonly kind: 'invalid'; readonly problems: readonly string[] };

/** USD; a larger number is a slip of the unit. */
const MAX_BUDGET = 1_000_000;

/**
 * Reads the setting: `{ request?, session?, day?, month?, workspace?, providers?: { NAME: … } }`
 * in USD. 0 allows nothing but what is free; null is no budget.
 */
export function readBudgets(value: unknown): ReadBudgets {
  if (value === undefined || value === null) return { kind: 'read', budgets: NO_BUDGETS };
  if (!isRecord(value)) return { kind: 'invalid', problems: ['budgets must be an object like { "day": 5, "month": 60 }, in USD'] };
  const problems: string[] = [];
  const read = (from: Readonly<Record<string, unknown>>, prefix: string): Record<string, MicroUsd> => {
    const amounts: Record<string, MicroUsd> = {};
    for (const [key, usd] of Object.entries(from)) {
      if (usd === null) continue;
      if (typeof usd === 'number' && usd >= 0 && usd <= MAX_BUDGET) amounts[key] = microUsd(Math.round(usd * 1e6));
      else
        problems.push(
          `budget "${prefix}${key}" must be a number of US dollars from 0 to ${MAX_BUDGET.toLocaleString('en-US')}, or null for none`,
        );
    }
    return amounts;
  };
  const { providers, ...scopes } = value;
  const known = CAP_SCOPES.filter((s) => s !== 'provider');
  for (const key of Object.keys(scopes)) {
    if (!known.some((s) => s === key)) problems.push(`there is no budget "${key}"; there are ${known.join(', ')} and providers`);
  }
  const budgets = read(scopes, '');
  if (providers !== undefined && providers !== null && !isRecord(providers))
    problems.push('budget "providers" must be an object like { "anthropic": 40 }');
  const byProvider = isRecord(providers) ? read(providers, 'providers.') : {};
  return problems.length > 0 ? { kind: 'invalid', problems } : { kind: 'read', budgets: { ...budgets, providers: byProvider } };
}

/** The caps on a request to `provider`. */
export function capsFor({ providers, ...caps }: Budgets, provider: string): Caps {
  const own = Object.hasOwn(providers, provider) ? providers[provider] : undefined;
  return own === undefined ? caps : { ...caps, provider: own };
}

/** Names the tally that a cap of this scope is held against. */
export function tallyKey(scope: CapScope, of: Pick<Attempt, CapScopeField>): string {
  const month = monthOf(of.day);
  switch (scope) {
    case 'request':
      return `request ${of.request}`;
    case 'session':
      return `session ${of.session}`;
    case 'day':
      return `day ${of.day}`;
    case 'month':
      return `month ${month}`;
    case 'workspace':
      return `workspace ${month} ${of.workspace}`;
    case 'provider':
      return `provider ${month} ${of.provider}`;
  }
}

export type CapScopeField = 'request' | 'session' | 'day' | 'workspace' | 'provider';

export interface Refusal {
  readonly kind: 'refused';
  /** `unpriced`: its price is unknown, and no budget can be held with it. */
  readonly reason: 'over' | 'unpriced';
  /** The budget that has least left. */
  readonly scope: CapScope;
  readonly limit: MicroUsd;
  /** What counts against it so far. */
  readonly tally: Tally;
  readonly left: MicroUsd;
  /** The dearest worst case that all budgets would allow. */
  readonly fits: MicroUsd;
  readonly worst?: MicroUsd | undefined;
}

export type Booking = Pick<Attempt, CapScopeField | 'worst'> & { readonly caps: Caps; readonly unpriced?: boolean | undefined };

/**
 * Undefined if every cap has room for the worst case of `booking`. A booking without a worst
 * case, of an unknown price, is refused wherever there is a cap, unless the user allowed it.
 */
export function refusalOf(booking: Booking, tallyOf: (key: string) => Tally): Refusal | undefined {
  const { caps, worst, unpriced } = booking;
  let tightest: Omit<Refusal, 'kind' | 'reason' | 'fits' | 'worst'> | undefined;
  for (const scope of CAP_SCOPES) {
    const limit = caps[scope];
    if (limit === undefined) continue;
    const tally = tallyOf(tallyKey(scope, booking));
    const left = microUsd(Math.max(0, limit - chargeOf(tally)));
    if (!tightest || left < tightest.left) tightest = { scope, limit, tally, left };
  }
  if (!tightest || (worst === undefined ? unpriced === true : worst <= tightest.left)) return undefined;
  return { kind: 'refused', reason: worst === undefined ? 'unpriced' : 'over', ...tightest, fits: tightest.left, worst };
}

/** How full one budget is. */
export interface Gauge {
  readonly scope: CapScope;
  /** Of which provider. */
  readonly provider?: string | undefined;
  readonly limit: MicroUsd;
  readonly tally: Tally;
  readonly left: MicroUsd;
}

/** The budgets for which it is known whose they are; one of a single request has no gauge. */
export function gaugesOf(
  { providers, ...caps }: Budgets,
  of: { readonly day: string; readonly session?: string | undefined; readonly workspace?: string | undefined },
  tallyOf: (key: string) => Tally,
): Gauge[] {
  const { day, session = '', workspace = '' } = of;
  const gauge = (scope: CapScope, limit: MicroUsd, provider = ''): Gauge => {
    const tally = tallyOf(tallyKey(scope, { request: '', day, session, workspace, provider }));
    return { scope, ...(provider === '' ? {} : { provider }), limit, tally, left: microUsd(Math.max(0, limit - chargeOf(tally))) };
  };
  const known = { session: of.session !== undefined, day: true, month: true, workspace: of.workspace !== undefined };
  return [
    ...(['session', 'day', 'month', 'workspace'] as const).flatMap((scope) => {
      const limit = caps[scope];
      return limit === undefined || !known[scope] ? [] : [gauge(scope, limit)];
    }),
    ...Object.entries(providers).map(([provider, limit]) => gauge('provider', limit, provider)),
  ];
}

const SCOPE_WORDS: Readonly<Record<CapScope, string>> = {
  request: 'the budget of one request',
  session: "this session's budget",
  day: "today's budget",
  month: "this month's budget",
  workspace: "this workspace's budget for the month",
  provider: "this provider's budget for the month",
};

/** Two sentences: what stands against it, and what would go. */
export function describeRefusal({ reason, scope, limit, tally, left, worst }: Refusal): string {
  const budget = `${SCOPE_WORDS[scope]} of ${formatUsd(limit)}`;
  if (reason === 'unpriced' || worst === undefined) {
    return `The price of this model is not known, so ${budget} cannot be held. State its price in the settings, choose a model with a known price, or allow unpriced requests.`;
  }
  const parts = [
    `${formatUsd(microUsd(tally.known))} spent`,
    ...(tally.presumed > 0 ? [`${formatUsd(microUsd(tally.presumed))} presumed for requests of unknown cost`] : []),
    ...(tally.reserved > 0 ? [`${formatUsd(microUsd(tally.reserved))} reserved for requests on their way`] : []),
  ];
  const room = left === 0 ? 'nothing is left' : `${formatUsd(left)} is left`;
  return `This request may cost up to ${formatUsd(worst)}, and of ${budget} ${room} (${parts.join(', ')}). ${
    left === 0
      ? 'Raise the budget or use a free model.'
      : `A request of at most ${formatUsd(left)} would fit: a shorter answer, a smaller pack or a cheaper model.`
  }`;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
