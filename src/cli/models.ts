import { formatCount } from '../base/count.js';
import { countTokens } from '../base/tokens.js';
import { readCalibration } from '../calibration.js';
import { type Model, openCatalogue } from '../models/catalogue.js';
import { claudeAt } from '../models/claude-names.js';
import { estimateTokens, tokenFamilies } from '../models/token-counter.js';
import { formatUsd } from '../money/micro-usd.js';
import type { KnownPrice, Unknown } from '../money/price.js';
import type { PriceTable } from '../money/price-table.js';
import { type CostRange, type Quote, quoteRequest } from '../money/quote.js';
import { type Command, type CommandContext, CommandError, EXIT, parseCommand, parseCount, readOption } from './command.js';
import { userEndpoints } from './endpoints.js';
import { ledgerOption, readLedger } from './ledger.js';
import { showLocalModels, showOfferedModels } from './offered-models.js';
import { openPrices } from './prices.js';
import { formatTable } from './table.js';

const help = `longview models [MODEL...] [options]

Lists models with their context window and their price; for a prompt, what it
would cost at each of them: with the provider's prompt cache cold and warm, and
at worst. MODEL is "provider/model"; without one, all that Longview knows well.
An unknown price is shown as unknown. Nothing is asked or sent, but by these two:

  --local             ask servers on this machine (Ollama, LM Studio, llama.cpp, vLLM)
                      which models they have
  --offered PROVIDER  ask a provider which models your key may use
  --endpoints FILE    providers of your own, as in longview ask --help

  --tokens N          quote a prompt of N o200k tokens (as longview pack counts)
  --budget N          quote a pack under a budget of N: it has at most as many
  --prompt FILE       quote the prompt in a file ("-" for standard input)
  --cacheable N       per cent of the prompt that a repeat finds cached (default 90)
  --output N          tokens the answer is expected to have (default 2k)
  --max-output N      tokens the answer may have (default 8k)
  --prices FILE       prices of your own: JSON of "provider/model": {"input", "output",
                      "cacheRead"?, "cacheWrite"?, "cacheWrite1h"?, "tiers"?, ...} in USD
                      per million tokens; "provider/*" is all models of a provider
  --at TIME           prices of another day or hour (ISO 8601; default: now)
  --ledger DIR        settled requests that correct the estimate of tokens (default: the
                      ledger in the user's data folder)
  --json              print JSON

JSON: {"at", "prompt"?: {"o200k"}, "models": [{"model", "name", "window", "maxInput", "maxOutput", "capabilities", "retires", "limitsFrom",
       "price": {"entry", "match", "rates", "source"} | {"unknown": reason},
       "quote"?: {"tokens": {"estimate", "low", "high", "exact", "basis"}, "fits", "cold", "warm", "worst"} | {…, "unknown": reason}}]}
Costs are in micro-dollars (USD / 1,000,000); null is not known.
With --local or --offered: {"models": [{"model", "baseUrl", "window", "maxOutput"}]}
`;

