/** What is sent of a pack. */
import type { PackResult } from '../context/pack.js';
import type { SentPackResult } from './protocol.js';

/** The same pack without its files' texts, and those without room in columns. */
export function withoutTexts(result: PackResult): SentPackResult {
  if (result.kind === 'refused') return result;
  const { files, ...rest } = result.pack;
  const inside = files.filter((f) => f.level !== 'nothing');
  const left = files.filter((f) => f.level === 'nothing');
  return {
    kind: 'packed',
    pack: {
      ...rest,
      files: inside.map(({ text: _, ranges: __, ...listed }) => listed),
      left: { paths: left.map((f) => f.path), scores: Float64Array.from(left, (f) => f.score) },
    },
  };
}
