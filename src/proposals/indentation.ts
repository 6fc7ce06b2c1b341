/** How far lines are indented, when a model repeats them with another indentation than the file's. */

/** White space that a line begins with. */
function indentOf(line: string): string {
  return /^[ \t]*/.exec(line)![0];
}

/**
 * What turns the indentation of `from` into that of `to`, learned from the same lines in both:
 * every indentation must have become one and the same other. Undefined where that is not so.
 * Blank lines teach nothing.
 */
export function learnIndentation(from: readonly string[], to: readonly string[]): Reindent | undefined {
  const known = new Map<string, string>();
  for (const [i, line] of from.entries()) {
    if (line.trim() === '') continue;
    const [indent, wanted] = [indentOf(line), indentOf(to[i]!)];
    const before = known.get(indent);
    if (before !== undefined && before !== wanted) return undefined;
    known.set(indent, wanted);
  }
  return new Reindent(known);
}

export class Reindent {
  constructor(private readonly known: ReadonlyMap<string, string>) {}

  /** The line with its indentation changed in the same way; undefined where what was learned does not tell how. */
  apply(line: string): string | undefined {
    if (line.trim() === '') return line;
    const indent = indentOf(line);
    const wanted = this.known.get(indent) ?? this.#derived(indent);
    return wanted === undefined ? undefined : wanted + line.slice(indent.length);
  }

  /** Deeper than what is known, or less deep: by a step that two known depths show. */
  #derived(indent: string): string | undefined {
    const shift = this.#shift();
    if (shift) {
      if (shift.added) return shift.text + indent;
      return indent.startsWith(shift.text) ? indent.slice(shift.text.length) : undefined;
    }
    const step = this.#step();
    if (!step) return undefined;
    const [shallow] = [...this.known].sort(([a], [b]) => a.length - b.length);
    if (!shallow || !indent.startsWith(shallow[0])) return undefined;
    const deeper = indent.slice(shallow[0].length);
    const steps = deeper.length / step.from.length;
    return Number.isInteger(steps) && step.from.repeat(steps) === deeper ? shallow[1] + step.to.repeat(steps) : undefined;
  }

  /** The same white space put before, or taken from, every indentation. */
  #shift(): { readonly added: boolean; readonly text: string } | undefined {
    let shift: { readonly added: boolean; readonly text: string } | undefined;
    for (const [from, to] of this.known) {
      const added = to.endsWith(from);
      if (!added && !from.endsWith(to)) return undefined;
      const text = added ? to.slice(0, to.length - from.length) : from.slice(0, from.length - to.length);
      if (shift && (shift.text !== text || (shift.added !== added && text !== ''))) return undefined;
      shift ??= { added, text };
    }
    return shift;
  }

  /** What one step of the indentation is on both sides, where two known depths are apart by it. */
  #step(): { readonly from: string; readonly to: string } | undefined {
    const byDepth = [...this.known].sort(([a], [b]) => a.length - b.length);
    for (let i = 1; i < byDepth.length; i++) {
      const [[from, to], [deeperFrom, deeperTo]] = [byDepth[i - 1]!, byDepth[i]!];
      if (deeperFrom.startsWith(from) && deeperTo.startsWith(to) && deeperTo.length > to.length)
        return { from: deeperFrom.slice(from.length), to: deeperTo.slice(to.length) };
    }
    return undefined;
  }
}
