/** Worker thread: reads files into encoded records, one message per file, in the order they were asked for. */
import { createHash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { makeWay } from '../base/priority.js';
import { readFileBytes } from '../workspace/read-file.js';
import { Grammars } from './grammars.js';
import { type ParseLimits, readRecord } from './parse.js';
import type { ParseState } from './record.js';
import { type ReadResult, resultOf } from './result.js';

export interface WorkerSettings {
  readonly grammars: string;
  readonly limits: ParseLimits;
  /** Whether this thread makes way for all others. */
  readonly background: boolean;
}

export interface ReadJob {
  readonly absolute: string;
  readonly language: string | undefined;
  /** Text to read instead of the file (an editor's unsaved text). */
  readonly bytes?: Uint8Array;
  /** SHA-1 of the content whose record is there already, hex: it is not parsed again. */
  readonly known?: string | undefined;
  /** What became of it when it broke the thread that parsed it: this time it is read without parsing. */
  readonly broke?: ParseState;
}

export interface WorkerAnswer {
  readonly result: ReadResult;
  /** This file has spoilt the thread's parsers: the thread ends, and another one is to go on. */
  readonly spoilt: boolean;
}

const { grammars, limits, background } = workerData as WorkerSettings;
if (background) makeWay();
const loaded = new Grammars(grammars);

// Batches may arrive while one is being read; answers keep the order of the questions.
let last = Promise.resolve();
parentPort?.on('message', (jobs: readonly ReadJob[]) => {
  last = last.then(() => answer(jobs));
});

async function answer(jobs: readonly ReadJob[]): Promise<void> {
  for (const job of jobs) {
    const result = await read(job);
    const { spoilt } = loaded;
    const message: WorkerAnswer = { result, spoilt };
    parentPort?.postMessage(message, result.kind === 'read' ? [result.bytes.buffer] : []);
    if (spoilt) {
      // Another thread starts afresh with the files behind this one.
      parentPort?.close();
      return;
    }
  }
}

async function read({ absolute, language, bytes: given, known, broke }: ReadJob): Promise<ReadResult> {
  let bytes: Uint8Array;
  try {
    bytes = given ?? readFileBytes(absolute);
  } catch (error) {
    return { kind: 'unreadable', reason: (error as NodeJS.ErrnoException).code ?? String(error) };
  }
  const hash = createHash('sha1').update(bytes).digest('hex');
  if (hash === known) return { kind: 'same' };
  return resultOf(await readRecord(bytes, language, loaded, limits, broke), hash);
}
