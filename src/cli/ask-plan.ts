/** Whom `longview ask` asks: the model that the user named, or the best one; and who else, if it cannot answer. */
import { formatSeconds } from '../base/count.js';
import type { Model } from '../models/catalogue.js';
import type { Judged, Need, Route } from '../models/router/route.js';
import type { Refusal } from '../money/budgets.js';
import { formatUsd } from '../money/micro-usd.js';
import type { Prepared, SendEvent } from '../request.js';
import { affordable, type RouteRow, routeTable } from '../route-table.js';
import { type Circumstances, nameOf, type Offer, routeRequest } from '../routing.js';
import type { Question } from './ask-question.js';
import { CommandError } from './command.js';

export interface Plan {
  readonly offer: Offer;
  readonly question: Question;
  /** Models before it that the user named and that cannot be asked, with the reasons. */
  readonly passed: readonly string[];
  /** Asked in this order if the one before cannot answer. */
  readonly fallbacks: readonly { readonly offer: Offer; readonly judged: Judged }[];
  /** Of all that could be asked; undefined where nobody else is to be. */
  readonly route?: (() => Promise<Route>) | undefined;
}

export interface PlanOptions {
  /** None: the best one. */
  readonly named: readonly string[];
  readonly offers: readonly Offer[];
  readonly need: Need;
  readonly circumstances: Circumstances;
  /** The question for a model. */
  readonly build: (model: Model) => Promise<Question>;
}

/** Fallbacks of which the price is told before the question is sent; those behind them are not asked. */
const MOST_FALLBACKS = 3;

/** Throws a CommandError where nobody can be asked. A model that is named alone is not judged here: gate and ledger do. */
export async function planAsk({ named, offers, need, circumstances, build }: PlanOptions): Promise<Plan> {
  const first = offers.find((o) => nameOf(o.model) === (named[0] ?? need.current)) ?? offers[0];
  if (!first)
    throw new CommandError('No model is set up. Put a key into the environment (ANTHROPIC_API_KEY, OPENAI_API_KEY, …), or name a model.');
  const question = await build(first.model);
  const forecast = question.forecast(question.request, undefined);
  const find = (): Promise<Route> =>
    routeRequest(
      question.request,
      offers,
      { ...need, expectedOutput: question.expectedOutput ?? need.expectedOutput },
      { ...circumstances, forecast: (model) => (model === first.model ? forecast : undefined) },
    );
  if (named.length === 1) return { offer: first, question, passed: [], fallbacks: [], route: find };
  const route = await find();
  const offerOf = ({ candidate }: Judged): Offer => offers.find((o) => nameOf(o.model) === candidate.name)!;
  if (!route.chosen) throw new CommandError(describeNobody(route, need));
  const offer = offerOf(route.chosen);
  return {
    offer,
    question: offer === first ? question : await build(offer.model),
    passed: passedOver(route, need),
    fallbacks: route.fallbacks.slice(0, MOST_FALLBACKS).map((judged) => ({ offer: offerOf(judged), judged })),
    route: () => Promise.resolve(route),
  };
}

function passedOver(route: Route, { named, at }: Need): readonly string[] {
  const { chosen, rows } = routeTable(route, at.getTime());
  const before = chosen === null ? [] : named.slice(0, named.indexOf(chosen));
  return rows.filter((r) => before.includes(r.model)).map(describeRow);
}

const describeRow = ({ model, reasons }: RouteRow): string => `${model}: ${reasons.join('; ')}`;

/** Rows of the table that say why. */
const MOST_REASONS = 5;

function describeNobody(route: Route, { named, at }: Need): string {
  const { why, rows } = routeTable(route, at.getTime());
  const told = rows.filter((r) => named.length === 0 || named.includes(r.model));
  const more = told.length > MOST_REASONS ? '\n  … longview route shows all of them.' : '';
  return `${why}${told
    .slice(0, MOST_REASONS)
    .map((r) => `\n  ${describeRow(r)}`)
    .join('')}${more}`;
}

/** Who was passed over, and what fallbacks would cost: before anything is sent. */
export function describeFallbacks({ passed, fallbacks }: Plan): string {
  const before = passed.map((p) => `Not asked: ${p}.\n`).join('');
  if (fallbacks.length === 0) return before;
  const told = fallbacks.map(({ judged: { candidate } }) =>
    'worst' in candidate.cost ? `${candidate.name} (at worst ${formatUsd(candidate.cost.worst)})` : `${candidate.name} (price unknown)`,
  );
  return `${before}If it cannot answer: ${told.join(', then ')}.\n`;
}

/** What fits the budget that refused a request; nothing where nobody does. */
export async function describeAffordable({ route, offer }: Plan, { fits, reason }: Refusal): Promise<string> {
  if (reason === 'unpriced' || !route) return '';
  const others = affordable(await route(), fits).filter(({ candidate }) => candidate.name !== nameOf(offer.model));
  const told = others.slice(0, MOST_FALLBACKS).map(({ candidate: { name, cost } }) => {
    return 'worst' in cost ? `${name} (at worst ${formatUsd(cost.worst)})` : name;
  });
  return told.length === 0 ? '' : ` These would fit: ${told.join(', ')}.`;
}

/** What happens between the attempts; undefined for what is part of the answer. */
export function describeStep(event: SendEvent): string | undefined {
  if (event.kind === 'retry') return `${whyOf(event.why)} ${event.model} is asked again in ${formatSeconds(event.wait)}.\n`;
  if (event.kind === 'without-schema')
    return `${event.model} does not take a schema for its answer (${event.why.status}). It is asked again for changes in text.\n`;
  if (event.kind !== 'fallback') return undefined;
  return `${[whyOf(event.why), ...event.skipped.map((s) => `${s}.`), `Now ${describeTarget(event.to)}.`].join('\n')}\n`;
}

const whyOf = (why: Extract<SendEvent, { kind: 'retry' }>['why']): string =>
  why.kind === 'refused' ? 'A budget has no room for it.' : why.message;

function describeTarget({ cleared, quote: { cost } }: Prepared): string {
  const name = `${cleared.provider}/${cleared.model}`;
  if (cost.kind === 'unknown') return `${name} is asked, at a price that is not known`;
  const { low, high } = cost.expected ?? { low: cost.warm.low, high: cost.cold.high };
  return `${name} is asked: ${formatUsd(low)} to ${formatUsd(high)}, at worst ${formatUsd(cost.worst)}`;
}
