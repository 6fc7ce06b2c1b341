/**
 * Names what other files can see of a file. A change inside a function's body mostly
 * leaves it alone, and then no other file's links can change.
 */
import { createHash } from 'node:crypto';
import { firstWhere } from '../base/search.js';
import type { BindingRecord, FileRecord, ReferenceRecord, SymbolKind } from './record.js';

const FUNCTIONS: ReadonlySet<SymbolKind> = new Set(['function', 'method', 'constructor']);
/** A variable's name; C# numbers those of lambdas ("x@3"). */
const PLAIN_NAME = /^[\p{L}_$][\p{L}\p{N}_$]*(@\d+)?$/u;

/**
 * Hash over definitions, imports, exports and the bindings that say of what type
 * they are; without lines, tokens and references. Local variables of a function are
 * left out, unless its result or an attribute that it sets is inferred from its body,
 * or a definition bears their name.
 */
export function interfaceKey(record: FileRecord): string {
  const { symbols, imports, exports, bindings } = record;
  const local = localBindings(record);
  const seen: unknown[] = [
    record.language,
    record.package,
    record.parse.kind,
    record.references.some(isClassAlias),
    symbols.map(({ name, kind, container, exported, supers, mark }) => [name, kind, container, exported, supers ?? 0, mark ?? 0]),
    imports.map(({ specifier, kind, names, within, mark }) => [specifier, kind, names, within, mark ?? 0]),
    exports,
    // A binding belongs to the definition it stands in or before: its place among them counts, its line does not.
    bindings.flatMap((b) => (local(b) ? [] : [[b.name, b.type, b.init, b.within, startsBefore(record, b.line)]])),
  ];
  return createHash('sha1').update(JSON.stringify(seen)).digest('base64');
}

/** PHP's `class_alias()` gives a file a class that is none of its symbols. */
const isClassAlias = ({ name, kind }: ReferenceRecord): boolean => kind === 'call' && /^\\?class_alias$/i.test(name);

/** Whether a binding is a function's own affair. */
function localBindings({ symbols, bindings }: FileRecord): (b: BindingRecord) => boolean {
  const names = new Set(symbols.map((s) => s.name));
  const inferred = new Set(bindings.filter((b) => b.type === '' && b.name.endsWith('()')).map((b) => b.name.slice(0, -2)));
  // Whether each symbol is, or lies in, a function; and one whose result is inferred.
  const inside: boolean[] = [];
  const told: boolean[] = [];
  for (const [i, s] of symbols.entries()) {
    inside[i] = FUNCTIONS.has(s.kind) || inside[s.container] === true;
    told[i] = inferred.has(s.name) || inferred.has(`${s.mark}.${s.name}`) || told[s.container] === true;
  }
  // What a method sets an attribute to is seen by all who see the attribute ("self.x" in Python).
  for (const b of bindings)
    if (b.init !== '' && !b.name.endsWith('()') && !PLAIN_NAME.test(b.name))
      for (let at = b.within; at >= 0; at = symbols[at]?.container ?? -1) told[at] = true;
  return (b) => inside[b.within] === true && told[b.within] !== true && !names.has(b.name) && PLAIN_NAME.test(b.name);
}

/** How many symbols start at or before a line; they are ordered by start. */
const startsBefore = ({ symbols }: FileRecord, line: number): number => firstWhere(symbols.length, (i) => symbols[i]!.start > line);
