/** What lines of a file read and hand back, asked of a thread of its own: a text that breaks or hangs the parser costs nothing else. */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { FlowResult, Lines } from '../syntax/flow/flow.js';
import type { FlowSettings } from '../syntax/flow/worker.js';
import type { WorkspacePath } from '../workspace/entry.js';
import type { Snapshot } from './snapshot.js';

/** A second is enough on a busy machine; nobody waits longer for evidence. */
const TIMEOUT_MS = 15_000;

/** Rejects with the signal's reason when aborted. @param assets folder of the built workers and their grammars. */
export async function flowOfLines(
  snapshot: Snapshot,
  path: WorkspacePath,
  lines: Lines,
  assets: string,
  signal?: AbortSignal,
): Promise<FlowResult> {
  signal?.throwIfAborted();
  const text = snapshot.text(path);
  if (text === undefined) return { kind: 'unknown', reason: 'the file has changed meanwhile' };
  const settings: FlowSettings = { grammars: join(assets, 'grammars'), language: snapshot.record(path)?.language, text, lines };
  const worker = new Worker(join(assets, 'flow.js'), { workerData: settings });
  const isOver = AbortSignal.timeout(TIMEOUT_MS);
  try {
    return await new Promise<FlowResult>((resolve, reject) => {
      const failed = (reason: string): void => resolve({ kind: 'unknown', reason });
      worker.once('message', resolve);
      worker.once('error', (error) => failed(`the parser failed (${error.message})`));
      worker.once('exit', () => failed('the parser stopped'));
      isOver.addEventListener('abort', () => failed('it takes too long'));
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
  } finally {
    await worker.terminate();
  }
}
