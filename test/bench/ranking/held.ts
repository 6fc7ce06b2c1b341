/** What a pack holds of the lines that a commit changed: exactly, and softly, so that it has a gradient. */
import type { Example } from './examples.js';

/** Tokens that a block costs beside its text: a gap mark and what tokens of parts are more than those of the whole. */
const BESIDE = 3;
/** Of a pack, beside its blocks. */
const FRAME = 60;

/** Share of the changed lines that are held, when blocks are taken best first while they fit; 1 where everything fits. */
export function shareHeld(
  { tokens, headers, files, lines, changed, taskTokens, allTokens }: Example,
  logits: Float64Array,
  budget: number,
): number {
  if (allTokens <= budget * 0.97) return 1;
  let left = budget - taskTokens;
  let held = 0;
  const shown = new Set<number>();
  for (const i of Uint32Array.from(logits, (_, i) => i).sort((a, b) => logits[b]! - logits[a]! || a - b)) {
    if (left < 12) break;
    const cost = tokens[i]! + 1 + (shown.has(files[i]!) ? 0 : headers[i]!);
    if (cost > left) continue;
    left -= cost;
    shown.add(files[i]!);
    held += lines[i]!;
  }
  return Math.min(1, held / changed);
}

/**
 * Gradient of the soft share by the logits. A block is taken by the logistic function of how far its logit is above a
 * threshold, in units of `softness`; the threshold is where what is taken fills the budget, and moves with the logits.
 * Undefined where everything fits.
 */
export function gradientOf(example: Example, logits: Float64Array, budget: number, softness: number): Float64Array | undefined {
  const { lines, changed, taskTokens, allTokens } = example;
  const room = budget - taskTokens - FRAME;
  const tokens = example.tokens.map((t) => t + BESIDE);
  if (allTokens <= room || tokens.reduce((n, t) => n + t, 0) <= room) return undefined;
  const taken = new Float64Array(logits.length);
  const fill = (threshold: number): number => {
    let sum = 0;
    for (let i = 0; i < logits.length; i++) {
      taken[i] = 1 / (1 + Math.exp((threshold - logits[i]!) / softness));
      sum += taken[i]! * tokens[i]!;
    }
    return sum;
  };
  let [low, high] = logits.reduce(([a, b], l) => [Math.min(a, l), Math.max(b, l)], [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);
  low -= 8 * softness;
  high += 8 * softness;
  for (let round = 0; round < 30; round++) {
    const middle = (low + high) / 2;
    if (fill(middle) > room) low = middle;
    else high = middle;
  }
  // By the implicit function theorem the threshold takes back what more tokens than fit would cost.
  const slope = taken.map((z) => (z * (1 - z)) / softness);
  const tokensMoved = slope.reduce((n, s, i) => n + s * tokens[i]!, 0) || 1;
  const price = slope.reduce((n, s, i) => n + s * lines[i]!, 0) / changed / tokensMoved;
  return slope.map((s, i) => s * (lines[i]! / changed - price * tokens[i]!));
}
