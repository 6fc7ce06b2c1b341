/**
 * Reads many files at once in worker threads. A file that breaks or hangs a worker
 * costs its own syntax tree and nothing else: it is read once more without parsing, by
 * another worker, which goes on with the files behind it.
 */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { PARSE_LIMITS, type ParseLimits } from './parse.js';
import type { FileRecord, ParseState } from './record.js';
import { type ReadResult, resultOf } from './result.js';
import { forget, type Spares } from './spares.js';
import type { ReadJob, WorkerAnswer, WorkerSettings } from './worker.js';

export interface PoolOptions {
  /** The bundled worker. */
  readonly script: string;
  /** Folder of the .wasm files. */
  readonly grammars: string;
  /** Default: one per core, at most 8. */
  readonly workers?: number;
  readonly limits?: ParseLimits;
  /** Many files are read by threads that make way for all others, where the system lets them, and end with the call. */
  readonly background?: boolean | undefined;
  /** Milliseconds without an answer after which a worker counts as stuck; default a minute, in the background three. */
  readonly stuckMs?: number;
  /** Where idle workers wait for the next call; without it they end with this one. */
  readonly spares?: Spares;
}

export interface SizedJob extends ReadJob {
  /** Bytes, for an even share of work. */
  readonly size: number;
}

/** Files handed to a worker at a time: few enough to share evenly, enough to hide the way there and back. */
const BATCH = 16;
/** Bytes of source after which a batch is full: the biggest files come first and are to be shared by all. */
const BATCH_BYTES = 1_000_000;
/** A file takes seconds at most; on a machine that does ten other things, ten times that. */
const STUCK_MS = 60_000;
/** More files than these are a first index or another branch: nobody waits for them with a finger on the key. */
const MANY = 100;
/** A thread that makes way gets a third of what another one gets beside it. */
const STUCK_IN_BACKGROUND_MS = 3 * STUCK_MS;
/** Megabytes of heap that a worker may grow to before it is taken for broken. */
const HEAP_MB = 1024;
/** Bytes of source after which a worker is replaced: the runtime's memory grows to the largest tree and never shrinks. */
const RECYCLE_BYTES = 256_000_000;

/** Reads all jobs; `onResult` gets each one's number and result as it comes. Rejects with the signal's reason when aborted; then nothing is left running. */
export async function readFiles(
  jobs: readonly SizedJob[],
  options: PoolOptions,
  onResult: (job: number, result: ReadResult) => void,
  signal?: AbortSignal,
): Promise<void> {
  signal?.throwIfAborted();
  // Big files first: a big one at the end would keep one core busy alone.
  const queue = [...jobs.keys()].sort((a, b) => jobs[b]!.size - jobs[a]!.size);
  const broke = new Map<number, ParseState>();
  const count = Math.min(options.workers ?? Math.min(8, availableParallelism()), Math.ceil(queue.length / 4));
  const lanes = Array.from({ length: count }, () => new Lane({ jobs, queue, broke }, options, onResult));
  const stop = (): void => {
    for (const lane of lanes) lane.stop();
  };
  signal?.addEventListener('abort', stop, { once: true });
  try {
    await Promise.all(lanes.map((lane) => lane.run()));
    signal?.throwIfAborted();
  } finally {
    signal?.removeEventListener('abort', stop);
    stop();
  }
}

/** What all lanes share. */
interface Work {
  readonly jobs: readonly SizedJob[];
  /** Numbers of the jobs that nobody has taken yet. */
  readonly queue: number[];
  /** Jobs that broke a worker, and how. */
  readonly broke: Map<number, ParseState>;
}

/** One worker thread after another, taking from the common queue until it is empty. */
class Lane {
  #worker: Worker | undefined;
  #waiting: number[] = [];
  #bytes = 0;
  #stopped = false;
  #wake: (() => void) | undefined;

  constructor(
    private readonly work: Work,
    private readonly options: PoolOptions,
    private readonly onResult: (job: number, result: ReadResult) => void,
  ) {}

  stop(): void {
    this.#stopped = true;
    void this.#worker?.terminate();
    this.#wake?.();
  }

