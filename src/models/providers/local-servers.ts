/**
 * Finds servers with models on this machine: only when the user asks for it, only on the ports
 * of the endpoints that are known to run here, and nowhere but on 127.0.0.1 and [::1].
 */
import { request } from 'node:http';
import type { OfferedModel } from '../provider.js';
import { ENDPOINTS, type Endpoint, isLocal } from './presets.js';

export interface LocalServer {
  /** With the address at which it answered. */
  readonly endpoint: Endpoint;
  /** With the window it has loaded a model with, where it states one. */
  readonly models: readonly OfferedModel[];
}

/** Milliseconds; a server on this machine that is not busy answers in a few. */
const TIMEOUT_MS = 1_000;

/** Bytes of an answer; what is longer is not a list of models. */
const MAX_ANSWER = 4 << 20;

/** The servers that answer, in the order of `endpoints`. Of these only those of {@link isLocal} are asked, and by http: on other machines, with a key or by https none is. */
export async function findLocalServers(signal: AbortSignal, endpoints: readonly Endpoint[] = ENDPOINTS): Promise<readonly LocalServer[]> {
  const found = await Promise.all(endpoints.filter((e) => isLocal(e) && e.baseUrl.startsWith('http:')).map((e) => findServer(e, signal)));
  return found.filter((server) => server !== undefined);
}

async function findServer(endpoint: Endpoint, signal: AbortSignal): Promise<LocalServer | undefined> {
  const { port, pathname } = new URL(endpoint.baseUrl);
  const path = pathname.replace(/\/$/, '');
  for (const host of ['127.0.0.1', '::1']) {
    const get = (at: string): Promise<unknown> => getJson(host, Number(port || 80), at, signal);
    const ids = idsOf(await get(`${path}/models`));
    if (!ids) continue;
    const windows = await windowsOf(endpoint.id, get);
    const models = ids.map(({ id, window }) => ({ id, window: windows(id) ?? window }));
    return { endpoint: { ...endpoint, baseUrl: `http://${host === '::1' ? '[::1]' : host}:${port || 80}${path}` }, models };
  }
  return undefined;
}

/** Models of an OpenAI-compatible list; undefined if it is none, as of anything else that has the port. */
function idsOf(answer: unknown): readonly OfferedModel[] | undefined {
  const list = at(answer, 'data');
  if (!Array.isArray(list)) return undefined;
  return list.flatMap((model): OfferedModel[] => {
    const id = at(model, 'id');
    return typeof id === 'string' && id !== '' ? [{ id, window: tokens(at(model, 'max_model_len')) }] : [];
  });
}

/** What a server tells beside the list, each in its own way, of the window a model runs with; the one it was trained with may be larger. */
async function windowsOf(id: string, get: (path: string) => Promise<unknown>): Promise<(model: string) => number | undefined> {
  if (id === 'llama.cpp') {
    const window = tokens(at(at(await get('/props'), 'default_generation_settings'), 'n_ctx'));
    return () => window;
  }
  const [path, list, name, field] =
    id === 'ollama'
      ? (['/api/ps', 'models', 'name', 'context_length'] as const)
      : id === 'lm-studio'
        ? (['/api/v0/models', 'data', 'id', 'loaded_context_length'] as const)
        : [];
  if (path === undefined) return () => undefined;
  const running = at(await get(path), list);
  if (!Array.isArray(running)) return () => undefined;
  return (model) =>
    tokens(
      at(
        running.find((m) => at(m, name) === model),
        field,
      ),
    );
}

/** Undefined for everything but an answer of 200 that is JSON; follows no redirection, and knows no proxy. */
function getJson(host: string, port: number, path: string, signal: AbortSignal): Promise<unknown> {
  return new Promise((done) => {
    const none = (): void => done(undefined);
    const asking = request(
      { host, port, path, signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]), headers: { accept: 'application/json' } },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', (piece: string) => {
          text += piece;
          if (text.length > MAX_ANSWER) asking.destroy();
        });
        answer.on('end', () => done(answer.statusCode === 200 ? parsed(text) : undefined));
        answer.on('error', none);
        answer.on('close', none);
      },
    );
    asking.on('error', none);
    asking.end();
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function at(value: unknown, field: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[field] : undefined;
}

function tokens(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : undefined;
}
