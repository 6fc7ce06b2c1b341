/** What was used last, as much of it as a bound allows: for what can be made again. */
export class Recent<V> {
  readonly #kept = new Map<string, { readonly value: V; readonly weight: number }>();
  #weight = 0;

  /** @param limit how much all values together may weigh. */
  constructor(private readonly limit: number) {}

  /** What all values together weigh. */
  get weight(): number {
    return this.#weight;
  }

  get(key: string): V | undefined {
    const kept = this.#kept.get(key);
    if (!kept) return undefined;
    // A map keeps the order in which keys come: the one that was used goes to the end.
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    return kept.value;
  }

  /** Lets go of what was not used for the longest time. A value heavier than the limit is not kept. */
  set(key: string, value: V, weight: number): void {
    this.#drop(key);
    if (weight > this.limit) return;
    this.#kept.set(key, { value, weight });
    this.#weight += weight;
    for (const oldest of this.#kept.keys()) {
      if (this.#weight <= this.limit) break;
      this.#drop(oldest);
    }
  }

  clear(): void {
    this.#kept.clear();
    this.#weight = 0;
  }

  #drop(key: string): void {
    this.#weight -= this.#kept.get(key)?.weight ?? 0;
    this.#kept.delete(key);
  }
}
