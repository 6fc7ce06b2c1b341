/** Connected components of a few things, by what holds two of them together. */

/** Groups of `items` in which each is joined to each through others; larger groups first, then in the order of their first. Quadratic in the number of items. */
export function groupsOf<T>(items: readonly T[], areJoined: (a: T, b: T) => boolean): T[][] {
  const groups: T[][] = [];
  for (const item of items) {
    const joined = groups.filter((group) => group.some((other) => areJoined(item, other) || areJoined(other, item)));
    const rest = groups.filter((group) => !joined.includes(group));
    groups.splice(0, groups.length, ...rest, [...joined.flat(), item]);
  }
  const at = new Map(items.map((item, i) => [item, i]));
  const sorted = groups.map((group) => group.sort((a, b) => at.get(a)! - at.get(b)!));
  return sorted.sort((a, b) => b.length - a.length || at.get(a[0]!)! - at.get(b[0]!)!);
}
