/** Names that hold for a part of a file, looked up by place. */
import type { LocalDraft, LocalsAt } from '../language.js';

const NONE: readonly LocalDraft[] = [];

/** A look-up over the locals of one file. Of two that hold at a place, the one that begins later is the inner one. */
export function localsOf(drafts: readonly LocalDraft[]): LocalsAt {
  const byName = new Map<string, LocalDraft[]>();
  for (const draft of drafts) {
    const same = byName.get(draft.name);
    if (same) same.push(draft);
    else byName.set(draft.name, [draft]);
  }
  for (const same of byName.values()) same.sort((a, b) => b.from - a.from);
  return (name, index) => byName.get(name)?.filter((l) => l.at === index || (l.from <= index && index < l.to)) ?? NONE;
}
