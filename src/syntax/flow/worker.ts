/** A thread that answers one question about the flow of lines, and ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { Grammars } from '../grammars.js';
import { type FlowQuestion, findFlow } from './find-flow.js';

export interface FlowSettings extends FlowQuestion {
  /** Folder of the .wasm files. */
  readonly grammars: string;
}

const { grammars, ...question } = workerData as FlowSettings;
void findFlow(question, new Grammars(grammars)).then((flow) => parentPort?.postMessage(flow));
