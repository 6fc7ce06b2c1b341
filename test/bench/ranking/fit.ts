/**
 * Fits the network of the second look on commits, and says what it is worth:
 *
 *   node dist/test/bench/ranking/fit.js --cases DIR --clones DIR [--left-out REPO,REPO] [--out FILE]
 *
 * Run from the project's folder after `node esbuild.mjs --tests`; cases are described in examples.ts. Of projects that are
 * left out the share of held lines is told beside that of the others. Two networks are fitted from
 * different beginnings and put side by side as one of half the answers.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CLIP, FEATURES } from '../../../src/context/second-look.js';
import { BUDGETS, type Example, examplesIn } from './examples.js';
import { gradientOf, shareHeld } from './held.js';
import { Network, scaleOf } from './network.js';

const SEEDS = [0, 1];
const UNITS = 32;
const STEPS = 600;
/** Examples of a step, one of a project with or without its open file. */
const BATCH = 64;
const RATE = 0.01;
const DECAY = 0.05;
/** Share of the units that a step leaves out, so that none relies on another. */
const DROPPED = 0.3;
/** Logits; see gradientOf. */
const SOFTNESS = 0.6;
const INPUTS = FEATURES.length;

interface Fitted extends Example {
  readonly scaled: Float32Array;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      cases: { type: 'string' },
      clones: { type: 'string' },
      'left-out': { type: 'string', default: '' },
      out: { type: 'string' },
    },
  });
  if (!values.cases || !values.clones) throw new Error('--cases DIR or --clones DIR is missing');
  const leftOut = new Set(values['left-out'].split(','));
  const scratch = mkdtempSync(join(tmpdir(), 'longview-fit-'));
  const all: Example[] = [];
  try {
    for await (const example of examplesIn(values.cases, values.clones, scratch)) {
      all.push(example);
      process.stderr.write(`\r${all.length} examples, ${example.repo}\u001b[K`);
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  process.stderr.write('\n');
  const { means, deviations } = scaleOf(
    all.filter((e) => !leftOut.has(e.repo)),
    INPUTS,
  );
  const scaled = all.map(
    (e): Fitted => ({ ...e, scaled: e.features.map((v, i) => clip((v - means[i % INPUTS]!) / deviations[i % INPUTS]!)) }),
  );
  const fitted = scaled.filter((e) => !leftOut.has(e.repo));
  const networks = SEEDS.map((seed) => trained(fitted, seed));
  tell('fitted on', fitted, networks);
  tell(
    'left out',
    scaled.filter((e) => leftOut.has(e.repo)),
    networks,
  );
  if (values.out) writeFileSync(values.out, source(means, deviations, networks));
}

const clip = (value: number): number => Math.max(-CLIP, Math.min(CLIP, value));

function trained(examples: readonly Fitted[], seed: number): Network {
  const random = randomBy(seed);
  const network = new Network(INPUTS, UNITS, BUDGETS.length, random);
  const groups = grouped(examples, (e) => `${e.repo} ${e.open}`);
  const mean = new Float64Array(network.weights.length);
  const averaged = Math.ceil(STEPS * 0.3);
  for (let step = 0; step < STEPS; step++) {
    const gradient = new Float64Array(network.weights.length);
    const kept = Float64Array.from({ length: UNITS }, () => (random() < DROPPED ? 0 : 1 / (1 - DROPPED)));
    const batch = shuffled(groups, random)
      .slice(0, BATCH)
      .map((group) => group[Math.floor(random() * group.length)]!);
    for (const example of batch) {
      const said = network.hidden(example.scaled);
      const byAnswer = BUDGETS.map((budget, k) => {
        const answer = network.answer(said, k, kept);
        return gradientOf(
          example,
          example.sums[k]!.map((sum, i) => sum + answer[i]!),
          budget,
          SOFTNESS,
        );
      });
      network.backward(example.scaled, said, kept, byAnswer, gradient);
    }
    network.step(
      gradient.map((g) => g / batch.length),
      RATE * 0.1 ** (step / STEPS),
      DECAY,
    );
    if (step >= STEPS - averaged) for (let i = 0; i < mean.length; i++) mean[i]! += network.weights[i]! / averaged;
    if (step % 20 === 19) process.stderr.write(`\rnetwork ${seed + 1} of ${SEEDS.length}, step ${step + 1} of ${STEPS}\u001b[K`);
  }
  process.stderr.write('\n');
  network.weights.set(mean);
  return network;
}

/** Prints the share of held lines, mean over projects, by the sum alone and with the second look. */
function tell(name: string, examples: readonly Fitted[], networks: readonly Network[]): void {
  const all = new Float64Array(UNITS).fill(1 / networks.length);
  for (const open of [false, true]) {
    for (const [k, budget] of BUDGETS.entries()) {
      const projects = grouped(
        examples.filter((e) => e.open === open),
        (e) => e.repo,
      ).map((of) => [
        mean(of.map((e) => shareHeld(e, e.sums[k]!, budget))),
        mean(of.map((e) => shareHeld(e, corrected(e, k, networks, all), budget))),
      ]);
      if (projects.length === 0) continue;
      const [sum, look] = [0, 1].map((i) => (100 * mean(projects.map((p) => p[i]!))).toFixed(1));
      console.log(
        `${name} ${projects.length} projects, ${budget} tokens${open ? ', open file' : ''}: ${sum} by the sum, ${look} with the second look`,
      );
    }
  }
}

function corrected({ scaled, sums }: Fitted, which: number, networks: readonly Network[], kept: Float64Array): Float64Array {
  const logits = sums[which]!.slice();
  for (const network of networks) {
    const answer = network.answer(network.hidden(scaled), which, kept);
    for (let i = 0; i < logits.length; i++) logits[i]! += answer[i]!;
  }
  return logits;
}

/** The text of second-look-weights.ts. */
function source(means: Float64Array, deviations: Float64Array, networks: readonly Network[]): string {
  const list = (values: Iterable<number>, digits: number): string =>
    `[${Array.from(values, (v) => Number(v.toPrecision(digits))).join(', ')}]`;
  const units = networks.flatMap((network) =>
    Array.from({ length: network.units }, (_, unit) => {
      const of = network.weights.subarray(unit * network.unitSize, (unit + 1) * network.unitSize);
      const out = of.subarray(INPUTS + 1).map((w) => w / networks.length);
      return `    { bias: ${Number(of[INPUTS]!.toPrecision(4))}, out: ${list(out, 3)}, weights: ${list(of.subarray(0, INPUTS), 3)} },\n`;
    }),
  );
  return `// biome-ignore-all lint/suspicious/noApproximativeNumericConstant: none of these is a constant of mathematics
/**
 * Weights of the second look's network, as test/bench/ranking/fit.ts writes them, not to be edited.
 * Inputs are in the order of FEATURES in second-look.ts.
 */
import type { NetworkWeights } from './second-look.js';

// biome-ignore format: a table of numbers
export const NETWORK: NetworkWeights = {
  means: ${list(means, 4)},
  deviations: ${list(deviations, 4)},
  hidden: [
${units.join('')}  ],
};
`;
}

function grouped<T>(values: readonly T[], key: (value: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const group = groups.get(key(value)) ?? [];
    groups.set(key(value), group);
    group.push(value);
  }
  return [...groups.values()];
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

function shuffled<T>(values: readonly T[], random: () => number): T[] {
  const all = [...values];
  for (let i = all.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [all[i], all[j]] = [all[j]!, all[i]!];
  }
  return all;
}

/** Numbers from 0 to 1, the same for the same seed (Mulberry32). */
function randomBy(seed: number): () => number {
  let state = seed + 1;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
