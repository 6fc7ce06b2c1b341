/** What statements read, hand back and share, from the names of the function around them. */
import type { Exit, ExitKind, Flow, FlowName, Lines, OuterName, Result, Shared } from './flow.js';
import type { Region } from './region.js';
import type { FlowSpec } from './spec.js';
import { type ExitPlace, type Frame, HANDLER, type Occurrence, type Variable, type Walked } from './walk.js';

/**
 * The interface of a region. A variable is read when some way through the region comes to a read of it that the
 * region has not assigned before; it is a result when some way on from the region's end comes to a read of it before
 * it is assigned anew (live variables: Aho, Lam, Sethi, Ullman, Compilers, 2nd ed., 9.2.5). Ways are told by the
 * nesting of statements: what stands in a branch, a loop or a function may be run or not.
 */
export function interfaceOf(walked: Walked, region: Region, spec: FlowSpec, repeats: readonly Lines[]): Flow {
  const place = new Place(walked, region, spec);
  const reads: (FlowName & { readonly at: number })[] = [];
  const results: (Result & { readonly at: number })[] = [];
  const definitions: FlowName[] = [];
  const outer: OuterName[] = [];
  const shared: Shared[] = [];
  for (const variable of walked.variables) {
    const use = place.useOf(variable);
    if (!use) continue;
    const { name, line } = variable;
    if (use.isOuter) outer.push({ name, line, assigned: use.writes.length > 0 });
    else {
      const at = use.inside[0]!.at;
      if (use.isRead) reads.push({ name, line, at });
      if (use.isResult && variable.definition) definitions.push({ name, line });
      else if (use.isResult) results.push({ name, line, at, fresh: use.isFresh, always: use.isAlways });
      const sharing = place.sharingOf(variable, use);
      if (sharing) shared.push({ name, ...sharing });
    }
  }
  const byPlace = <T extends { readonly at: number }>(names: T[]): Omit<T, 'at'>[] =>
    names.sort((a, b) => a.at - b.at).map(({ at: _, ...name }) => name);
  const { from, to } = region;
  const isIn = ({ at }: { readonly at: number }): boolean => from <= at && at < to;
  return {
    kind: 'flow',
    lines: region.lines,
    holds: region.holds,
    atTop: place.own === undefined,
    reads: byPlace(reads) as FlowName[],
    results: byPlace(results) as Result[],
    definitions,
    outer,
    exits: exitsOf(walked.exits.filter(isIn), place, tailOf(region, spec)),
    shared,
    globals: [...new Set(walked.globals.filter(isIn).map(({ name }) => name))],
    self: walked.self
      .filter(isIn)
      .filter(({ name }, i, all) => all.findIndex((s) => s.name === name) === i)
      .map(({ name, line }) => ({ name, line })),
    repeats,
    unseen: [...new Set(walked.unseen.filter(isIn).map(({ words }) => words))],
  };
}

/** How a region uses a variable. */
interface Use {
  readonly inside: readonly Occurrence[];
  readonly outside: readonly Occurrence[];
  readonly writes: readonly Occurrence[];
  /** Of a function around the region's own. */
  readonly isOuter: boolean;
  readonly isFresh: boolean;
  readonly isRead: boolean;
  readonly isResult: boolean;
  readonly isAlways: boolean;
}

class Place {
  /** Around the region, the innermost last. */
  readonly #around: readonly Frame[];
  readonly own: Frame | undefined;

  constructor(
    { frames }: Walked,
    private readonly region: Region,
    private readonly spec: FlowSpec,
  ) {
    const { from, to } = region;
    const holding = frames.filter((f) => f.start <= from && to <= f.end);
    // A node may be all that the one around it holds.
    const list = region.holds === 'statements' ? holding.findLast((f) => spec.lists.has(f.type)) : undefined;
    this.#around = holding.filter((f) => (list ? f.depth <= list.depth : f.start < from || to < f.end));
    this.own = this.#around.findLast((f) => f.isFunction && !f.isBlock);
  }

