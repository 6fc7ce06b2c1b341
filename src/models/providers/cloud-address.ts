/** Where Claude is asked on Bedrock, Vertex and Foundry: an address that depends on the user's region or resource. */
import type { Endpoint } from './presets.js';

export type Located =
  | { readonly kind: 'located'; readonly endpoint: Endpoint }
  /** What is missing, and where to put it. */
  | { readonly kind: 'incomplete'; readonly problem: string };

type Environment = Readonly<Record<string, string | undefined>>;

/** Variables of the clouds' own tools that name the region, or the resource, that stands in the address. */
const PLACES: Readonly<Record<string, { readonly what: string; readonly variables: readonly string[] }>> = {
  'claude-bedrock': { what: 'region', variables: ['AWS_REGION', 'AWS_DEFAULT_REGION'] },
  'claude-vertex': { what: 'region', variables: ['CLOUD_ML_REGION'] },
  'claude-foundry': { what: 'resource', variables: ['ANTHROPIC_FOUNDRY_RESOURCE'] },
};

/** The endpoint with its address complete, from what it says itself or from the environment. All but the clouds' have theirs already. */
export function locate(endpoint: Endpoint, env: Environment): Located {
  const place = PLACES[endpoint.protocol];
  if (!place) return { kind: 'located', endpoint };
  const { what, variables } = place;
  const region = endpoint.region ?? variables.map((v) => env[v]).find((v) => v);
  // A resource is wanted for its address alone, a region for the request too.
  const wanted = what === 'region' || PLACE.test(endpoint.baseUrl);
  if (wanted && region === undefined)
    return {
      kind: 'incomplete',
      problem: `${endpoint.name} needs a ${what}. Put it into the environment variable ${variables[0]}, or as "region" into its entry.`,
    };
  if (region !== undefined && !/^[a-z0-9][a-z0-9-]{0,60}$/i.test(region))
    return { kind: 'incomplete', problem: `${endpoint.name}: "${region}" is no ${what}. It has letters, digits and "-".` };
  if (endpoint.id === 'vertex' && region !== 'global')
    return {
      kind: 'incomplete',
      problem: `${endpoint.name} is asked at its global endpoint. For ${region} name the model "vertex-regional/…"; its prices are yours to give.`,
    };
  const project = endpoint.project ?? (env.ANTHROPIC_VERTEX_PROJECT_ID || env.GOOGLE_CLOUD_PROJECT || undefined);
  if (endpoint.protocol === 'claude-vertex' && project === undefined)
    return {
      kind: 'incomplete',
      problem: `${endpoint.name} needs a project. Put it into the environment variable ANTHROPIC_VERTEX_PROJECT_ID, or as "project" into its entry.`,
    };
  return {
    kind: 'located',
    endpoint: {
      ...endpoint,
      ...(region === undefined ? {} : { region, baseUrl: addressIn(endpoint.baseUrl, region) }),
      ...(endpoint.protocol === 'claude-vertex' ? { project } : {}),
    },
  };
}

/** Stands in the addresses of the presets. */
const PLACE = /\bPLACE\b/;

/** Vertex has addresses that are no region's. */
const VERTEX: Readonly<Record<string, string>> = {
  us: 'aiplatform.us.rep.googleapis.com',
  eu: 'aiplatform.eu.rep.googleapis.com',
};

function addressIn(baseUrl: string, region: string): string {
  const several = VERTEX[region];
  return several === undefined
    ? baseUrl.replace(PLACE, region)
    : baseUrl.replace('PLACE-aiplatform.googleapis.com', several).replace(PLACE, region);
}
