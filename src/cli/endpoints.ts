/** The endpoints that a command may ask: those that are known, and those of a file. */
import { baseUrlProblem, readEndpoints } from '../models/providers/own-endpoints.js';
import { ENDPOINTS, type Endpoint } from '../models/providers/presets.js';
import { type CommandContext, CommandError, readOption } from './command.js';

/** The known endpoints with what the file that `--endpoints` names says of them, and those that it adds. */
export function userEndpoints(file: string | undefined, context: CommandContext): readonly Endpoint[] {
  if (file === undefined) return ENDPOINTS;
  let value: unknown;
  try {
    value = JSON.parse(readOption('endpoints', file, context));
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(`--endpoints "${file}" is not JSON: ${(error as Error).message}`);
  }
  const read = readEndpoints(value);
  if (read.kind === 'invalid') throw new CommandError(`--endpoints "${file}":\n${read.problems.map((p) => `  ${p}`).join('\n')}`);
  return read.endpoints;
}

/** The endpoint of a provider, at another address if one is given. */
export function findEndpoint(provider: string, endpoints: readonly Endpoint[], baseUrl?: string): Endpoint {
  const problem = baseUrl === undefined ? undefined : baseUrlProblem(baseUrl);
  if (problem !== undefined)
    throw new CommandError(`--base-url ${problem.replace('"allowHttp": true', '"allowHttp": true in a file for --endpoints')}.`);
  const known = endpoints.find((e) => e.id === provider);
  if (known) return baseUrl === undefined ? known : { ...known, baseUrl };
  if (baseUrl === undefined)
    throw new CommandError(
      `No address is known of the provider "${provider}". Give one with --base-url or --endpoints; known are ${endpoints.map((e) => e.id).join(', ')}.`,
    );
  return { id: provider, name: provider, protocol: 'openai-chat', baseUrl };
}

/** The endpoint's key from the environment; undefined if it needs none. */
export function keyOf({ name, keyVariable }: Endpoint, env: CommandContext['terminal']['env']): string | undefined {
  if (keyVariable === undefined) return undefined;
  const key = env[keyVariable];
  if (!key) throw new CommandError(`${name} needs a key. Put it into the environment variable ${keyVariable}.`);
  return key;
}
