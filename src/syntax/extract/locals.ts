/** Names that hold for a part of a file, looked up by place. */
import { firstWhere } from '../../base/search.js';
import type { LocalDraft, LocalsAt } from '../language.js';

/** As many are given at most; a file where more hold at one place was made to be slow. */
const MAX_LOCALS = 32;

/** The locals of one name by where they begin; `outer` is the place of the nearest one that may hold around it, -1 for none. */
interface Holding {
  readonly locals: readonly LocalDraft[];
  readonly outer: Int32Array;
}

/** A look-up over the locals of one file. Of two that hold at a place, the one that begins later is the inner one. */
export function localsOf(drafts: readonly LocalDraft[]): LocalsAt {
  const declared = new Map<number, LocalDraft>();
  const byName = new Map<string, LocalDraft[]>();
  for (const written of drafts) {
    const draft = { ...written, value: once(written.value) };
    declared.set(draft.at, draft);
    const same = byName.get(draft.name);
    if (same) same.push(draft);
    else byName.set(draft.name, [draft]);
  }
  const holding = new Map<string, Holding>();
  for (const [name, same] of byName) holding.set(name, nest(same));
  return (name, index) => {
    const own = declared.get(index);
    const found = own?.name === name ? [own] : [];
    const all = holding.get(name);
    if (!all) return found;
    for (let i = lastBefore(all.locals, index), steps = 0; i >= 0 && steps < MAX_LOCALS; i = all.outer[i]!, steps++)
      if (index < all.locals[i]!.to) found.push(all.locals[i]!);
    return found;
  };
}

function nest(same: LocalDraft[]): Holding {
  const locals = same.sort((a, b) => a.from - b.from);
  const outer = new Int32Array(locals.length).fill(-1);
  const open: number[] = [];
  for (const [i, { from }] of locals.entries()) {
    while (open.length > 0 && locals[open.at(-1)!]!.to <= from) open.pop();
    outer[i] = open.at(-1) ?? -1;
    open.push(i);
  }
  return { locals, outer };
}

/** Place of the last one that begins at or before `index`; -1 for none. */
function lastBefore(locals: readonly LocalDraft[], index: number): number {
  return firstWhere(locals.length, (i) => locals[i]!.from > index) - 1;
}

function once(ask: () => string): () => string {
  let known: string | undefined;
  return () => {
    known ??= ask();
    return known;
  };
}
