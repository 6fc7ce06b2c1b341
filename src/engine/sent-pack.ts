/** What is sent of a pack. */
import type { PackResult } from '../context/pack.js';
import type { SentPackResult } from './protocol.js';

/** The same pack without its files' texts. */
export function withoutTexts(result: PackResult): SentPackResult {
  if (result.kind === 'refused') return result;
  const { files, ...rest } = result.pack;
  return { kind: 'packed', pack: { ...rest, files: files.map(({ text: _, ranges: __, ...listed }) => listed) } };
}
