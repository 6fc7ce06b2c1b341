/** The engine as an editor's host sees it: asks a thread and waits, never computes. */
import { Worker } from 'node:worker_threads';
import type { Progress } from '../index/index.js';
import type { Answer, Asked, EngineSettings, FromEngine, Method, ToEngine } from './protocol.js';
import { type PostedPack, receivePack } from './sent-pack.js';

/** The thread ended before it answered. The next question starts another one, which goes on from the stored index. */
export class EngineLostError extends Error {
  constructor(reason: string) {
    super(`Longview's engine stopped (${reason}). It starts again with the next question.`);
  }
}

interface Waiting {
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

export interface EngineOptions {
  /** Of reading files, at most ten times a second. */
  onProgress?(progress: Progress): void;
  /** The thread ended by itself, with whatever was asked of it. */
  onLost?(error: EngineLostError): void;
  /** Megabytes of heap that the thread may grow to before it is given up; it starts again from the stored index. Default 4096. */
  readonly heapMb?: number;
}

export class Engine {
  #worker: Worker | undefined;
  #last = 0;
  readonly #waiting = new Map<number, Waiting>();

  /** @param script the bundled thread. */
  constructor(
    private readonly script: string,
    private readonly settings: EngineSettings,
    private readonly options: EngineOptions = {},
  ) {}

  /** Rejects with the signal's reason when aborted, with {@link EngineLostError} when the thread ended, else with what went wrong. */
  ask<M extends Method>(method: M, asked: Asked<M>, signal?: AbortSignal): Promise<Answer<M>> {
    if (signal?.aborted) return Promise.reject(signal.reason);
    const worker = this.#thread();
    this.#last++;
    const id = this.#last;
    const send = (message: ToEngine): void => worker.postMessage(message);
    return new Promise<Answer<M>>((resolve, reject) => {
      const cancel = (): void => {
        this.#waiting.delete(id);
        send({ kind: 'cancel', id });
        reject(signal?.reason as Error);
      };
      const done = (): void => signal?.removeEventListener('abort', cancel);
      this.#waiting.set(id, {
        resolve: (answer) => {
          done();
          resolve((method === 'pack' ? receivePack(answer as PostedPack) : answer) as Answer<M>);
        },
        reject: (error) => {
          done();
          reject(error);
        },
      });
      signal?.addEventListener('abort', cancel, { once: true });
      send({ kind: 'ask', id, method, asked });
    });
  }

  /** Ends the thread; what is still waited for is rejected. */
  async close(): Promise<void> {
    const worker = this.#worker;
    this.#lose('it was closed');
    await worker?.terminate();
  }

  #thread(): Worker {
    if (this.#worker) return this.#worker;
    const worker = new Worker(this.script, {
      workerData: this.settings,
      resourceLimits: { maxOldGenerationSizeMb: this.options.heapMb ?? 4096 },
    });
    this.#worker = worker;
    worker.on('message', (message: FromEngine) => this.#hear(message));
    const lost = (reason: string): void => {
      if (this.#worker !== worker) return;
      this.#lose(reason);
      this.options.onLost?.(new EngineLostError(reason));
    };
    worker.on('error', (error) => lost(error.message));
    worker.on('exit', (code) => lost(`code ${code}`));
    return worker;
  }

  #hear(message: FromEngine): void {
    if (message.kind === 'progress') {
      this.options.onProgress?.(message.progress);
      return;
    }
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.kind === 'answer') waiting?.resolve(message.answer);
    else waiting?.reject(new Error(message.message));
  }

  #lose(reason: string): void {
    this.#worker = undefined;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const w of waiting) w.reject(new EngineLostError(reason));
  }
}
