/** Where a run of lines stands among others: in time linear in both, however often they repeat. */

/**
 * First lines of the places where `pattern` stands in `lines`, at most `limit` of them; they
 * may overlap. An empty pattern stands nowhere. (Knuth, Morris, Pratt 1977.)
 */
export function occurrences(lines: readonly string[], pattern: readonly string[], limit: number): number[] {
  if (pattern.length === 0 || pattern.length > lines.length) return [];
  const back = borders(pattern);
  const found: number[] = [];
  let matched = 0;
  for (const [i, line] of lines.entries()) {
    while (matched > 0 && (matched === pattern.length || pattern[matched] !== line)) matched = back[matched - 1]!;
    if (pattern[matched] === line) matched++;
    if (matched < pattern.length) continue;
    found.push(i - matched + 1);
    if (found.length === limit) break;
  }
  return found;
}

/** For each beginning of the pattern, the length of its longest end that is a beginning too. */
function borders(pattern: readonly string[]): Uint32Array {
  const back = new Uint32Array(pattern.length);
  for (let i = 1, length = 0; i < pattern.length; ) {
    if (pattern[i] === pattern[length]) back[i++] = ++length;
    else if (length > 0) length = back[length - 1]!;
    else back[i++] = 0;
  }
  return back;
}
