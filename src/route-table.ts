/** A route as people read it: every model that was looked at, what it would cost, and why it stands where it does. */
import { formatCount, formatSeconds } from './base/count.js';
import { describeVerdict } from './models/health/words.js';
import { type Behind, HYSTERESIS, type Judged, type Objection, type Route } from './models/router/route.js';
import type { Score } from './models/router/score.js';
import { describeRefusal } from './money/budgets.js';
import { formatUsd, type MicroUsd } from './money/micro-usd.js';

export interface RouteRow {
  /** "provider/model". */
  readonly model: string;
  /** `fallback`: asked if those above cannot answer. `other`: could be asked, but the user named another. */
  readonly verdict: 'chosen' | 'fallback' | 'other' | 'rejected';
  /** Sentences without their full stops. */
  readonly reasons: readonly string[];
  readonly tier: { readonly level: string; readonly source: string } | null;
  /** Of the prompt; `warm` of them are expected in the provider's cache. */
  readonly tokens: { readonly estimate: number; readonly low: number; readonly high: number; readonly warm: number };
  /** In micro-dollars; null: not known. */
  readonly cost: { readonly expected: MicroUsd; readonly worst: MicroUsd } | null;
  /** Milliseconds to the first text and to the last, tokens per second, and how many answers say so; 0: it is only reckoned with. */
  readonly latency: { readonly firstToken: number; readonly whole: number; readonly speed: number; readonly measured: number };
  /** Null where the cost is not known. */
  readonly score: Score | null;
}

export interface RouteTable {
  /** "provider/model"; null: nobody can be asked. */
  readonly chosen: string | null;
  /** One sentence. */
  readonly why: string;
  /** The chosen one, fallbacks in their order, others, those that are out of the question. */
  readonly rows: readonly RouteRow[];
}

/** @param now ms since 1970. */
export function routeTable({ chosen, because, fallbacks, others, rejected }: Route, now: number): RouteTable {
  const rows = (verdict: RouteRow['verdict'], judged: readonly Judged[]): RouteRow[] =>
    judged.map((j) => rowOf(verdict, j, chosen, because, now));
  return {
    chosen: chosen?.candidate.name ?? null,
    why: whyOf(chosen, because, fallbacks),
    rows: [
      ...rows('chosen', chosen ? [chosen] : []),
      ...rows('fallback', fallbacks),
      ...rows('other', others),
      ...rows('rejected', rejected),
    ],
  };
}

function rowOf(verdict: RouteRow['verdict'], judged: Judged, chosen: Judged | undefined, because: Route['because'], now: number): RouteRow {
  const { candidate, time, score, objections, overridden } = judged;
  const { name, tier, input, warm, cost, latency, verdict: health } = candidate;
  const halfOpen = health.kind === 'half-open' ? describeVerdict(health, now) : undefined;
  return {
    model: name,
    verdict,
    reasons: [
      ...objections.map((o) => describeObjection(o, judged, now)),
      ...overridden.map((o) => `${describeObjection(o, judged, now)}; but you named it`),
      ...(verdict === 'chosen' && because === 'stays' ? ['the session stays with it'] : []),
      ...(judged.behind && chosen ? [describeBehind(judged.behind, judged, chosen)] : []),
      ...(warm > 0 ? [`${formatCount(warm)} tokens of the prompt are in its cache`] : []),
      ...(halfOpen === undefined ? [] : [halfOpen]),
      ...('unknown' in cost && objections.every((o) => o.kind !== 'unpriced') ? [cost.unknown] : []),
    ],
    tier: tier ?? null,
    tokens: { estimate: input.tokens, low: input.low, high: input.high, warm },
    cost: 'expected' in cost ? cost : null,
    latency: { firstToken: latency.firstToken, whole: Math.round(time), speed: latency.speed, measured: latency.measured },
    score: score ?? null,
  };
}

