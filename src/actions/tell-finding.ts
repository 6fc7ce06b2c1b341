/** A finding as evidence. */
import type { Finding } from '../graph/findings/finding.js';
import type { Scene } from './action.js';

export function tellFinding({ evidence }: Scene, { kind, principle, message, evidence: lines }: Finding): void {
  evidence.say(`${kind} (${principle}): ${message}`);
  for (const { path, line, words } of lines) evidence.quote(path, line, words);
}