export const modelsCommand: Command = {
  name: 'models',
  summary: 'models, their windows and prices, and what a prompt would cost at each',
  help,
  async run(context) {
    const { values, positionals } = parseCommand(
      'models',
      context.args,
      {
        tokens: { type: 'string' },
        budget: { type: 'string' },
        prompt: { type: 'string' },
        cacheable: { type: 'string', default: '90' },
        output: { type: 'string', default: '2k' },
        'max-output': { type: 'string', default: '8k' },
        prices: { type: 'string' },
        at: { type: 'string' },
        ledger: { type: 'string' },
        local: { type: 'boolean', default: false },
        offered: { type: 'string' },
        endpoints: { type: 'string' },
      },
      Number.POSITIVE_INFINITY,
    );
    const endpoints = userEndpoints(values.endpoints, context);
    if (values.local) return await showLocalModels(endpoints, values.json === true, context);
    if (values.offered !== undefined) return await showOfferedModels(values.offered, endpoints, values.json === true, context);
    const at = values.at === undefined ? new Date() : new Date(values.at);
    if (Number.isNaN(at.getTime()))
      throw new CommandError(`--at "${values.at}" is not a time. Write it like 2026-11-21T12:00Z.`, EXIT.usage);
    const cacheable = parseCount('cacheable', values.cacheable) / 100;
    if (cacheable > 1) throw new CommandError(`--cacheable "${values.cacheable}" is more than 100 per cent.`, EXIT.usage);
    const answer = { expectedOutput: parseCount('output', values.output), maxOutput: parseCount('max-output', values['max-output']) };
    const o200k = promptTokens(values, context);
    const table = openPrices(values.prices, context);
    const named = positionals.length === 0 ? openCatalogue() : positionals.map((name) => findModel(name, table));
    const folder = ledgerOption(values.ledger, context.terminal);
    const models = o200k === undefined ? named : await measured(named, folder, at);
    const rows = models.map((model): Row => {
      const price = table.find(model.provider, model.id, at);
      if (o200k === undefined) return { model, price };
      const input = estimateTokens(o200k, model.tokens);
      return { model, price, quoted: { input, ...quoteRequest({ input, cacheable, ...answer }, price, model) } };
    });
    const prompt = o200k === undefined ? {} : { prompt: { o200k } };
    context.terminal.write(
      values.json === true
        ? `${JSON.stringify({ at: at.toISOString(), ...prompt, models: rows.map(asJson) }, null, 2)}\n`
        : o200k === undefined
          ? describePrices(rows)
          : describeQuotes(rows, o200k, cacheable, answer),
    );
    return EXIT.done;
  },
};

/** The models with their token estimates corrected by what was reported for earlier requests, where there are enough of them. */
export async function measured(models: readonly Model[], folder: string, at: Date): Promise<Model[]> {
  const calibrated = await readLedger(folder, () => readCalibration(folder, at));
  return models.map((model) => calibrated(model));
}

interface Row {
  readonly model: Model;
  readonly price: KnownPrice | Unknown;
  readonly quoted?: Quote & { readonly input: ReturnType<typeof estimateTokens> };
}

/** Of the prompt to quote, if there is one. */
function promptTokens(
  { tokens, budget, prompt }: { tokens?: string | undefined; budget?: string | undefined; prompt?: string | undefined },
  context: CommandContext,
): number | undefined {
  if ([tokens, budget, prompt].filter((v) => v !== undefined).length > 1) {
    throw new CommandError('--tokens, --budget and --prompt exclude each other.\nSee longview models --help.', EXIT.usage);
  }
  if (tokens !== undefined) return parseCount('tokens', tokens);
  if (budget !== undefined) return parseCount('budget', budget);
  return prompt === undefined ? undefined : countTokens(readOption('prompt', prompt, context));
}

/** A model that the user named; one that the catalogue lacks has what the price table tells of it. */
export function findModel(named: string, table: PriceTable): Model {
  const known = openCatalogue();
  const found = known.find((m) => `${m.provider}/${m.id}` === named);
  if (found) return found;
  const slash = named.indexOf('/');
  if (slash < 1 || slash === named.length - 1) {
    const near = known.filter((m) => m.id.startsWith(named)).map((m) => `${m.provider}/${m.id}`);
    throw new CommandError(
      `"${named}" is not "provider/model".${near.length > 0 ? ` Did you mean ${near.slice(0, 3).join(' or ')}?` : ' See longview models for a list.'}`,
      EXIT.usage,
    );
  }
  const [provider, id] = [named.slice(0, slash), named.slice(slash + 1)];
  const claude = claudeAt(provider, id, known);
  if (claude) return claude;
  const window = table.windowOf(provider, id);
  const source = window === undefined ? 'not in the catalogue' : 'the price table';
  return { provider, id, name: id, window, tokens: tokenFamilies.other!, capabilities: {}, source };
}

