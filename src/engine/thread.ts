/** The engine's thread: an editor's host must never wait for it. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Answer, EngineSettings, FromEngine, ToEngine } from './protocol.js';
import { postPack } from './sent-pack.js';
import { EngineService } from './service.js';

const send = (message: FromEngine, transfer: ArrayBuffer[] = []): void => parentPort?.postMessage(message, transfer);

/** A progress bar needs no more than this many messages a second. */
const PROGRESS_MS = 100;
let told = 0;
const service = new EngineService(workerData as EngineSettings, (progress) => {
  const now = Date.now();
  if (now - told < PROGRESS_MS && progress.done !== progress.total) return;
  told = now;
  send({ kind: 'progress', progress });
});

const running = new Map<number, AbortController>();

parentPort?.on('message', (message: ToEngine) => {
  if (message.kind === 'cancel') running.get(message.id)?.abort();
  else void answer(message);
});

async function answer({ id, method, asked }: Extract<ToEngine, { kind: 'ask' }>): Promise<void> {
  const abort = new AbortController();
  running.set(id, abort);
  try {
    const answer = await service.answer(method, asked as never, abort.signal);
    if (method === 'pack') {
      const { posted, transfer } = postPack(answer as Answer<'pack'>);
      send({ kind: 'answer', id, answer: posted }, transfer);
    } else send({ kind: 'answer', id, answer });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    send({ kind: 'failed', id, message });
  } finally {
    running.delete(id);
  }
}
