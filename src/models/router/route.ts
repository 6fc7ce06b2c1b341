/**
 * Chooses who is asked: hard filters first, then the least score inside the lowest tier that
 * is good enough. The same candidates and need give the same route; docs/routing.md has the rules.
 */

import type { Refusal } from '../../money/budgets.js';
import type { MicroUsd } from '../../money/micro-usd.js';
import type { Fit } from '../../money/quote.js';
import type { Model } from '../catalogue.js';
import type { Latency, Verdict } from '../health/health.js';
import type { TokenEstimate } from '../token-counter.js';
import { answerTime, type Preference, type Score, scoreOf } from './score.js';
import { type QualityTier, rankOf, type StatedTier } from './tiers.js';

/** A model that could be asked, with all that is known of the request at it. */
export interface Candidate {
  /** "provider/model". */
  readonly name: string;
  /** The user named it: what nobody has stated of it is taken to be good enough. */
  readonly chosenByUser: boolean;
  readonly tier?: StatedTier | undefined;
  readonly capabilities: Model['capabilities'];
  /** ISO date. */
  readonly retires?: string | undefined;
  /** Why the gate would not let the request go there. */
  readonly barred: readonly string[];
  /** The environment variable or setting that would hold the key that is lacking. */
  readonly lacksKey?: string | undefined;
  readonly input: TokenEstimate;
  readonly fits: Fit;
  /** Tokens that a prompt may have there. */
  readonly room?: number | undefined;
  /** Tokens at the beginning of the prompt that the provider's cache is expected to hold. */
  readonly warm: number;
  /** What it is expected to cost with those read from the cache, and the most it can. */
  readonly cost: { readonly expected: MicroUsd; readonly worst: MicroUsd } | { readonly unknown: string };
  /** The budget that has no room for it. */
  readonly refusal?: Refusal | undefined;
  readonly verdict: Verdict;
  readonly latency: Latency;
}

export type Capability = keyof Model['capabilities'];

export interface Need {
  readonly tier: QualityTier;
  readonly capabilities: readonly Capability[];
  /** Tokens that the answer is expected to have. */
  readonly expectedOutput: number;
  readonly preference: Preference;
  readonly allowUnpriced: boolean;
  /** The models that the user wants asked, in this order, whatever others offer. None: the best one. */
  readonly named: readonly string[];
  /** The model that this session has asked so far. */
  readonly current?: string | undefined;
  readonly at: Date;
}

/** Why a candidate is out of the question. */
export type Objection =
  | { readonly kind: 'barred'; readonly reason: string }
  | { readonly kind: 'capability'; readonly lacks: Capability }
  | { readonly kind: 'retired'; readonly on: string }
  | { readonly kind: 'fit'; readonly fits: Exclude<Fit, 'yes'> }
  | { readonly kind: 'tier'; readonly has: QualityTier | undefined; readonly needs: QualityTier }
  | { readonly kind: 'key'; readonly variable: string }
  | { readonly kind: 'unpriced'; readonly reason: string }
  | { readonly kind: 'budget'; readonly refusal: Refusal }
  | { readonly kind: 'breaker'; readonly verdict: Exclude<Verdict, { kind: 'closed' | 'half-open' }> };

/** Why a candidate that may be asked stands behind the chosen one. `score`: its own is greater; `name`: it is the same. */
export type Behind = 'named' | 'stays' | 'tier' | 'unpriced' | 'score' | 'name';

export interface Judged {
  readonly candidate: Candidate;
  /** Milliseconds until the answer is expected to be whole. */
  readonly time: number;
  /** Undefined where the cost is not known. */
  readonly score?: Score | undefined;
  /** Empty for those that may be asked. */
  readonly objections: readonly Objection[];
  /** Set aside because the user named it. */
  readonly overridden: readonly Objection[];
  /** Why it stands behind the chosen one. */
  readonly behind?: Behind | undefined;
}

export interface Route {
  /** Undefined: nobody that is allowed to can be asked. */
  readonly chosen: Judged | undefined;
  /** `named`: the user wants it. `stays`: the session's, and nobody gains enough on it. */
  readonly because: 'named' | 'stays' | 'best';
  /** Who is asked if the chosen one cannot answer, in this order. */
  readonly fallbacks: readonly Judged[];
  /** Could be asked, the best first; but the user named others. */
  readonly others: readonly Judged[];
  readonly rejected: readonly Judged[];
}

/** Share of its score that somebody must be better by for a session to leave its model. */
export const HYSTERESIS = 0.15;

