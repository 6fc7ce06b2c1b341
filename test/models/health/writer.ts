/** A process that reports failures of one model, one after the other: node writer.cjs FILE MODEL TIMES */
import { failed } from '../../../src/models/health/health.js';
import { HealthFile } from '../../../src/models/health/health-file.js';

const [path, model, times] = process.argv.slice(2);

async function main(): Promise<void> {
  const file = new HealthFile(path!);
  const place = { endpoint: 'api.example.com/v1', model: model! };
  for (let i = 0; i < Number(times); i++) await file.update((h) => failed(h, place, { kind: 'overloaded' }, i));
}

void main();
