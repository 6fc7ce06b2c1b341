/** A line of JSON whose last member, `sum`, is the CRC-32 of the text before it: a line that was torn by a crash, or overwritten, fails it. */
import { crc32 } from 'node:zlib';

/** The line of an object that has at least one member, without a line break. */
export function sealLine(value: object): string {
  const body = JSON.stringify(value).slice(0, -1);
  return `${body},"sum":"${hex(crc32(body))}"}`;
}

/** What was sealed, without its sum; undefined for a line that is not whole. */
export function openLine(line: string): { readonly value: unknown } | undefined {
  const at = line.length - SUM_LENGTH;
  const [, sum] = /^,"sum":"([0-9a-f]{8})"\}$/.exec(line.slice(Math.max(0, at))) ?? [];
  if (at < 1 || sum !== hex(crc32(line.slice(0, at)))) return undefined;
  return { value: parse(`${line.slice(0, at)}}`) };
}

const SUM_LENGTH = ',"sum":"00000000"}'.length;

const hex = (n: number): string => n.toString(16).padStart(8, '0');

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
