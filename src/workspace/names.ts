/** File names as bytes: what is not UTF-8 cannot be written in a prompt or a record, and is reported instead. */
import { isUtf8 } from 'node:buffer';

/** NUL-ended texts, apart into those that are UTF-8 and those that are not. */
export function splitNames(bytes: Buffer): { readonly names: string[]; readonly bad: Buffer[] } {
  const names = bytes.toString('utf8').split('\0');
  names.pop();
  if (isUtf8(bytes)) return { names, bad: [] };
  const good: string[] = [];
  const bad: Buffer[] = [];
  for (let start = 0, end = bytes.indexOf(0); end >= 0; start = end + 1, end = bytes.indexOf(0, start)) {
    const name = bytes.subarray(start, end);
    if (isUtf8(name)) good.push(name.toString());
    else bad.push(name);
  }
  return { names: good, bad };
}

/** A path up to its first name that is not UTF-8, with that name's odd bytes as "\xNN". */
export function printBadPath(path: Buffer): string {
  let start = 0;
  let end = path.indexOf('/');
  while (end >= 0 && isUtf8(path.subarray(0, end))) {
    start = end + 1;
    end = path.indexOf('/', start);
  }
  const name = path.subarray(start, end < 0 ? path.length : end).toString('latin1');
  return path.toString('utf8', 0, start) + name.replace(/[^ -~]/g, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