  /** Undefined for a variable that the region does not use, or that lives and dies in it. */
  useOf(variable: Variable): Use | undefined {
    const { from, to } = this.region;
    const inside = variable.occurrences.filter(({ at }) => from <= at && at < to);
    const outside = variable.occurrences.filter(({ at }) => at < from || to <= at);
    if (inside.length === 0) return undefined;
    const { frame } = variable.scope;
    const writes = inside.filter((o) => o.writes);
    if (this.#isWithin(frame) || (this.#isOfFile(variable) && writes.length === 0)) return undefined;
    const isDeclaredHere = from <= variable.declaredAt && variable.declaredAt < to;
    if (isDeclaredHere && outside.length === 0) return undefined;
    const ways = inside.filter((o) => o.reads && !inside.some((w) => isKilling(w) && isBefore(w, o)));
    const isReached =
      outside.some((o) => o.writes && (o.at < from || this.#isElsewhere(o))) ||
      variable.occurrences.some((o) => o.writes && this.#comesRound(o, variable));
    const isExposed = ways.length > 0;
    const isResult = isDeclaredHere || (writes.length > 0 && this.#isLive(variable, outside, isExposed));
    const isAlways = writes.some((w) => isKilling(w) && this.#runsAlways(w));
    return {
      inside,
      outside,
      writes,
      isOuter: !isDeclaredHere && this.#isOuter(variable),
      isFresh: isDeclaredHere || (variable.declaredAt < 0 && !isReached),
      isRead: isReached && (isExposed || (isResult && !isAlways)),
      isResult,
      isAlways,
    };
  }

  /** Why a copy cannot stand for the variable. */
  sharingOf(variable: Variable, { inside, outside, writes, isResult, isFresh }: Use): Pick<Shared, 'why' | 'line'> | undefined {
    const inner = inside.filter((o) => this.#isElsewhere(o));
    const others = isFresh ? [] : outside.filter((o) => this.#isElsewhere(o) && this.#isThere(o, variable));
    const lent = [...inside, ...(isFresh ? [] : outside.filter((o) => o.at < this.region.from))].find((o) => o.lent);
    if (lent) return { why: 'address', line: lent.line };
    const changed = inner.find((o) => o.writes);
    if (changed && isResult) return { why: 'changed-by-inner', line: changed.line };
    const kept = inner.find((o) => o.reads);
    const laterChange = outside.find((o) => o.writes && o.at !== variable.declaredAt && this.#mayFollow(o, variable));
    if (kept && laterChange) return { why: 'read-by-inner', line: kept.line };
    const changing = others.find((o) => o.writes);
    if (changing) return { why: 'changed-by-outer', line: changing.line };
    const reading = others.find((o) => o.reads);
    if (reading && writes.length > 0) return { why: 'read-by-outer', line: reading.line };
    const lost = isResult && !isFresh ? this.#lostByThrowing(variable, outside, writes) : undefined;
    return lost && { why: 'throws', line: lost.line };
  }

  /** An exit that stands in the region and leads out of it. */
  leaves({ kind, label, frame }: ExitPlace): boolean {
    const { functions, blocks, loops, switches } = this.spec;
    const { from, to } = this.region;
    for (let at: Frame | undefined = frame; at && from <= at.start && at.end <= to; at = at.up) {
      if (functions.has(at.type) && (kind === 'break' || kind === 'continue' || !blocks?.has(at.type))) return false;
      if (kind !== 'break' && kind !== 'continue') continue;
      if (label === undefined ? loops.has(at.type) || (kind === 'break' && switches.has(at.type)) : at.label === label) return false;
    }
    return true;
  }

  #isWithin(frame: Frame): boolean {
    const { from, to } = this.region;
    return from <= frame.start && frame.end <= to && !this.#around.includes(frame);
  }

  /** A new function of the file sees it, too. */
  #isOfFile({ scope }: Variable): boolean {
    return scope.up === undefined && !scope.frame.isFunction;
  }

  #isOuter({ scope }: Variable): boolean {
    const owner = this.#function(scope.frame, true);
    return this.own !== undefined && owner !== this.own;
  }

  /** The nearest function at or around a frame. @param real blocks do not count. */
  #function(frame: Frame | undefined, real = false): Frame | undefined {
    let at = frame;
    while (at && (!at.isFunction || (real && at.isBlock))) at = at.up;
    return at;
  }

  /** In a function that does not hold the region: it runs at another time. */
  #isElsewhere({ frame }: Occurrence): boolean {
    const own = this.#function(frame);
    return own !== undefined && !this.#around.includes(own);
  }

  /** A function outside of the region that can be called while the region runs. */
  #isThere(o: Occurrence, variable: Variable): boolean {
    const own = this.#function(o.frame);
    return o.at < this.region.from || this.#comesRound(o, variable) || /declaration|definition/.test(own?.type ?? '');
  }

  /** Whether some way leads from the region's end to the place. */
  #mayFollow(o: Occurrence, variable: Variable): boolean {
    return o.at >= this.region.to || this.#comesRound(o, variable) || this.#isElsewhere(o);
  }

  /** In a loop around the region that keeps the variable from one round to the next. */
  #comesRound(o: Occurrence, variable: Variable): boolean {
    return this.#loopWith(o, variable) !== undefined;
  }

  #loopWith(o: Occurrence, { scope }: Variable): Frame | undefined {
    return this.#around.find(
      (loop) => (this.spec.loops.has(loop.type) || loop.isBlock) && isInside(o.frame, loop) && !isInside(scope.frame, loop),
    );
  }

  #isLive(variable: Variable, outside: readonly Occurrence[], isExposed: boolean): boolean {
    const { from, to } = this.region;
    if (isExposed && this.#around.some((f) => (this.spec.loops.has(f.type) || f.isBlock) && !isInside(variable.scope.frame, f)))
      return true;
    return outside.some((o) => {
      if (!o.reads) return false;
      if (this.#isElsewhere(o)) return true;
      const before = outside.filter((w) => isKilling(w) && isBefore(w, o));
      if (o.at >= to) return !before.some((w) => w.at >= to);
      const loop = this.#loopWith(o, variable);
      return loop !== undefined && !before.some((w) => w.at < from && isInside(w.frame, loop));
    });
  }

  /** Every way from the region's beginning to its end passes it. */
  #runsAlways({ frame }: Occurrence): boolean {
    for (let at: Frame | undefined = frame; at && this.#isWithin(at); at = at.up) {
      const isOwn = at.isStatement && at.up === this.#around.at(-1);
      if (!at.always && !isOwn) return false;
    }
    return true;
  }

  /** A read that would have seen the new value, had the region thrown behind an assignment. */
  #lostByThrowing(variable: Variable, outside: readonly Occurrence[], writes: readonly Occurrence[]): Occurrence | undefined {
    const attempt = this.#around.find(
      (f, i) => this.spec.tries.has(f.type) && !isInside(variable.scope.frame, f) && !HANDLER.test(this.#around[i + 1]?.type ?? ''),
    );
    if (!attempt) return undefined;
    const { last } = this.region;
    const isLast = writes.length === 1 && writes[0]!.at >= last.startIndex && this.#runsAlways(writes[0]!);
    return isLast
      ? undefined
      : outside.find((o) => o.reads && o.at >= this.region.to && (!isInside(o.frame, attempt) || this.#inHandler(o, attempt)));
  }

  /** In another part of the try statement than the region. */
  #inHandler({ frame }: Occurrence, attempt: Frame): boolean {
    const part = (of: Frame | undefined): Frame | undefined => {
      let at = of;
      while (at && at.up !== attempt) at = at.up;
      return at;
    };
    return part(frame) !== part(this.#around.at(-1));
  }
}

