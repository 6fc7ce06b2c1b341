/** Worker thread: reads files into encoded records, one message per file, in the order they were asked for. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { Grammars } from './grammars.js';
import { type ParseLimits, readRecord } from './parse.js';
import { type ReadResult, resultOf } from './result.js';

export interface WorkerSettings {
  readonly grammars: string;
  readonly limits: ParseLimits;
}

export interface ReadJob {
  readonly absolute: string;
  readonly language: string | undefined;
  /** Text to read instead of the file (an editor's unsaved text). */
  readonly bytes?: Uint8Array;
}

const { grammars, limits } = workerData as WorkerSettings;
const loaded = new Grammars(grammars);

// Batches may arrive while one is being read; answers keep the order of the questions.
let last = Promise.resolve();
parentPort?.on('message', (jobs: readonly ReadJob[]) => {
  last = last.then(() => answer(jobs));
});

async function answer(jobs: readonly ReadJob[]): Promise<void> {
  for (const job of jobs) {
    const result = await read(job);
    parentPort?.postMessage(result, result.kind === 'read' ? [result.bytes.buffer] : []);
  }
}

async function read({ absolute, language, bytes: given }: ReadJob): Promise<ReadResult> {
  let bytes: Uint8Array;
  try {
    bytes = given ?? readFileSync(absolute);
  } catch (error) {
    return { kind: 'unreadable', reason: (error as NodeJS.ErrnoException).code ?? String(error) };
  }
  return resultOf(await readRecord(bytes, language, loaded, limits), createHash('sha1').update(bytes).digest('hex'));
}
