/** A server on loopback that speaks the providers' protocols from a script, and keeps what it was asked. */
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

/** What follows the headers, one after the other. */
export type Step =
  | { readonly kind: 'send'; readonly text: string }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  /** Milliseconds. */
  | { readonly kind: 'wait'; readonly ms: number }
  /** The connection is torn down, as by a network that fails. */
  | { readonly kind: 'reset' };

export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

export class ProtocolServer {
  readonly asked: Asked[] = [];
  #reply: (asked: Asked) => Reply = () => ({ status: 500, steps: [] });
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<ProtocolServer> {
    // A client that was busy between two requests still finds its connection.
    const server = createServer({ keepAliveTimeout: 120_000 });
    const own = new ProtocolServer(server);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', async () => {
        const text = Buffer.concat(chunks).toString();
        const asked = {
          method: request.method!,
          path: request.url!,
          headers: request.headers,
          body: text === '' ? undefined : JSON.parse(text),
        };
        own.asked.push(asked);
        const { status = 200, headers = {}, steps } = own.#reply(asked);
        response.writeHead(status, { 'content-type': 'text/event-stream', ...headers });
        for (const step of steps) {
          if (step.kind === 'send') response.write(step.text);
          else if (step.kind === 'bytes') response.write(step.bytes);
          else if (step.kind === 'wait') await new Promise((done) => setTimeout(done, step.ms));
          else {
            // What was sent before is to arrive.
            await new Promise((done) => setTimeout(done, 30));
            response.destroy();
            return;
          }
        }
        response.end();
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return own;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  answer(reply: Reply | ((asked: Asked) => Reply)): void {
    this.#reply = typeof reply === 'function' ? reply : () => reply;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }
}

/** Server-sent events; those of Anthropic and of Responses are named by their type. */
export function sse(...events: readonly object[]): Step[] {
  return events.map((event) => {
    const type = (event as { readonly type?: unknown }).type;
    return { kind: 'send', text: `${typeof type === 'string' ? `event: ${type}\n` : ''}data: ${JSON.stringify(event)}\n\n` };
  });
}

export const send = (text: string): Step => ({ kind: 'send', text });
export const json = (value: object, status = 200, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  steps: [send(JSON.stringify(value))],
});
