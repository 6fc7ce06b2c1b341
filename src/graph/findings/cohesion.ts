/**
 * Which members of a type, and which definitions of a file, belong together: the connected
 * components of "uses" among them (LCOM4; M. Hitz and B. Montazeri, "Measuring Coupling and Cohesion
 * in Object-Oriented Systems", 1995). Where a text leaves it open whether one uses another, it
 * does: comments count, and so do locals of the same name. What is told apart is apart.
 */
import type { FileRecord, SymbolKind } from '../../syntax/record.js';
import { DisjointSets } from './groups.js';

/** Members or definitions that use each other, directly or through others, and nothing outside of the group. */
export interface Group {
  /** Indices in the record's `symbols`, ascending. */
  readonly symbols: readonly number[];
  /** Lines that they take, without doc comments. */
  readonly lines: number;
}

/** What serves all parts of a type alike tells none of them apart: it is no bond. */
const INFRASTRUCTURE = /^[_#$]*(id|name|log(ger|ging)?|telemetry|metrics|tracer?|options|config(uration)?|settings)$/i;

/** A nested type uses members of the one around it. */
const MEMBERS: ReadonlySet<SymbolKind> = new Set([
  'method',
  'property',
  'field',
  'constant',
  'variable',
  'function',
  'class',
  'interface',
  'record',
  'enum',
  'object',
  'struct',
]);

/** Languages in which a member is named bare, not behind `this`. */
const BARE: ReadonlySet<string | undefined> = new Set(['java', 'kotlin', 'csharp', 'scala', 'swift', 'cpp']);

/** Uses among a type's members; constructors, which use all, are left out. */
export function usesOfMembers(record: FileRecord, lines: readonly string[], type: number): Uses {
  const owner = record.symbols[type]!;
  const members = record.symbols.flatMap((s, i) => (s.container === type && MEMBERS.has(s.kind) ? [i] : []));
  const behind = `(?:\\b(?:this|self|cls|static|super|${quoted(owner.name)})|@@?)\\s*(?:\\?\\.|!?\\.|\\??->|::\\$?)?\\s*`;
  const uses = BARE.has(record.language) ? IDENTIFIER : new RegExp(`${behind}(#?[\\p{L}_$][\\p{L}\\p{N}_$]*)`, 'gu');
  return new Uses(record, lines, members, uses, HANDED_ON);
}

/** Uses among a file's definitions. What is defined in two places (overloads, a type and its methods in Go) is one. */
export function usesOfDefinitions(record: FileRecord, lines: readonly string[]): Uses {
  const tops = record.symbols.flatMap((s, i) => (isTop(record, i) && s.kind !== 'namespace' && s.kind !== 'module' ? [i] : []));
  return new Uses(record, lines, tops, IDENTIFIER, undefined);
}

/** At the top of its file, or in nothing but namespaces. */
function isTop({ symbols }: FileRecord, index: number): boolean {
  for (let at = symbols[index]!.container; at >= 0; at = symbols[at]!.container) {
    if (symbols[at]!.kind !== 'namespace' && symbols[at]!.kind !== 'module') return false;
  }
  return true;
}

const IDENTIFIER = /([\p{L}_$][\p{L}\p{N}_$]*)/gu;
/** The object itself gets another name, its members are unpacked, or one is looked up by a computed name: all may be used. */
const HANDED_ON = /=\s*(?:this|self)\s*(?:[;,)\n]|$)|\bthis\s*\[|\$this->[{$]|\b(?:getattr|setattr)\(\s*self\b/;

/** Which of a few members or definitions use which, by name. */
export class Uses {
  readonly #usedBy: ReadonlyMap<string, ReadonlySet<string>>;

  /** @param uses finds the names that a text uses. @param handedOn a text that it matches may use all. */
  constructor(
    private readonly record: FileRecord,
    lines: readonly string[],
    private readonly items: readonly number[],
    uses: RegExp,
    handedOn: RegExp | undefined,
  ) {
    const nodeOf = new Map(items.map((index) => [record.symbols[index]!.name, nodeNameOf(record, index)]));
    const usedBy = new Map(items.map((index) => [nodeNameOf(record, index), new Set<string>()]));
    for (const index of items) {
      const { start, end } = record.symbols[index]!;
      const text = lines.slice(start, end + 1).join('\n');
      const own = nodeNameOf(record, index);
      const named = handedOn?.test(text) ? nodeOf.keys() : [...text.matchAll(uses)].map(([, name]) => name!);
      for (const name of named) {
        const node = nodeOf.get(name);
        if (node !== undefined && node !== own) usedBy.get(node)?.add(own);
      }
    }
    this.#usedBy = usedBy;
  }

  /** Names that are no bond. */
  get common(): string[] {
    return [...this.#usedBy.keys()].filter((name) => INFRASTRUCTURE.test(name));
  }

  /** Groups, largest first; what is common is in none. */
  get groups(): Group[] {
    const common = new Set(this.common);
    const sets = new DisjointSets<string>();
    for (const [node, users] of this.#usedBy) {
      if (!common.has(node)) for (const user of users) if (!common.has(user)) sets.join(node, user);
    }
    const nodeOf = (index: number): string => nodeNameOf(this.record, index);
    return sets
      .partsOf(
        this.items.filter((index) => !common.has(nodeOf(index))),
        nodeOf,
      )
      .map((symbols) => ({ symbols, lines: this.#linesOf(symbols) }))
      .sort((a, b) => b.lines - a.lines || a.symbols[0]! - b.symbols[0]!);
  }

  #linesOf(symbols: readonly number[]): number {
    return symbols.reduce((sum, i) => sum + this.record.symbols[i]!.end - this.record.symbols[i]!.start + 1, 0);
  }
}

/** Its name; of a method outside of its type (Go) the type's. */
function nodeNameOf({ symbols, language }: FileRecord, index: number): string {
  const { name, mark, kind } = symbols[index]!;
  return language === 'go' && kind === 'method' && mark !== undefined ? mark.replace(/^\W+/, '') : name;
}

const quoted = (name: string): string => name.replace(/[^\p{L}\p{N}_]/gu, '\\$&');
