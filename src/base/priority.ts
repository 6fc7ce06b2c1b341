/** Threads that make way for others. */
import { readlinkSync } from 'node:fs';
import { constants, getPriority, setPriority } from 'node:os';
import { isMainThread } from 'node:worker_threads';

/** In steps of `nice`. Linux gives such a thread a third of what one of usual priority gets beside it, and takes the core from it when that one wakes. */
const STEPS = 5;

/**
 * From now on threads of usual priority go before the calling worker thread: for its whole life, since nobody but a
 * privileged process may raise a priority again. Linux alone takes a thread's id where it takes a process's; macOS and
 * Windows have no such call in Node, and nothing is done there, as where /proc is missing or another container's.
 */
export function makeWay(): void {
  if (process.platform !== 'linux' || isMainThread) return;
  try {
    const [owner, , thread] = readlinkSync('/proc/thread-self').split('/');
    if (Number(owner) !== process.pid) return;
    const id = Number(thread);
    setPriority(id, Math.min(getPriority(id) + STEPS, constants.priority.PRIORITY_LOW));
  } catch {
    // It stays as it is.
  }
}
