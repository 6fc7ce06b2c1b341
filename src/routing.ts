/** Finds out all that the router needs to know of the models a request could go to, and asks it. */
import type { Model } from './models/catalogue.js';
import { type Health, latencyOf, type Place, verdictOf } from './models/health/health.js';
import { placeOf } from './models/health/place.js';
import { destinationOf, type Endpoint, needsKey } from './models/providers/presets.js';
import type { ModelRequest } from './models/request.js';
import { type Candidate, type Need, type Route, route } from './models/router/route.js';
import { estimateTokens } from './models/token-counter.js';
import { type Budgets, CAP_SCOPES, capsFor, type Refusal, refusalOf, tallyKey } from './money/budgets.js';
import type { Forecast } from './money/cache/forecast.js';
import { expectedCost } from './money/expected-cost.js';
import type { MicroUsd } from './money/micro-usd.js';
import type { PriceTable } from './money/price-table.js';
import { promptRoom, quoteRequest } from './money/quote.js';
import { NOTHING, type Tally } from './money/tally.js';
import { type EgressPolicy, refusals } from './policy/gate.js';
import { measurePrompt } from './request.js';

/** A model that is set up to be asked. */
export interface Offer {
  /** Its token estimate as calibrated. */
  readonly model: Model;
  readonly endpoint: Endpoint;
  readonly key: string | undefined;
  /** The user named it, in this request or in the settings. */
  readonly chosenByUser: boolean;
}

export interface Circumstances {
  readonly prices: Pick<PriceTable, 'find'>;
  readonly policy: EgressPolicy;
  readonly budgets: Budgets;
  /** Whose budgets they are held against; `day` as in the ledger. */
  readonly account: { readonly session: string; readonly workspace: string; readonly day: string };
  /** The ledger's. */
  readonly tally: (key: string) => Promise<Tally>;
  readonly health: Health;
  /** Of this machine, for {@link placeOf}. */
  readonly secret: Uint8Array;
  /** What the prompt will be billed as where it goes on with what the model was asked before; undefined for others. */
  readonly forecast?: ((model: Model) => Forecast | undefined) | undefined;
  /** What the prompt measures, where that is known; else it is counted. */
  readonly measured?: ReturnType<typeof measurePrompt> | undefined;
}

/** @param prompt as it would leave, to whomever. Nothing is asked or sent. */
export async function routeRequest(
  prompt: ModelRequest,
  offers: readonly Offer[],
  need: Need,
  circumstances: Circumstances,
): Promise<Route> {
  const measured = circumstances.measured ?? measurePrompt(prompt);
  const candidates: Candidate[] = [];
  for (const offer of offers) candidates.push(await candidateOf(prompt, measured, offer, need, circumstances));
  return route(candidates, need);
}

/** "provider/model". */
export const nameOf = ({ provider, id }: Pick<Model, 'provider' | 'id'>): string => `${provider}/${id}`;

export function placeOfOffer({ endpoint, model, key }: Offer, secret: Uint8Array): Place {
  return placeOf(endpoint, model.id, key, secret);
}

async function candidateOf(
  prompt: ModelRequest,
  { o200k, cacheable }: ReturnType<typeof measurePrompt>,
  offer: Offer,
  need: Need,
  { prices, policy, health, secret, forecast, ...money }: Circumstances,
): Promise<Candidate> {
  const { model, endpoint, key, chosenByUser } = offer;
  const { expectedOutput, at } = need;
  const { input, cache }: Forecast = forecast?.(model) ?? { input: estimateTokens(o200k, model.tokens) };
  const price = prices.find(model.provider, model.id, at);
  const asked = { input, cacheable, expectedOutput, maxOutput: prompt.maxOutput };
  const quote = quoteRequest(asked, price, model);
  const warm = cache?.read ?? 0;
  const expected = expectedCost(asked, warm, price, model);
  const worst = quote.cost.kind === 'known' ? quote.cost.worst : undefined;
  const place = placeOfOffer(offer, secret);
  return {
    name: nameOf(model),
    chosenByUser,
    tier: model.tier,
    capabilities: model.capabilities,
    retires: model.retires,
    barred: refusals(prompt, destinationOf(endpoint), policy),
    lacksKey: needsKey(endpoint) && key === undefined ? endpoint.keyVariable : undefined,
    input,
    fits: quote.fits,
    room: promptRoom(prompt.maxOutput, model),
    warm,
    cost:
      expected.kind === 'known' && worst !== undefined
        ? { expected: expected.microUsd, worst }
        : { unknown: expected.kind === 'unknown' ? expected.reason : 'its worst case is not known' },
    refusal: await refusalFor(model.provider, worst, need.allowUnpriced, money),
    verdict: verdictOf(health, place, at.getTime()),
    latency: latencyOf(health, place, at.getTime()),
  };
}

/** The budget that has no room for it now; others may yet come before it. */
async function refusalFor(
  provider: string,
  worst: MicroUsd | undefined,
  unpriced: boolean,
  { budgets, account, tally }: Pick<Circumstances, 'budgets' | 'account' | 'tally'>,
): Promise<Refusal | undefined> {
  const caps = capsFor(budgets, provider);
  const booking = { ...account, request: '', provider, caps, worst, unpriced };
  const tallies = new Map<string, Tally>();
  for (const scope of CAP_SCOPES) {
    const tallied = tallyKey(scope, booking);
    if (caps[scope] !== undefined) tallies.set(tallied, await tally(tallied));
  }
  return refusalOf(booking, (name) => tallies.get(name) ?? NOTHING);
}