export function route(candidates: readonly Candidate[], need: Need): Route {
  const judged = [...candidates].sort((a, b) => byName(a.name, b.name)).map((candidate) => judge(candidate, need));
  const allowed = judged.filter((j) => j.objections.length === 0).sort(byRank);
  const rejected = judged.filter((j) => j.objections.length > 0);
  if (need.named.length > 0) {
    const named = need.named.flatMap((name) => allowed.find((j) => j.candidate.name === name) ?? []);
    const others = allowed.filter((j) => !named.includes(j));
    const [chosen, ...fallbacks] = named;
    return { chosen, because: 'named', fallbacks: behind(chosen, fallbacks, 'named'), others: behind(chosen, others, 'named'), rejected };
  }
  const best = allowed[0];
  const current = allowed.find((j) => j.candidate.name === need.current);
  const stays = best !== undefined && current !== undefined && best !== current && staysWith(current, best);
  const chosen = stays ? current : best;
  const fallbacks = allowed.filter((j) => j !== chosen);
  return {
    chosen,
    because: stays ? 'stays' : 'best',
    fallbacks: behind(chosen, fallbacks, stays ? 'stays' : undefined),
    others: [],
    rejected,
  };
}

/** The cost of billing the prefix anew elsewhere is already in the other's score: its part of the prompt is not warm. */
function staysWith({ score: own }: Judged, { score: other }: Judged): boolean {
  return own !== undefined && (other === undefined || other.total >= own.total * (1 - HYSTERESIS));
}

function judge(candidate: Candidate, need: Need): Judged {
  const { cost, latency } = candidate;
  const time = answerTime(latency, need.expectedOutput);
  const score = 'expected' in cost ? scoreOf(cost.expected, time, need.preference) : undefined;
  const all = objectionsTo(candidate, need);
  const isNamed = need.named.includes(candidate.name);
  const gives = (o: Objection): boolean => isNamed && isOverridable(o);
  return { candidate, time, score, objections: all.filter((o) => !gives(o)), overridden: all.filter(gives) };
}

/** In the order in which they are looked at: what may leave, what can be done, what is good enough, what it costs, how it is. */
function objectionsTo(candidate: Candidate, need: Need): Objection[] {
  const { barred, capabilities, retires, fits, tier, lacksKey, cost, refusal, verdict, chosenByUser } = candidate;
  const objections: Objection[] = barred.map((reason) => ({ kind: 'barred', reason }));
  for (const lacks of need.capabilities) {
    if (capabilities[lacks] === false || (capabilities[lacks] === undefined && !chosenByUser))
      objections.push({ kind: 'capability', lacks });
  }
  if (retires !== undefined && Date.parse(retires) <= need.at.getTime()) objections.push({ kind: 'retired', on: retires });
  if (fits !== 'yes' && !(fits === 'unknown' && chosenByUser)) objections.push({ kind: 'fit', fits });
  if (tier ? rankOf(tier.level) < rankOf(need.tier) : !chosenByUser) objections.push({ kind: 'tier', has: tier?.level, needs: need.tier });
  if (lacksKey !== undefined) objections.push({ kind: 'key', variable: lacksKey });
  if ('unknown' in cost && !need.allowUnpriced) objections.push({ kind: 'unpriced', reason: cost.unknown });
  if (refusal) objections.push({ kind: 'budget', refusal });
  if (verdict.kind === 'open') objections.push({ kind: 'breaker', verdict });
  return objections;
}

/** What gives way to a name: judgements and forecasts. What policy, a budget or the window forbids does not. */
function isOverridable(objection: Objection): boolean {
  switch (objection.kind) {
    case 'fit':
      return objection.fits !== 'no';
    case 'capability':
    case 'retired':
    case 'tier':
    case 'unpriced':
    case 'breaker':
      return true;
    case 'barred':
    case 'key':
    case 'budget':
      return false;
  }
}

function byRank(a: Judged, b: Judged): number {
  const tier = tierOf(a) - tierOf(b);
  if (tier !== 0) return tier;
  if (a.score && b.score) return a.score.total - b.score.total || byName(a.candidate.name, b.candidate.name);
  return a.score ? -1 : b.score ? 1 : byName(a.candidate.name, b.candidate.name);
}

/** One that nobody stated, and that may be asked all the same, is taken to be as good as the least. */
const tierOf = ({ candidate }: Judged): number => (candidate.tier ? rankOf(candidate.tier.level) : 0);

const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The others, each with why it stands behind `first`. */
function behind(first: Judged | undefined, others: readonly Judged[], because: 'named' | 'stays' | undefined): readonly Judged[] {
  return first ? others.map((j): Judged => ({ ...j, behind: behindOf(j, first, because) })) : others;
}

function behindOf(judged: Judged, first: Judged, because: 'named' | 'stays' | undefined): Behind {
  if (because === 'named' || (because === 'stays' && byRank(judged, first) < 0)) return because;
  if (tierOf(judged) !== tierOf(first)) return 'tier';
  if (!judged.score && first.score) return 'unpriced';
  return judged.score && first.score && judged.score.total > first.score.total ? 'score' : 'name';
}