  async run(): Promise<void> {
    while (!this.#stopped && (this.work.queue.length > 0 || this.#waiting.length > 0)) {
      const broken = await this.#useWorker();
      if (broken && !this.#stopped) this.#blame(this.#waiting.shift(), broken);
      // What stood behind it is innocent.
      this.work.queue.push(...this.#waiting.splice(0).reverse());
    }
  }

  #blame(job: number | undefined, broken: ParseState): void {
    if (job === undefined) return;
    const before = this.work.broke.get(job);
    this.work.broke.set(job, broken);
    if (before) this.onResult(job, resultOf(emptyRecord(this.work.jobs[job]!.language, before), ''));
    else this.work.queue.push(job);
  }

  /** Resolves when the queue is empty or the worker is due for replacement; with a reason when it broke on the first waiting file. */
  #useWorker(): Promise<ParseState | undefined> {
    const { grammars, script, limits = PARSE_LIMITS } = this.options;
    const background = this.options.background === true && this.work.jobs.length > MANY;
    const settings: WorkerSettings = { grammars, limits, background };
    // What a user waits for later must not wait for everybody else.
    const spares = background ? undefined : this.options.spares;
    const spare = spares?.take();
    const worker = spare?.worker ?? new Worker(script, { workerData: settings, resourceLimits: { maxOldGenerationSizeMb: HEAP_MB } });
    this.#worker = worker;
    this.#bytes = spare?.bytes ?? 0;
    return new Promise<ParseState | undefined>((resolve) => {
      let answered = performance.now();
      const stuckMs = this.options.stuckMs ?? (background ? STUCK_IN_BACKGROUND_MS : STUCK_MS);
      const watchdog = setInterval(
        () => {
          const isStuck = (): boolean => performance.now() - answered > stuckMs;
          // After a long turn of this thread, answers that have come meanwhile go first.
          if (isStuck()) setImmediate(() => isStuck() && end({ kind: 'timeout' }));
        },
        Math.min(1_000, stuckMs),
      );
      let ended = false;
      const end = (broken: ParseState | undefined, isSound = false): void => {
        if (ended) return;
        ended = true;
        clearInterval(watchdog);
        this.#wake = undefined;
        forget(worker);
        // Terminating may still emit an error that nobody waits for any more.
        worker.on('error', () => undefined);
        this.#worker = undefined;
        if (isSound && spares && this.#bytes <= RECYCLE_BYTES) {
          spares.put(worker, this.#bytes);
          resolve(broken);
        } else void worker.terminate().then(() => resolve(broken));
      };
      const feed = (): void => {
        if (this.#waiting.length > BATCH / 2) return;
        const batch = this.#bytes > RECYCLE_BYTES ? [] : this.#takeBatch();
        this.#waiting.push(...batch);
        if (batch.length > 0) worker.postMessage(batch.map((j) => this.#plain(j)));
        else if (this.#waiting.length === 0) end(undefined, true);
      };
      this.#wake = () => end(undefined);
      worker.on('message', ({ result, spoilt }: WorkerAnswer) => {
        answered = performance.now();
        const job = this.#waiting.shift();
        if (job !== undefined) this.onResult(job, result);
        if (spoilt) end(undefined);
        else feed();
      });
      worker.on('error', (error) => end({ kind: 'failed', reason: error.message }));
      worker.on('exit', (code) => end({ kind: 'failed', reason: `the parser's thread ended with code ${code}` }));
      feed();
    });
  }

  #takeBatch(): number[] {
    const { queue, jobs } = this.work;
    let count = 0;
    for (let bytes = 0; count < Math.min(BATCH, queue.length) && bytes < BATCH_BYTES; count++) bytes += jobs[queue[count]!]!.size;
    const batch = queue.splice(0, count);
    this.#bytes += batch.reduce((n, j) => n + jobs[j]!.size, 0);
    return batch;
  }

  #plain(job: number): ReadJob {
    const { absolute, language, bytes, known } = this.work.jobs[job]!;
    const broke = this.work.broke.get(job);
    return { absolute, language, known, ...(bytes ? { bytes } : {}), ...(broke ? { broke } : {}) };
  }
}

function emptyRecord(language: string | undefined, parse: ParseState): FileRecord {
  return {
    language,
    parse,
    text: { encoding: 'utf8', eol: 'none', broken: false, minified: false, generated: false },
    lineCount: 0,
    tokens: 0,
    package: '',
    symbols: [],
    references: [],
    imports: [],
    bindings: [],
    exports: [],
    words: { words: [], offsets: new Uint32Array(1), lines: new Uint32Array() },
  };
}
