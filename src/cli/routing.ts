/** What commands that choose a model have in common: who is set up to be asked, and what is needed. */

import { openCatalogue } from '../models/catalogue.js';
import { HealthFile, healthFile } from '../models/health/health-file.js';
import type { Endpoint } from '../models/providers/presets.js';
import type { Need } from '../models/router/route.js';
import { PREFERENCES } from '../models/router/score.js';
import { type QualityTier, readTiers, TASK_TIERS, type TaskKind } from '../models/router/tiers.js';
import type { PriceTable } from '../money/price-table.js';
import { nameOf, type Offer } from '../routing.js';
import { type CommandContext, CommandError, EXIT, readJsonOption, type Terminal } from './command.js';
import { findEndpoint, userEndpoints } from './endpoints.js';
import { ledgerOption } from './ledger.js';
import { findModel, measured } from './models.js';

/** Tokens of an answer that a quote reckons with. */
export const EXPECTED_ANSWER = 2_000;

export const ROUTING_OPTIONS = {
  model: { type: 'string' },
  fallback: { type: 'string', multiple: true, default: [] as string[] },
  also: { type: 'string', multiple: true, default: [] as string[] },
  kind: { type: 'string', default: 'question' },
  prefer: { type: 'string', default: 'balanced' },
  tiers: { type: 'string' },
  'base-url': { type: 'string' },
  endpoints: { type: 'string' },
  'allow-unpriced': { type: 'boolean', default: false },
  ledger: { type: 'string' },
} as const;

export const ROUTING_HELP = `  --model MODEL       "provider/model" (see longview models), or $LONGVIEW_MODEL; "auto" for the
                      best of those that a key is set for (docs/routing.md)
  --fallback MODEL    asked if the model before it cannot answer; repeatable. With "auto" all
                      that can take the request are, in the order of longview route
  --also MODEL        a model beside those of longview models, as of a local server; repeatable
  --kind KIND         what the task asks of a model: ${Object.keys(TASK_TIERS).join(', ')} (default: question)
  --prefer WHAT       ${PREFERENCES.join(', ')} (default: balanced)
  --tiers FILE        how good models are in your eyes: JSON of "provider/model": "light",
                      "standard" or "strong"`;

/** Of whom may be asked. */
export interface OfferValues {
  readonly model?: string | undefined;
  readonly fallback: readonly string[];
  readonly also: readonly string[];
  readonly tiers?: string | undefined;
  readonly 'base-url'?: string | undefined;
  readonly endpoints?: string | undefined;
  readonly 'allow-unpriced': boolean;
  readonly ledger?: string | undefined;
}

export interface RoutingValues extends OfferValues {
  readonly kind: string;
  readonly prefer: string;
}

const AUTO = 'auto';

/** The models that the user wants asked, in this order; none for "auto". Throws a CommandError where none is chosen. */
export function namedModels({ model, fallback, 'base-url': baseUrl }: OfferValues, { env }: Terminal): readonly string[] {
  const named = model ?? env.LONGVIEW_MODEL;
  if (named === undefined)
    throw new CommandError(
      'No model is chosen. Name one with --model or LONGVIEW_MODEL, or "auto"; longview models lists them.',
      EXIT.usage,
    );
  if (named !== AUTO) return [...new Set([named, ...fallback])];
  if (fallback.length > 0)
    throw new CommandError(
      '--fallback goes with a model that you name. With "auto" all that can take it are fallbacks; see longview route.',
      EXIT.usage,
    );
  if (baseUrl !== undefined)
    throw new CommandError('--base-url is the address of one provider. With "auto" give addresses by --endpoints.', EXIT.usage);
  return [];
}

/**
 * Models that a key is set for, and those that the user named. `--base-url` is the address of
 * the first one's provider.
 */
export async function openOffers(
  values: OfferValues,
  named: readonly string[],
  prices: PriceTable,
  at: Date,
  context: CommandContext,
): Promise<readonly Offer[]> {
  const { terminal } = context;
  const endpoints = userEndpoints(values.endpoints, context);
  const tiers = userTiers(values.tiers, context);
  const wanted = [...new Set([...named, ...values.also])];
  const catalogue = openCatalogue().filter(
    (m) => !wanted.includes(nameOf(m)) && endpoints.some((e) => e.id === m.provider && isSetUp(e, terminal)),
  );
  const models = [...wanted.map((name) => findModel(name, prices)), ...catalogue];
  const calibrated = await measured(models, ledgerOption(values.ledger, terminal), at);
  return calibrated.map((model, i): Offer => {
    const own = tiers.get(nameOf(model));
    const baseUrl = model.provider === models[0]?.provider ? values['base-url'] : undefined;
    const endpoint = findEndpoint(model.provider, endpoints, terminal.env, baseUrl);
    return {
      model: own ? { ...model, tier: { level: own, source: 'you' } } : model,
      endpoint,
      key: keyIn(endpoint, terminal),
      chosenByUser: i < wanted.length,
    };
  });
}

export function needOf(values: RoutingValues, named: readonly string[], expectedOutput: number, at: Date): Need {
  const tier = Object.hasOwn(TASK_TIERS, values.kind) ? TASK_TIERS[values.kind as TaskKind] : undefined;
  const preference = PREFERENCES.find((p) => p === values.prefer);
  if (!tier) throw new CommandError(`--kind "${values.kind}" is none of ${Object.keys(TASK_TIERS).join(', ')}.`, EXIT.usage);
  if (!preference) throw new CommandError(`--prefer "${values.prefer}" is none of ${PREFERENCES.join(', ')}.`, EXIT.usage);
  return { tier, capabilities: [], expectedOutput, preference, allowUnpriced: values['allow-unpriced'], named, at };
}

/** How endpoints have answered lately, for all windows and the command line. */
export function openHealth({ env }: Terminal): HealthFile {
  return new HealthFile(healthFile(env));
}

function keyIn({ keyVariable }: Endpoint, { env }: Terminal): string | undefined {
  return keyVariable === undefined ? undefined : env[keyVariable] || undefined;
}

const isSetUp = (endpoint: Endpoint, terminal: Terminal): boolean => keyIn(endpoint, terminal) !== undefined;

function userTiers(file: string | undefined, context: CommandContext): ReadonlyMap<string, QualityTier> {
  if (file === undefined) return new Map();
  return readJsonOption('tiers', file, context, readTiers).tiers;
}
