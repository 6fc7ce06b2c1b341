/**
 * Overrides that cannot be called as their base is, or that may give what it never gives: whoever
 * holds the base is surprised (B. Liskov and J. Wing, "A Behavioral Notion of Subtyping", 1994).
 * By what signatures say, in Python: the compilers of other languages check it themselves, and what a
 * method without types takes is not to be seen in JavaScript, nor in Ruby whether callers know it.
 */
import type { Steps } from '../../base/steps.js';
import type { SymbolRecord } from '../../syntax/record.js';
import { codeOf, isEmpty } from './bodies.js';
import type { Finding } from './finding.js';
import type { Hierarchy, Place } from './hierarchy.js';
import type { OwnCode } from './own-code.js';
import { type Signature, signatureOf } from './signature.js';

/** A member with what it overrides, and how they differ. */
interface Override {
  readonly method: Place;
  readonly base: Place;
  readonly difference: string;
}

export function* findIncompatibleOverrides(code: OwnCode): Steps<Finding[]> {
  const { hierarchy, examined } = code;
  const found: Finding[] = [];
  for (const type of hierarchy.types) {
    yield;
    if (examined.record(type.path)?.language !== 'python' || hierarchy.ancestors(type).length === 0) continue;
    const overrides = hierarchy.methods(type).flatMap((method): Override[] => {
      const base = isPublic(method) ? hierarchy.overridden(type, method) : undefined;
      const difference = base && differenceOf(code, method, base);
      return difference === undefined ? [] : [{ method, base: base!, difference }];
    });
    if (overrides.length > 0) found.push(describe(hierarchy, type, overrides));
  }
  return found;
}

/** What callers outside know: no method that its own classes alone call, none that the language calls. */
const isPublic = ({ symbol }: Place): boolean => !symbol.name.startsWith('_');

/** Decorators that leave a signature as it is written. */
const PLAIN: ReadonlySet<string> = new Set(['abstractmethod', 'staticmethod', 'classmethod', 'override', 'final']);

function differenceOf({ examined, lines }: OwnCode, method: Place, base: Place): string | undefined {
  const read = ({ path, index, symbol }: Place): Signature | undefined => {
    const record = examined.record(path);
    const isPlain = record?.references.every((r) => r.within !== index || r.kind !== 'annotation' || PLAIN.has(r.name));
    return isPlain ? signatureOf(lines(path), symbol) : undefined;
  };
  const own = read(method);
  const promised = own && read(base);
  if (promised?.positional.length === 0 && isPlaceholder(lines(base.path), base.symbol)) return undefined;
  return promised && (inParameters(own, promised) ?? inTypes(own, promised));
}

/** It only says that there is such a method: it does nothing, or throws without giving anything. */
function isPlaceholder(lines: readonly string[], method: SymbolRecord): boolean {
  return isEmpty(lines, method, 'python') || /\braise\b(?![\s\S]*\b(?:return|yield)\b)/.test(codeOf(lines, method, 'python'));
}

/** A call that the base takes and the override does not. Where either takes anything, nothing is said. */
function inParameters(own: Signature, base: Signature): string | undefined {
  if (base.anyPositional || base.anyNamed) return undefined;
  const known = new Set([...base.positional, ...base.named].map((p) => p.name));
  const asked = [...own.positional.slice(base.positional.length), ...own.named].find((p) => p.required && !known.has(p.name));
  if (asked) return `requires ${asked.name}, which no caller of the base gives`;
  const surplus = own.anyPositional ? undefined : base.positional[own.positional.length];
  const isTakenByName = surplus && (own.anyNamed || own.named.some((p) => p.name === surplus.name));
  if (surplus && !isTakenByName) return `does not take ${surplus.name}`;
  const names = new Set([...own.positional, ...own.named].map((p) => p.name));
  const missing = own.anyNamed ? undefined : base.named.find((p) => !names.has(p.name));
  return missing && `does not take ${missing.name}`;
}

/** A result that may be None where the base's never is; a parameter that takes fewer of the types that the base names. */
function inTypes(own: Signature, base: Signature): string | undefined {
  const promised = alternatives(base.result);
  const given = alternatives(own.result);
  if (given.has('None') && given.size > 1 && promised.size > 0 && ![...promised].some((t) => OPEN.test(t))) return 'may return None';
  for (const [i, { name, type }] of own.positional.entries()) {
    const wide = alternatives(base.positional[i]?.type ?? '');
    const narrow = alternatives(type);
    const left = [...wide].filter((t) => !narrow.has(t));
    if (narrow.size > 0 && narrow.size < wide.size && [...narrow].every((t) => wide.has(t)))
      return `takes no ${left.join(', no ')} as ${name}`;
  }
  return undefined;
}

/** Types that None may be one of. */
const OPEN = /^(None|Any|object|Never|NoReturn|Self|T|_?[A-Z]\w?|Awaitable\b.*|Coroutine\b.*)$|\.Any$/;

/** The types that a written type leaves open: "int | None", "Optional[int]", "Union[int, None]". */
function alternatives(type: string): ReadonlySet<string> {
  const text = type.replace(/^["']|["']$/g, '').replace(/\s+/g, ' ');
  const optional = /^(?:\w+\.)?Optional\[(.*)\]$/.exec(text)?.[1];
  if (optional !== undefined) return new Set([...alternatives(optional), 'None']);
  const union = /^(?:\w+\.)?Union\[(.*)\]$/.exec(text)?.[1];
  const parts = split(union ?? text, union === undefined ? '|' : ',');
  return new Set(parts.map((part) => part.trim()).filter((part) => part !== ''));
}

function split(text: string, by: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const char of text) {
    if ('[('.includes(char)) depth++;
    if ('])'.includes(char)) depth--;
    if (char === by && depth === 0) parts.push('');
    else parts[parts.length - 1] += char;
  }
  return parts;
}

function describe(hierarchy: Hierarchy, { path, symbol }: Place, overrides: readonly Override[]): Finding {
  const [first, ...more] = overrides;
  const owner = hierarchy.ownerOf(first!.base);
  const rest =
    more.length === 0 ? '' : `, and ${more.map((o) => o.method.symbol.name).join(', ')} ${more.length === 1 ? 'differs' : 'differ'} too`;
  return {
    kind: 'incompatible-override',
    principle: 'Liskov substitution',
    severity: 'medium',
    files: [...new Set([path, ...overrides.map((o) => o.base.path)])].sort(),
    evidence: overrides.flatMap(({ method, base, difference }) => [
      { path: method.path, line: method.symbol.nameLine, words: `${symbol.name}.${method.symbol.name} ${difference}` },
      { path: base.path, line: base.symbol.nameLine, words: `${hierarchy.ownerOf(base)}.${base.symbol.name} is overridden` },
    ]),
    message: `${symbol.name}.${first!.method.symbol.name} ${first!.difference}${rest}: code that is given ${article(owner)} ${owner} fails when it gets this one.`,
    key: `incompatible-override:${path}#${symbol.name}`,
  };
}

const article = (name: string): string => (/^[AEIOU]/.test(name) ? 'an' : 'a');
