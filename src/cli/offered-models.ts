/** What is offered now, by servers on this machine or by a provider: asked only by these two options of `longview models`. */
import { formatCount } from '../base/count.js';
import type { OfferedModel } from '../models/provider.js';
import { findLocalServers } from '../models/providers/local-servers.js';
import type { Endpoint } from '../models/providers/presets.js';
import { type CommandContext, CommandError, EXIT } from './command.js';
import { findEndpoint, keyOf } from './endpoints.js';
import { formatPath, formatTable } from './table.js';

interface Offer {
  readonly endpoint: Endpoint;
  readonly models: readonly OfferedModel[];
}

/** `longview models --local`. */
export async function showLocalModels(
  endpoints: readonly Endpoint[],
  json: boolean,
  { terminal, signal }: CommandContext,
): Promise<number> {
  const offers = await findLocalServers(signal, endpoints);
  if (offers.length === 0 && !json) {
    terminal.note('No server with models answers on this machine. Start one (Ollama, LM Studio, llama.cpp, vLLM), and ask again.\n');
    return EXIT.failed;
  }
  terminal.write(describe(offers, json));
  return EXIT.done;
}

/** `longview models --offered PROVIDER`. */
export async function showOfferedModels(
  provider: string,
  endpoints: readonly Endpoint[],
  json: boolean,
  { terminal, signal }: CommandContext,
): Promise<number> {
  const endpoint = findEndpoint(provider, endpoints, terminal.env);
  const key = keyOf(endpoint, terminal.env);
  const { openProvider } = await import('../models/providers/open-provider.js');
  try {
    terminal.write(describe([{ endpoint, models: await openProvider(endpoint, key).listModels(signal) }], json));
  } catch (error) {
    // Of a class of the other bundle's.
    if (error instanceof Error && error.name === 'ProviderError') throw new CommandError(error.message);
    throw error;
  }
  return EXIT.done;
}

function describe(offers: readonly Offer[], json: boolean): string {
  const rows = offers.flatMap(({ endpoint: { id, baseUrl }, models }) => models.map((m) => ({ model: `${id}/${m.id}`, baseUrl, ...m })));
  if (json) {
    const models = rows.map(({ model, baseUrl, window, maxOutput }) => ({
      model,
      baseUrl,
      window: window ?? null,
      maxOutput: maxOutput ?? null,
    }));
    return `${JSON.stringify({ models }, null, 2)}\n`;
  }
  const limit = (tokens: number | undefined): string => (tokens === undefined ? '?' : formatCount(tokens));
  const right = (title: string) => ({ title, align: 'right' as const });
  return formatTable(
    [{ title: 'model' }, right('window'), right('answer'), { title: 'at' }],
    rows.map(({ model, baseUrl, window, maxOutput }) => [formatPath(model), limit(window), limit(maxOutput), baseUrl]),
  );
}
