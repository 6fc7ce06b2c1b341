/** The endpoints that a command may ask: those that are known, and those of a file. */
import { locate } from '../models/providers/cloud-address.js';
import { baseUrlProblem, readEndpoints } from '../models/providers/own-endpoints.js';
import { ENDPOINTS, type Endpoint, needsKey } from '../models/providers/presets.js';
import { type CommandContext, CommandError, readJsonOption } from './command.js';

type Environment = CommandContext['terminal']['env'];

/** The known endpoints with what the file that `--endpoints` names says of them, and those that it adds. */
export function userEndpoints(file: string | undefined, context: CommandContext): readonly Endpoint[] {
  if (file === undefined) return ENDPOINTS;
  return readJsonOption('endpoints', file, context, readEndpoints).endpoints;
}

/** The endpoint of a provider with its whole address, or at another if one is given. */
export function findEndpoint(provider: string, endpoints: readonly Endpoint[], env: Environment, baseUrl?: string): Endpoint {
  const problem = baseUrl === undefined ? undefined : baseUrlProblem(baseUrl);
  if (problem !== undefined)
    throw new CommandError(`--base-url ${problem.replace('"allowHttp": true', '"allowHttp": true in a file for --endpoints')}.`);
  const known = endpoints.find((e) => e.id === provider);
  if (known) {
    const located = locate(baseUrl === undefined ? known : { ...known, baseUrl }, env);
    if (located.kind === 'incomplete') throw new CommandError(located.problem);
    return located.endpoint;
  }
  if (baseUrl === undefined)
    throw new CommandError(
      `No address is known of the provider "${provider}". Give one with --base-url or --endpoints; known are ${endpoints.map((e) => e.id).join(', ')}.`,
    );
  return { id: provider, name: provider, protocol: 'openai-chat', baseUrl };
}

/** The endpoint's key from the environment; undefined if it needs none. */
export function keyOf(endpoint: Endpoint, env: Environment): string | undefined {
  const { name, keyVariable } = endpoint;
  const key = keyVariable === undefined ? undefined : env[keyVariable] || undefined;
  if (key === undefined && needsKey(endpoint))
    throw new CommandError(`${name} needs a key. Put it into the environment variable ${keyVariable}.`);
  return key;
}
