/** How long a thread could not be asked for while something ran. */
import { closeSync, openSync, readSync } from 'node:fs';
import { monitorEventLoopDelay, PerformanceObserver, performance } from 'node:perf_hooks';

/** Of the time between two turns of the event loop, milliseconds. */
export interface Slices {
  /** Most CPU time: what was done in one go. */
  readonly cpuMs: number;
  /** Longest by the clock, by Node's histogram. */
  readonly wallMs: number;
  readonly wallMs999: number;
  /** How many of 20 ms and more by the clock, and the CPU time in the one of them that had most; 0 if there are none. */
  readonly long: number;
  readonly longCpuMs: number;
  /** In the longest by the clock: waiting for a core while ready to run, as Linux counts it; 0 elsewhere. */
  readonly starvedMs: number;
  /** Longest pause for collecting garbage. */
  readonly gcMs: number;
}

/** A turn as long as this can be felt. */
const LONG_MS = 20;

/** Measures the thread that calls. Needs Node 24. */
export async function slicesDuring(work: () => Promise<unknown>): Promise<Slices> {
  const delays = monitorEventLoopDelay({ resolution: 1 });
  let gcMs = 0;
  const collections = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) gcMs = Math.max(gcMs, duration);
  });
  const queue = new RunQueue();
  let [cpuMs, wallMs, long, longCpuMs, starvedMs] = [0, 0, 0, 0, 0];
  let before = { cpu: cpuTime(), starved: queue.waitedMs(), at: performance.now() };
  delays.enable();
  collections.observe({ entryTypes: ['gc'] });
  const turns = setInterval(() => {
    const now = { cpu: cpuTime(), starved: queue.waitedMs(), at: performance.now() };
    const turn = { cpu: now.cpu - before.cpu, starved: now.starved - before.starved, wall: now.at - before.at };
    before = now;
    cpuMs = Math.max(cpuMs, turn.cpu);
    if (turn.wall >= LONG_MS) {
      long++;
      longCpuMs = Math.max(longCpuMs, turn.cpu);
    }
    if (turn.wall > wallMs) {
      wallMs = turn.wall;
      starvedMs = turn.starved;
    }
  }, 1);
  try {
    await work();
  } finally {
    clearInterval(turns);
    delays.disable();
    collections.disconnect();
    queue.close();
  }
  return { cpuMs, wallMs: delays.max / 1e6, wallMs999: delays.percentile(99.9) / 1e6, long, longCpuMs, starvedMs, gcMs };
}

/** Milliseconds of CPU that this thread has used. */
function cpuTime(): number {
  const { user, system } = (process as NodeJS.Process & { threadCpuUsage(): NodeJS.CpuUsage }).threadCpuUsage();
  return (user + system) / 1000;
}

/** The kernel's count of how long this thread was ready to run and stood behind others. */
class RunQueue {
  readonly #buffer = Buffer.alloc(100);
  readonly #file: number | undefined;

  constructor() {
    try {
      this.#file = openSync('/proc/thread-self/schedstat', 'r');
    } catch {
      // Not Linux, or one that does not count it.
    }
  }

  /** Since the thread began. */
  waitedMs(): number {
    if (this.#file === undefined) return 0;
    const length = readSync(this.#file, this.#buffer, 0, this.#buffer.length, 0);
    return Number(this.#buffer.toString('latin1', 0, length).split(' ')[1]) / 1e6;
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
  }
}
