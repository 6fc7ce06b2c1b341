/** What `make` makes of `part()`, made anew when that is another object: records that are kept may be renewed (`graph/prepared.ts`). */
export function madeFrom<P extends object, T>(part: () => P, make: (part: P) => T): () => T {
  let last: { readonly from: P; readonly made: T } | undefined;
  return () => {
    const from = part();
    if (last?.from !== from) last = { from, made: make(from) };
    return last.made;
  };
}
