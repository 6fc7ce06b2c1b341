/** Connected components of a few things, by what holds two of them together. */

/** Which things stand together, directly or through others (union-find). */
export class DisjointSets<T> {
  readonly #parents = new Map<T, T>();

  join(a: T, b: T): void {
    const [from, to] = [this.#rootOf(a), this.#rootOf(b)];
    if (from !== to) this.#parents.set(from, to);
  }

  /** The parts of `items`, in the order of their first; each in the order of `items`. */
  partsOf<I>(items: readonly I[], nodeOf: (item: I) => T): I[][] {
    const parts = new Map<T, I[]>();
    for (const item of items) {
      const root = this.#rootOf(nodeOf(item));
      const part = parts.get(root);
      if (part) part.push(item);
      else parts.set(root, [item]);
    }
    return [...parts.values()];
  }

  #rootOf(item: T): T {
    let root = item;
    for (let up = this.#parents.get(root); up !== undefined; up = this.#parents.get(root)) root = up;
    return root;
  }
}

/** Groups of `items` in which each is joined to each through others; larger groups first, then in the order of their first. Quadratic in the number of items. */
export function groupsOf<T>(items: readonly T[], areJoined: (a: T, b: T) => boolean): T[][] {
  const sets = new DisjointSets<T>();
  for (const [i, a] of items.entries()) {
    for (const b of items.slice(i + 1)) if (areJoined(a, b) || areJoined(b, a)) sets.join(a, b);
  }
  return sets.partsOf(items, (item) => item).sort((a, b) => b.length - a.length);
}