function whyOf(chosen: Judged | undefined, because: Route['because'], fallbacks: readonly Judged[]): string {
  if (!chosen) return because === 'named' ? 'None of the models that you named can be asked.' : 'No model that is set up can be asked.';
  const { name, tier } = chosen.candidate;
  if (because === 'named') return `${name}: you named it.`;
  const best = fallbacks.find((j) => j.behind === 'stays');
  if (because === 'stays' && best?.score && chosen.score)
    return `${name}: the session stays with it. ${best.candidate.name} scores ${Math.round((1 - best.score.total / chosen.score.total) * 100)} % better, and ${HYSTERESIS * 100} % are needed.`;
  return `${name}: the best by cost and time of ${tier ? `the ${tier.level} tier, the lowest that is good enough` : 'those that you named'}.`;
}

function describeBehind(behind: Behind, judged: Judged, chosen: Judged): string {
  switch (behind) {
    case 'named':
      return 'you named another, or named it later';
    case 'stays':
      return `it would not gain the ${HYSTERESIS * 100} % that leaving the session's model takes`;
    case 'tier':
      return `of the ${judged.candidate.tier?.level ?? 'a higher'} tier: more than the task needs`;
    case 'unpriced':
      return 'models of a known price go first';
    case 'name':
      return 'just as good: the order of names decides';
    case 'score':
      return describeScore(judged, chosen);
  }
}

function describeScore({ candidate, time }: Judged, chosen: Judged): string {
  const [own, other] = [candidate.cost, chosen.candidate.cost];
  if (!('expected' in own) || !('expected' in other)) return 'its score is greater';
  const cost = own.expected === other.expected ? 'as dear' : own.expected > other.expected ? 'dearer' : 'cheaper';
  const price = `${cost} (${formatUsd(own.expected)} for ${formatUsd(other.expected)})`;
  if (time === chosen.time) return price;
  return `${price}, ${time > chosen.time ? 'slower' : 'faster'} (${formatSeconds(time)} for ${formatSeconds(chosen.time)})`;
}

function describeObjection(objection: Objection, { candidate }: Judged, now: number): string {
  const { input, room } = candidate;
  switch (objection.kind) {
    case 'barred':
      return withoutStop(objection.reason);
    case 'capability':
      return `it is not known to take ${CAPABILITY_WORDS[objection.lacks]}`;
    case 'retired':
      return `its provider has withdrawn it on ${objection.on}`;
    case 'fit':
      if (objection.fits === 'unknown') return 'its window is not known';
      return objection.fits === 'no'
        ? `the prompt has at least ${formatCount(input.low)} tokens, and ${formatCount(room ?? 0)} fit`
        : `the prompt may have ${formatCount(input.high)} tokens, and ${formatCount(room ?? 0)} fit`;
    case 'tier':
      return objection.has
        ? `of the ${objection.has} tier: the task needs ${objection.needs}`
        : 'nobody has stated how good it is: state its tier';
    case 'key':
      return `it needs a key in ${objection.variable}`;
    case 'unpriced':
      return `${objection.reason}: allow unpriced requests to ask it`;
    case 'budget':
      return withoutStop(describeRefusal(objection.refusal));
    case 'breaker':
      return describeVerdict(objection.verdict, now) ?? '';
  }
}

const CAPABILITY_WORDS = {
  tools: 'tools',
  images: 'images',
  structuredOutput: 'a schema for its answer',
  reasoning: 'an effort of reasoning',
} as const;

const withoutStop = (sentence: string): string => sentence.replace(/\.$/, '');

/** Those that could be asked within `left`, the best first: what is offered when a budget refuses a request. */
export function affordable({ chosen, fallbacks, others }: Route, left: MicroUsd): readonly Judged[] {
  return [...(chosen ? [chosen] : []), ...fallbacks, ...others].filter(({ candidate: { cost } }) => 'worst' in cost && cost.worst <= left);
}
