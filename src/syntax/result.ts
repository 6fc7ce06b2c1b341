/** What a worker thread answers for one file. */
import { encodeRecord } from './codec.js';
import { interfaceKey } from './interface.js';
import type { FileRecord, ParseState } from './record.js';

export type ReadResult =
  | {
      readonly kind: 'read';
      /** SHA-1 of the file's bytes, hex; "" for a file that broke its parser. */
      readonly hash: string;
      /** The encoded record. */
      readonly bytes: Uint8Array<ArrayBuffer>;
      readonly interfaceKey: string;
      /** o200k tokens of its text. */
      readonly tokens: number;
      /** Why there is no tree; undefined where there is one, or no grammar. */
      readonly unparsed: ParseState | undefined;
    }
  /** The content has the hash that the job calls known. */
  | { readonly kind: 'same' }
  | { readonly kind: 'unreadable'; readonly reason: string };

export function resultOf(record: FileRecord, hash: string): Extract<ReadResult, { readonly kind: 'read' }> {
  const { parse, tokens } = record;
  const unparsed = parse.kind === 'parsed' || parse.kind === 'none' ? undefined : parse;
  return { kind: 'read', hash, bytes: encodeRecord(record), interfaceKey: interfaceKey(record), tokens, unparsed };
}
