/** Reads endpoints that the user wrote: more providers, or other addresses of those that are known. */
import type { ChatDeviations } from './openai-chat.js';
import { ENDPOINTS, type Endpoint, isLoopback, type Protocol } from './presets.js';

export type ReadEndpoints =
  /** The known ones with what the user says of them, then the user's own, in the order of the file. */
  | { readonly kind: 'read'; readonly endpoints: readonly Endpoint[] }
  /** One sentence for each mistake, naming the entry. */
  | { readonly kind: 'invalid'; readonly problems: readonly string[] };

const PROTOCOLS: readonly Protocol[] = [
  'anthropic',
  'openai-responses',
  'openai-chat',
  'claude-bedrock',
  'claude-vertex',
  'claude-foundry',
];

const FIELDS = [
  'name',
  'protocol',
  'baseUrl',
  'allowHttp',
  'keyVariable',
  'legacyHeaders',
  'region',
  'project',
  'answerSchema',
  'deviations',
] as const;

type Fields = { readonly [name in (typeof FIELDS)[number]]?: unknown };

/** What each deviation may be. */
const DEVIATIONS: { readonly [name in keyof Required<ChatDeviations>]: readonly unknown[] } = {
  usageOnRequest: [true, false],
  limitField: ['max_tokens', 'max_completion_tokens'],
  cacheKey: [true, false],
  cacheControl: [true, false],
};

/**
 * `value` is an object of `"id": { baseUrl, name?, protocol?, allowHttp?, keyVariable?,
 * legacyHeaders?, region?, project?, answerSchema?, deviations? }`. The id is what stands before "/" in a model's name; that of
 * a known provider changes what is said, and leaves the rest. A key never stands in it:
 * `keyVariable` names the environment variable that holds one, and says that one is needed.
 */
export function readEndpoints(value: unknown): ReadEndpoints {
  if (!isRecord(value)) return { kind: 'invalid', problems: ['endpoints must be an object of "id": { "baseUrl": … }'] };
  const problems: string[] = [];
  const endpoints = new Map(ENDPOINTS.map((e) => [e.id, e]));
  for (const [id, entry] of Object.entries(value)) {
    const say = (problem: string): void => void problems.push(`"${id}": ${problem}`);
    if (!/^[a-z0-9][a-z0-9._-]{0,62}$/.test(id)) say('an id has up to 63 small letters, digits, ".", "_" and "-", like "my-gateway"');
    else if (isRecord(entry)) endpoints.set(id, readEndpoint(id, entry, endpoints.get(id), say));
    else say('must be an object like { "baseUrl": "https://models.example.com/v1" }');
  }
  return problems.length > 0 ? { kind: 'invalid', problems } : { kind: 'read', endpoints: [...endpoints.values()] };
}

function readEndpoint(id: string, entry: Fields, known: Endpoint | undefined, say: (problem: string) => void): Endpoint {
  const { name, protocol, baseUrl, allowHttp, keyVariable, legacyHeaders, region, project, answerSchema, deviations } = entry;
  for (const field of Object.keys(entry)) {
    if (/key|token|secret|password|auth/i.test(field) && field !== 'keyVariable')
      say(`"${field}" does not belong here, keys are not kept in settings. Name the environment variable that holds it in "keyVariable"`);
    else if (!FIELDS.some((f) => f === field)) say(`there is no "${field}"; there are ${FIELDS.join(', ')}`);
  }
  for (const [field, text] of Object.entries({ name, region, project })) {
    if (text !== undefined && !(typeof text === 'string' && text.trim() !== '')) say(`"${field}" must be a text`);
  }
  if (protocol !== undefined && !PROTOCOLS.some((p) => p === protocol)) say(`"protocol" must be one of ${PROTOCOLS.join(', ')}`);
  for (const [field, flag] of Object.entries({ allowHttp, legacyHeaders, answerSchema })) {
    if (flag !== undefined && typeof flag !== 'boolean') say(`"${field}" must be true or false`);
  }
  // Whoever puts the key itself here does not want to read it in a message.
  if (
    keyVariable !== undefined &&
    !(typeof keyVariable === 'string' && /^[A-Z_][A-Z0-9_]{0,99}$/i.test(keyVariable) && !looksLikeKey(keyVariable))
  )
    say('"keyVariable" must be the name of an environment variable, like MY_GATEWAY_KEY, and not the key');
  if (baseUrl === undefined && !known) say('"baseUrl" is missing, like "https://models.example.com/v1"');
  const problem = baseUrl === undefined ? undefined : baseUrlProblem(baseUrl, allowHttp === true);
  if (problem !== undefined) say(`"baseUrl" ${problem}`);
  const read = {
    ...(known ?? { id, name: id, protocol: 'openai-chat', baseUrl: '' }),
    ...stated({ name, protocol, baseUrl, keyVariable, legacyHeaders, region, project, answerSchema }),
  } as Endpoint;
  return deviations === undefined ? read : { ...read, deviations: { ...read.deviations, ...readDeviations(deviations, say) } };
}

function readDeviations(deviations: unknown, say: (problem: string) => void): ChatDeviations {
  if (!isRecord(deviations)) {
    say(`"deviations" must be an object of ${Object.keys(DEVIATIONS).join(', ')}`);
    return {};
  }
  for (const [name, value] of Object.entries(deviations)) {
    const allowed = Object.entries(DEVIATIONS).find(([n]) => n === name)?.[1];
    if (!allowed) say(`there is no deviation "${name}"; there are ${Object.keys(DEVIATIONS).join(', ')}`);
    else if (!allowed.includes(value)) say(`"${name}" must be ${allowed.map((v) => JSON.stringify(v)).join(' or ')}`);
  }
  return deviations;
}

/** What is wrong with the address of an endpoint, and what to do; undefined if nothing is. */
export function baseUrlProblem(baseUrl: unknown, allowHttp = false): string | undefined {
  const url = typeof baseUrl === 'string' && URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) return 'must be an address like "https://models.example.com/v1"';
  if (url.username !== '' || url.password !== '') return 'holds a user or password. Take it out, and name a "keyVariable" instead';
  if (url.search !== '' || url.hash !== '') return 'must end with its path: take out what follows "?" or "#"';
  if (url.protocol === 'http:' && !allowHttp && !isLoopback(url.hostname))
    return `sends prompts and keys to ${url.host} unencrypted. Write https, or allow it with "allowHttp": true`;
  return undefined;
}

/** Long, and of small letters and digits as names of variables are not. */
function looksLikeKey(text: string): boolean {
  return text.length >= 20 && /[a-z]/.test(text) && /\d/.test(text);
}

function stated(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
