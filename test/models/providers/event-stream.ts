/** Amazon's binary event stream (application/vnd.amazon.eventstream), as Bedrock sends an answer in it. */
import { crc32 } from 'node:zlib';
import type { Step } from './protocol-server.js';

export const EVENT_STREAM = { 'content-type': 'application/vnd.amazon.eventstream' };

/** A message: both lengths and their checksum, headers, payload, checksum of all. */
function frame(headers: Readonly<Record<string, string>>, payload: string): Buffer {
  const head = Buffer.concat(
    Object.entries(headers).flatMap(([name, value]) => {
      const [n, v] = [Buffer.from(name), Buffer.from(value)];
      // 7 is a text.
      return [Buffer.from([n.length]), n, Buffer.from([7, v.length >> 8, v.length & 0xff]), v];
    }),
  );
  const body = Buffer.from(payload);
  const prelude = Buffer.alloc(8);
  prelude.writeUInt32BE(16 + head.length + body.length, 0);
  prelude.writeUInt32BE(head.length, 4);
  const message = Buffer.concat([prelude, checksum(prelude), head, body]);
  return Buffer.concat([message, checksum(message)]);
}

function checksum(bytes: Buffer): Buffer {
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(bytes));
  return sum;
}

/** Events of Anthropic's as Bedrock wraps them. */
export function chunks(...events: readonly object[]): Step[] {
  const headers = { ':event-type': 'chunk', ':content-type': 'application/json', ':message-type': 'event' };
  return events.map((event) => ({
    kind: 'bytes',
    bytes: frame(headers, JSON.stringify({ bytes: Buffer.from(JSON.stringify(event)).toString('base64') })),
  }));
}

/** What Bedrock says when it cannot go on. */
export function exception(type: string, message: string): Step {
  const headers = { ':exception-type': type, ':content-type': 'application/json', ':message-type': 'exception' };
  return { kind: 'bytes', bytes: frame(headers, JSON.stringify({ message })) };
}

/** The step with one bit of its payload turned. */
export function damaged(step: Step): Step {
  if (step.kind !== 'bytes') throw new RangeError('only bytes can be damaged');
  const bytes = Buffer.from(step.bytes);
  bytes[bytes.length - 12]! ^= 1;
  return { kind: 'bytes', bytes };
}
