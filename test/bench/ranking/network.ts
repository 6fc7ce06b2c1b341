/** The second look's network while it is fitted: one hidden layer of tanh, an answer for each budget, Adam with weight decay. */
import type { Example } from './examples.js';

/** Answers of a small network, and what it is made of. */
export class Network {
  /** Weights of the hidden units, one unit after the other: inputs, then the bias, then an answer for each budget. */
  readonly weights: Float64Array;
  readonly #first: Float64Array;
  readonly #second: Float64Array;
  #steps = 0;

  constructor(
    readonly inputs: number,
    readonly units: number,
    readonly answers: number,
    random: () => number,
  ) {
    const size = units * this.unitSize;
    this.weights = new Float64Array(size);
    this.#first = new Float64Array(size);
    this.#second = new Float64Array(size);
    // Answers begin at 0, so that the sum is what is begun from.
    for (let unit = 0; unit < units; unit++)
      for (let i = 0; i < inputs; i++) this.weights[unit * this.unitSize + i] = (normal(random) * 0.7) / Math.sqrt(inputs);
  }

  get unitSize(): number {
    return this.inputs + 1 + this.answers;
  }

  /** What each hidden unit says of each block. @param scaled inputs of the blocks, one after the other. */
  hidden(scaled: Float32Array): Float64Array {
    const blocks = scaled.length / this.inputs;
    const said = new Float64Array(blocks * this.units);
    for (let block = 0; block < blocks; block++) {
      for (let unit = 0; unit < this.units; unit++) {
        const from = unit * this.unitSize;
        let x = this.weights[from + this.inputs]!;
        for (let i = 0; i < this.inputs; i++) x += this.weights[from + i]! * scaled[block * this.inputs + i]!;
        said[block * this.units + unit] = Math.tanh(x);
      }
    }
    return said;
  }

  /** One answer for every block. @param kept how much of each unit counts: 0 for one that is left out of this step. */
  answer(said: Float64Array, which: number, kept: Float64Array): Float64Array {
    return Float64Array.from({ length: said.length / this.units }, (_, block) => {
      let sum = 0;
      for (let unit = 0; unit < this.units; unit++)
        sum += said[block * this.units + unit]! * kept[unit]! * this.weights[unit * this.unitSize + this.inputs + 1 + which]!;
      return sum;
    });
  }

  /** Adds to `into` the gradient by the weights, given that by each answer of each block; undefined for one that has none. */
  backward(
    scaled: Float32Array,
    said: Float64Array,
    kept: Float64Array,
    byAnswer: readonly (Float64Array | undefined)[],
    into: Float64Array,
  ): void {
    for (let at = 0; at < said.length; at++) {
      const unit = at % this.units;
      if (kept[unit] === 0) continue;
      const block = (at - unit) / this.units;
      const from = unit * this.unitSize;
      let bySaid = 0;
      for (const [which, gradient] of byAnswer.entries()) {
        if (!gradient) continue;
        const out = from + this.inputs + 1 + which;
        into[out]! += gradient[block]! * said[at]! * kept[unit]!;
        bySaid += gradient[block]! * this.weights[out]! * kept[unit]!;
      }
      const byInput = bySaid * (1 - said[at]! ** 2);
      if (byInput === 0) continue;
      for (let i = 0; i < this.inputs; i++) into[from + i]! += byInput * scaled[block * this.inputs + i]!;
      into[from + this.inputs]! += byInput;
    }
  }

  /** One step up the gradient (Kingma and Ba, "Adam", 2015), with decoupled decay of all but the biases. */
  step(gradient: Float64Array, rate: number, decay: number): void {
    this.#steps++;
    for (let i = 0; i < gradient.length; i++) {
      this.#first[i] = 0.9 * this.#first[i]! + 0.1 * gradient[i]!;
      this.#second[i] = 0.99 * this.#second[i]! + 0.01 * gradient[i]! ** 2;
      const first = this.#first[i]! / (1 - 0.9 ** this.#steps);
      const second = this.#second[i]! / (1 - 0.99 ** this.#steps);
      const decayed = i % this.unitSize === this.inputs ? 0 : decay * this.weights[i]!;
      this.weights[i]! += rate * (first / (Math.sqrt(second) + 1e-8) - decayed);
    }
  }
}

/** By Box and Muller. */
const normal = (random: () => number): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** Means and deviations of every input, over all blocks. */
export function scaleOf(examples: readonly Example[], inputs: number): { means: Float64Array; deviations: Float64Array } {
  const means = new Float64Array(inputs);
  const squares = new Float64Array(inputs);
  let blocks = 0;
  for (const { features } of examples) {
    for (let i = 0; i < features.length; i++) {
      means[i % inputs]! += features[i]!;
      squares[i % inputs]! += features[i]! ** 2;
    }
    blocks += features.length / inputs;
  }
  for (let i = 0; i < inputs; i++) means[i]! /= blocks;
  return { means, deviations: squares.map((s, i) => Math.sqrt(Math.max(0, s / blocks - means[i]! ** 2)) + 1e-6) };
}