const isKilling = (o: Occurrence): boolean => o.writes && !o.reads && !o.lent;

const isInside = (frame: Frame, around: Frame): boolean => {
  let at: Frame | undefined = frame;
  while (at && at.depth > around.depth) at = at.up;
  return at === around;
};

/** Whether every way to the read has passed the write, as far as one node holds both. */
function isBefore(write: Occurrence, read: Occurrence): boolean {
  if (write.order >= read.order) return false;
  let w = write.frame;
  let r = read.frame;
  let under: Frame | undefined;
  while (r.depth > w.depth && r.up) [under, r] = [r, r.up];
  while (w !== r) {
    if (!w.up || !r.up) return false;
    if (r.depth === w.depth) [under, r] = [r, r.up];
    // Of two statements in a list the second has the first behind it.
    if (!w.always && !(w.up === r && w.isStatement && under?.isStatement)) return false;
    w = w.up;
  }
  return true;
}

/** Line of the last statement, where it is the value of what is around it. */
function tailOf({ around, last, holds }: Region, { isTail }: FlowSpec): number | undefined {
  const isValue = holds === 'statements' && isTail?.(last) === true && around.namedChildren.at(-1)?.id === last.id;
  return isValue ? last.startPosition.row : undefined;
}

function exitsOf(places: readonly ExitPlace[], place: Place, tail: number | undefined): Exit[] {
  const byKind = new Map<ExitKind, number[]>();
  for (const exit of places) {
    if (!place.leaves(exit)) continue;
    const lines = byKind.get(exit.kind) ?? [];
    if (lines.at(-1) !== exit.line) byKind.set(exit.kind, [...lines, exit.line]);
  }
  if (tail !== undefined) byKind.set('value', [tail]);
  return [...byKind].map(([kind, lines]) => ({ kind, lines }));
}
