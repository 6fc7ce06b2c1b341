/** Idle parser threads, kept warm between updates: starting one takes longer than parsing a few files. */
import type { Worker } from 'node:worker_threads';

/** More than this are not worth their memory; an update after a keystroke needs one. */
const KEPT = 2;
/** Milliseconds after which an idle thread is let go. */
const IDLE_MS = 30_000;

interface Spare {
  readonly worker: Worker;
  /** Bytes of source it has parsed. */
  readonly bytes: number;
}

export class Spares {
  readonly #spares: (Spare & { readonly timer: NodeJS.Timeout })[] = [];
  #closed = false;

  take(): Spare | undefined {
    const spare = this.#spares.pop();
    if (!spare) return undefined;
    clearTimeout(spare.timer);
    forget(spare.worker);
    spare.worker.ref();
    return spare;
  }

  /** Takes a thread that waits for nothing; it no longer keeps the process alive. */
  put(worker: Worker, bytes: number): void {
    if (this.#closed || this.#spares.length >= KEPT) {
      void worker.terminate();
      return;
    }
    const drop = (): void => {
      const at = this.#spares.findIndex((s) => s.worker === worker);
      if (at >= 0) this.#spares.splice(at, 1);
      void worker.terminate();
    };
    worker.on('error', drop);
    worker.on('exit', drop);
    worker.unref();
    this.#spares.push({ worker, bytes, timer: setTimeout(drop, IDLE_MS).unref() });
  }

  /** Ends all of them, and from now on every one that is put back. */
  close(): void {
    this.#closed = true;
    for (let spare = this.take(); spare; spare = this.take()) void spare.worker.terminate();
  }
}

/** Stops listening. Not to everything: a thread's own listeners start its port when somebody listens again. */
export function forget(worker: Worker): void {
  for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event);
}
