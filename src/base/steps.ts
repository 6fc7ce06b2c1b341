/** Long work in steps, so that whoever runs it can do something else in between, or give it up. */

/** Work that yields wherever it may pause, and returns its result. */
export type Steps<T> = Generator<void, T, void>;

/** Milliseconds that a thread may be busy without looking at its messages. */
const SLICE_MS = 20;

/** The result without a pause. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/**
 * The result, with a pause for other events about every {@link SLICE_MS}. Rejects with the signal's reason when aborted.
 * @param goFirst what is waited for in each pause: work that somebody waits for more.
 */
export async function inTurns<T>(steps: Steps<T>, signal?: AbortSignal, goFirst?: () => Promise<unknown>): Promise<T> {
  signal?.throwIfAborted();
  let since = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (performance.now() - since < SLICE_MS) continue;
    await new Promise((go) => setImmediate(go));
    await goFirst?.();
    signal?.throwIfAborted();
    since = performance.now();
  }
}

/** As `items.map(f)`, with a possible pause after each. */
export function* mapSteps<T, U>(items: readonly T[], f: (item: T, at: number) => U): Steps<U[]> {
  const out: U[] = [];
  for (let at = 0; at < items.length; at++) {
    out.push(f(items[at]!, at));
    yield;
  }
  return out;
}