function asJson({ model, price, quoted }: Row) {
  const { provider, id, name, window, maxInput, maxOutput, tokens, capabilities, retires, source } = model;
  return {
    model: `${provider}/${id}`,
    name,
    window: window ?? null,
    maxInput: maxInput ?? null,
    maxOutput: maxOutput ?? null,
    capabilities,
    retires: retires ?? null,
    limitsFrom: source,
    price:
      price.kind === 'known'
        ? { entry: price.model, match: price.match, rates: price.rates, source: price.source }
        : { unknown: price.reason },
    ...(quoted
      ? {
          quote: {
            tokens: {
              estimate: quoted.input.tokens,
              low: quoted.input.low,
              high: quoted.input.high,
              exact: quoted.input.exact,
              basis: tokens.basis,
            },
            fits: quoted.fits,
            ...(quoted.cost.kind === 'known'
              ? { cold: quoted.cost.cold, warm: quoted.cost.warm, worst: quoted.cost.worst }
              : { unknown: quoted.cost.reason }),
          },
        }
      : {}),
  };
}

const nameOf = ({ provider, id }: Model): string => `${provider}/${id}`;

function describePrices(rows: readonly Row[]): string {
  const columns = ['window', 'answer', 'input', 'cached', 'written', 'output'].map((title) => ({ title, align: 'right' as const }));
  const table = formatTable(
    [{ title: 'model' }, ...columns, { title: 'long prompts' }, { title: 'price of' }],
    rows.map(({ model, price }) => {
      const limits = [model.window, model.maxOutput].map((n) => (n === undefined ? '?' : formatCount(n)));
      if (price.kind === 'unknown') return [nameOf(model), ...limits, '?', '?', '?', '?', '', 'unknown'];
      const { input, cacheRead, cacheWrite, output, tiers = [] } = price.rates;
      const long = tiers.map((t) => `> ${formatCount(t.above)}: ${t.input ?? input} in, ${t.output ?? output} out`).join('; ');
      const rates = [input, cacheRead, cacheWrite, output].map((r) => (r === undefined ? '–' : String(r)));
      return [nameOf(model), ...limits, ...rates, long, describeSource(price)];
    }),
  );
  return `${table}\nUSD per million tokens. ? is not known; – has no price of its own and counts as input.\n${reasons(rows)}`;
}

function describeSource({ source: { kind, name, date } }: KnownPrice): string {
  return kind === 'user' ? 'yours' : (date ?? name);
}

function describeQuotes(
  rows: readonly Row[],
  o200k: number,
  cacheable: number,
  { expectedOutput, maxOutput }: { readonly expectedOutput: number; readonly maxOutput: number },
): string {
  const right = (title: string) => ({ title, align: 'right' as const });
  const table = formatTable(
    [{ title: 'model' }, { title: 'fits' }, right('tokens'), right('cache cold'), right('cache warm'), right('at worst')],
    rows.map(({ model, quoted }) => {
      const { input, fits, cost } = quoted!;
      const tokens = input.exact ? formatCount(input.tokens) : `${formatCount(input.low)}–${formatCount(input.high)}`;
      const costs =
        cost.kind === 'known' ? [formatRange(cost.cold), formatRange(cost.warm), formatUsd(cost.worst)] : ['unknown', 'unknown', 'unknown'];
      return [nameOf(model), fits === 'unknown' ? '?' : fits, tokens, ...costs];
    }),
  );
  return `${table}
A prompt of ${formatCount(o200k)} o200k tokens, ${Math.round(cacheable * 100)} % of it cacheable; an answer of ${formatCount(expectedOutput)} tokens, ${formatCount(maxOutput)} at worst.
${reasons(rows)}`;
}

const formatRange = ({ low, high }: CostRange): string => (low === high ? formatUsd(low) : `${formatUsd(low)}–${formatUsd(high)}`);

/** Why prices are unknown. */
function reasons(rows: readonly Row[]): string {
  return rows.map(({ price }) => (price.kind === 'unknown' ? `unknown: ${price.reason}\n` : '')).join('');
}
