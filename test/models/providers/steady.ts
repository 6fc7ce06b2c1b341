/**
 * What leaves for the providers, held to an OpenAPI specification by Steady, a server that checks requests:
 *
 *     node dist/test/models/providers/steady.js --spec openapi.yaml [--steady PROGRAM]
 *
 * The specification says whose requests are sent: those of the paths that it has. Steady comes by npx
 * (its program is 95 MB, so that it is no dependency), unless PROGRAM names one that is installed.
 * Exits with 1 where something is refused, or where a request that is wrong is not.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { openProvider } from '../../../src/models/providers/open-provider.js';
import { ENDPOINTS, type Protocol } from '../../../src/models/providers/presets.js';
import { type Body, REQUESTS, sentTo } from './outgoing.js';
import { type Asked, json, ProtocolServer } from './protocol-server.js';
import { cleared, KEY } from './speech.js';

const STEADY = ['npx', '--yes', '@stdy/cli@0.22.2'];

/** Where a specification has each protocol; Bedrock and Vertex, which have paths of their own, are in none. */
const PATHS: Readonly<Partial<Record<Protocol, string>>> = {
  anthropic: '/v1/messages',
  'claude-foundry': '/v1/messages',
  'openai-responses': '/responses',
  'openai-chat': '/chat/completions',
};

interface Checked extends Pick<Asked, 'method' | 'headers' | 'body'> {
  readonly what: string;
  readonly path: string;
}

/** How Steady found it: a request is valid where nothing is said of it. */
interface Finding {
  readonly status: number;
  readonly problems: readonly string[];
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { spec: { type: 'string' }, steady: { type: 'string' } } });
  if (!values.spec) throw new Error('--spec FILE is missing: an OpenAPI specification, YAML or JSON');
  const text = readFileSync(values.spec, 'utf8');
  const known = Object.entries(PATHS).filter(([, path]) => new RegExp(`^\\s*"?${path}"?:`, 'm').test(text));
  if (known.length === 0) throw new Error(`${values.spec} has none of the paths ${Object.values(PATHS).join(', ')}`);
  const requests = await requestsOf(new Set(known.map(([protocol]) => protocol)));
  const [steady, url] = await startSteady(values.spec, values.steady === undefined ? STEADY : [values.steady]);
  let unexpected = 0;
  try {
    for (const { wrong, ...request } of requests) {
      const { status, problems } = await check(url, request);
      const isRefused = problems.length > 0 || status >= 400;
      if (isRefused !== wrong) unexpected++;
      const verdict = `${isRefused ? 'refused' : 'taken'}${isRefused === wrong ? '' : ', unexpectedly'}`;
      process.stdout.write(`${verdict.padEnd(22)} ${request.what}${problems.map((p) => `\n    ${p}`).join('')}\n`);
    }
  } finally {
    steady.kill();
  }
  process.stdout.write(`${requests.length} requests, ${unexpected} not as expected\n`);
  return unexpected === 0 ? 0 : 1;
}

/** Every kind of request by every endpoint of these protocols, with what is wrong in some of them. */
async function requestsOf(protocols: ReadonlySet<string>): Promise<(Checked & { readonly wrong: boolean })[]> {
  const server = await ProtocolServer.start();
  const requests: (Checked & { readonly wrong: boolean })[] = [];
  try {
    for (const endpoint of ENDPOINTS.filter((e) => protocols.has(e.protocol))) {
      const path = PATHS[endpoint.protocol]!;
      const add = (what: string, { method, headers }: Asked, body: unknown, to = path, wrong = false): void =>
        void requests.push({ what: `${endpoint.name}: ${what}`, path: to, method, headers, body, wrong });
      for (const [i, asked] of REQUESTS.entries()) {
        const sent = await sentTo(server, endpoint, asked);
        add(`request ${i + 1}`, sent, sent.body);
        if (i > 0) continue;
        for (const [what, change] of Object.entries(WRONG)) add(what, sent, change(sent.body as Body), path, true);
      }
      const provider = openProvider({ ...endpoint, baseUrl: server.url }, KEY);
      if (!provider.countTokens) continue;
      server.answer(json({ input_tokens: 1, object: 'response.input_tokens' }));
      server.asked.splice(0);
      await provider.countTokens(await cleared(REQUESTS[2]!), new AbortController().signal);
      const count = server.asked[0]!;
      add('count of tokens', count, count.body, `${path}/${count.path.split('/').at(-1)!}`);
    }
  } finally {
    await server.stop();
  }
  return requests;
}

const WRONG: Readonly<Record<string, (body: Body) => Body>> = {
  'a role that there is not': (b) => JSON.parse(JSON.stringify(b).replace('"role":"user"', '"role":"wizard"')) as Body,
  'messages that are a number': (b) => ('messages' in b ? { ...b, messages: 7 } : { ...b, input: 7 }),
  'a limit that is a text': (b) => ({ ...b, [Object.keys(b).find((k) => /^max_/.test(k))!]: 'many' }),
};

async function check(url: string, { method, path, headers, body }: Checked): Promise<Finding> {
  const { host: _, connection: __, 'content-length': ___, 'transfer-encoding': ____, ...sent } = headers;
  const response = await fetch(url + path, { method, headers: sent as Record<string, string>, body: JSON.stringify(body) });
  await response.arrayBuffer();
  // "x-steady-request-valid" is true for some that have errors: these count.
  const count = Number(response.headers.get('x-steady-error-count') ?? 0);
  const of = (n: number, field: string): string => response.headers.get(`x-steady-error-${n}-${field}`) ?? '?';
  const problems = Array.from({ length: count }, (_, i) => `${of(i + 1, 'code')} at ${of(i + 1, 'path')}: ${of(i + 1, 'message')}`);
  return { status: response.status, problems };
}

async function startSteady(spec: string, [program, ...args]: readonly string[]): Promise<[ChildProcess, string]> {
  const port = await freePort();
  const steady = spawn(program!, [...args, '--port', String(port), '--quiet', '--no-color', spec], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  for await (const piece of steady.stdout!) {
    said += String(piece);
    if (said.includes('Ready to accept')) return [steady, `http://localhost:${port}`];
  }
  throw new Error(`Steady did not start:\n${said}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

void main().then((code) => {
  process.exitCode = code;
});
