/** Says who holds a reservation, and whether that process still runs. */
import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import type { Owner, ReservedRow } from './row.js';

/** This process. */
export function thisProcess(): Owner {
  return { pid: process.pid, ...startOf(process.pid), place: thisPlace() };
}

/**
 * Whether `owner` is known to be gone. Of a process on another machine, in another container
 * or before a restart nothing is known: its reservation ends with its deadline. Where the
 * system does not tell when a process began (it is read from Linux's /proc), one that was
 * given the same number is taken for it.
 *
 * A wrong answer costs no money: a lost reservation counts at its worst until it is settled.
 */
function isGone({ pid, start, place }: Owner): boolean {
  if (place !== thisPlace()) return false;
  if (start !== undefined) return startOf(pid).start !== start;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

/** Whether nobody will end this reservation any more, as far as can be told. */
export function isLost({ owner, deadline }: Pick<ReservedRow, 'owner' | 'deadline'>, now: Date): boolean {
  return Date.parse(deadline) <= now.getTime() || isGone(owner);
}

let place: string | undefined;

function thisPlace(): string {
  place ??= createHash('sha256')
    .update(
      [
        hostname(),
        orNothing(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')),
        orNothing(() => readlinkSync('/proc/self/ns/pid')),
      ].join('\n'),
    )
    .digest('hex')
    .slice(0, 12);
  return place;
}

/** In clock ticks since the machine started: field 22 of /proc/PID/stat (proc(5)), whose second one may hold blanks and brackets. A zombie is gone. */
function startOf(pid: number): { readonly start?: string } {
  const stat = orNothing(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const start = rest[18];
  return start === undefined || state === 'Z' ? {} : { start };
}

function orNothing(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
