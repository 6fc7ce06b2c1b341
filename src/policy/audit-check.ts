/** Reads the audit log and checks that each row's hash is that of what stands before it. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type AuditRow, type Before, listAuditFiles } from './audit.js';

export interface AuditProblem {
  readonly file: string;
  /** Of the row that shows it, from 1. */
  readonly line: number;
  /**
   * `changed`: what stood before the row is no longer what it was. `missing`: the file before
   * it is gone. `torn`: the line is no row, as a crash leaves it.
   */
  readonly kind: 'changed' | 'missing' | 'torn';
}

export interface CheckedAudit {
  /** In the order of the files. */
  readonly rows: readonly AuditRow[];
  readonly problems: readonly AuditProblem[];
  /** Of all that stands in the last file: who keeps it elsewhere can tell later whether the end was cut off. */
  readonly head: Before | undefined;
}

/** Everything in the log of a folder. Of rows whose hash does not hold the first of a file is told: those behind it show the same. */
export async function checkAudit(folder: string): Promise<CheckedAudit> {
  const names = await listAuditFiles(folder);
  const files = new Map<string, Buffer>();
  for (const name of names) files.set(name, await readFile(join(folder, name)));
  const prefixes = new Map([...files].map(([name, bytes]) => [name, new Prefixes(bytes)]));
  /** Of a row that begins at `start` of `name`. */
  const problemOf = ({ file, offset, sha256 }: Before, name: string, start: number): 'missing' | 'changed' | undefined => {
    const end = file === name ? start : files.get(file)?.length;
    if (end === undefined) return 'missing';
    return offset <= end && prefixes.get(file)!.hashTo(offset) === sha256 ? undefined : 'changed';
  };
  const rows: AuditRow[] = [];
  const problems: AuditProblem[] = [];
  for (const [name, bytes] of files) {
    let told = false;
    for (const { start, line, text } of linesOf(bytes)) {
      const row = readRow(text);
      if (!row) {
        problems.push({ file: name, line, kind: 'torn' });
        continue;
      }
      rows.push(row);
      const kind = row.before && problemOf(row.before, name, start);
      if (kind === undefined || told) continue;
      told = true;
      problems.push({ file: name, line, kind });
    }
  }
  const file = names.at(-1);
  const offset = file === undefined ? 0 : files.get(file)!.length;
  const head = file === undefined ? undefined : { file, offset, sha256: prefixes.get(file)!.hashTo(offset) };
  return { rows, problems, head };
}

/** Hashes of the beginnings of a file: each byte is read once as long as offsets grow. */
class Prefixes {
  #offset = 0;
  #hash = createHash('sha256');

  constructor(private readonly bytes: Buffer) {}

  hashTo(offset: number): string {
    if (offset < this.#offset) {
      this.#offset = 0;
      this.#hash = createHash('sha256');
    }
    this.#hash.update(this.bytes.subarray(this.#offset, offset));
    this.#offset = offset;
    return this.#hash.copy().digest('hex');
  }
}

function* linesOf(bytes: Buffer): Generator<{ readonly start: number; readonly line: number; readonly text: string }> {
  let line = 0;
  for (let start = 0; start < bytes.length; line++) {
    const found = bytes.indexOf(0x0a, start);
    const end = found < 0 ? bytes.length : found;
    if (end > start) yield { start, line: line + 1, text: bytes.toString('utf8', start, end) };
    start = end + 1;
  }
}

function readRow(text: string): AuditRow | undefined {
  let row: Partial<AuditRow> | null;
  try {
    row = JSON.parse(text) as Partial<AuditRow> | null;
  } catch {
    return undefined;
  }
  const isText = (v: unknown): boolean => typeof v === 'string';
  const whole =
    typeof row === 'object' &&
    row !== null &&
    [row.at, row.request, row.provider, row.model, row.origin, row.workspace].every(isText) &&
    Array.isArray(row.files) &&
    row.files.every(isText) &&
    typeof row.redacted === 'object' &&
    row.redacted !== null &&
    Number.isSafeInteger(row.bytes) &&
    (row.before === undefined || (isText(row.before?.file) && Number.isSafeInteger(row.before?.offset) && isText(row.before?.sha256)));
  return whole ? (row as AuditRow) : undefined;
}
