/** Numbers of strings, in the order in which they are first asked for: a table that columns of numbers refer to. */
export class Numbering {
  readonly #numbers: Map<string, number>;

  /** @param first distinct strings that get the first numbers. */
  constructor(first: readonly string[] = []) {
    this.#numbers = new Map(first.map((s, i) => [s, i]));
  }

  of(text: string): number {
    let n = this.#numbers.get(text);
    if (n === undefined) {
      n = this.#numbers.size;
      this.#numbers.set(text, n);
    }
    return n;
  }

  /** How many strings have a number. */
  get size(): number {
    return this.#numbers.size;
  }

  /** Every string, by number. */
  get all(): string[] {
    return [...this.#numbers.keys()];
  }
}
