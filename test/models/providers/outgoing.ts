/** What leaves for a provider, of every kind of request that Longview makes: for the contracts that it is held to. */
import assert from 'node:assert/strict';
import { openProvider } from '../../../src/models/providers/open-provider.js';
import type { Endpoint } from '../../../src/models/providers/presets.js';
import type { ModelRequest } from '../../../src/models/request.js';
import { PROPOSAL_SCHEMA } from '../../../src/proposals/schema.js';
import type { Asked, ProtocolServer } from './protocol-server.js';
import { ASKED, answerOf, cleared, KEY, SPEECH } from './speech.js';

export type Body = Readonly<Record<string, unknown>>;

/** Every kind of request that Longview makes: with and without instructions, a conversation, both times of caching. */
export const REQUESTS: readonly ModelRequest[] = [
  ASKED,
  { ...ASKED, system: [] },
  {
    ...ASKED,
    system: [{ text: 'Rules.', cache: '1h' }],
    messages: [
      { role: 'user', parts: [{ text: 'first', cache: 'short' }, { text: 'question' }] },
      { role: 'assistant', parts: [{ text: 'answer' }] },
      { role: 'user', parts: [{ text: 'next 🙂\n\u0000', cache: '1h' }] },
    ],
  },
  { ...ASKED, answerSchema: { name: 'proposal', schema: PROPOSAL_SCHEMA } },
  { ...ASKED, messages: [{ role: 'user', parts: [...'abcdef'].map((text) => ({ text, cache: 'short' as const })) }] },
];

/** The request for an answer, as `server` gets it in the provider's place. */
export async function sentTo(server: ProtocolServer, endpoint: Endpoint, asked: ModelRequest): Promise<Asked> {
  const { begin, text, end, headers = {} } = SPEECH[endpoint.protocol];
  server.answer({ headers, steps: [...begin, ...text, ...end] });
  server.asked.splice(0);
  const provider = openProvider({ ...endpoint, baseUrl: server.url, region: endpoint.region ?? 'us-east-1', project: 'p' }, KEY);
  assert.equal((await answerOf(provider, await cleared(asked))).text, 'One.');
  return server.asked[0]!;
}

export async function sentBody(server: ProtocolServer, endpoint: Endpoint, asked: ModelRequest): Promise<Body> {
  return (await sentTo(server, endpoint, asked)).body as Body;
}
