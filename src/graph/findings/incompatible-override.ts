/**
 * Overrides that cannot be called as their base is, or that may give what it never gives: whoever
 * holds the base is surprised (B. Liskov and J. Wing, "A Behavioral Notion of Subtyping", 1994).
 * By what signatures and the comments above them say, where the language's own compiler lets it pass.
 */
import type { Steps } from '../../base/steps.js';
import { codeOf, isEmpty } from './bodies.js';
import type { Finding } from './finding.js';
import type { Hierarchy } from './hierarchy.js';
import type { OwnCode } from './own-code.js';
import { article, type Place } from './place.js';
import type { Compared } from './signature/compared.js';
import { dialectOf } from './signature/dialect.js';
import { BY_COMMENT } from './signature/types.js';

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
    const language = examined.record(type.path)?.language;
    if (!dialectOf(language) || hierarchy.ancestors(type).length === 0) continue;
    const overrides: Override[] = [];
    for (const method of hierarchy.methods(type)) {
      const base = isPublic(method) ? hierarchy.overridden(type, method) : undefined;
      const difference = base && isOne(code, method) && isOne(code, base) ? differenceOf(code, method, base) : undefined;
      if (difference !== undefined) overrides.push({ method, base: base!, difference });
    }
    if (overrides.length > 0) found.push(describe(hierarchy, type, overrides));
  }
  return found;
}

/** What callers outside know: no method that its own classes alone call, none that the language calls. */
const isPublic = ({ symbol }: Place): boolean => !/^[_#]/.test(symbol.name);

/** Of overloads it is not told which one overrides which. */
const isOne = ({ examined }: OwnCode, { path, symbol }: Place): boolean =>
  examined.record(path)?.symbols.filter((s) => s.container === symbol.container && s.name === symbol.name).length === 1;

function differenceOf(code: OwnCode, method: Place, base: Place): string | undefined {
  const language = code.examined.record(method.path)?.language;
  const dialect = dialectOf(language);
  if (!dialect || dialect !== dialectOf(code.examined.record(base.path)?.language)) return undefined;
  const own = dialect.read(code, method);
  const promised = own && dialect.read(code, base);
  if (!promised || (promised.positional.length === 0 && isPlaceholder(code.lines(base.path), base, language))) return undefined;
  const compared: Compared = { code, method, base, own, promised };
  for (const rule of dialect.rules) {
    const difference = rule(compared);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

/** It only says that there is such a method: it does nothing, or throws without giving anything. */
function isPlaceholder(lines: readonly string[], { symbol }: Place, language: string | undefined): boolean {
  return isEmpty(lines, symbol, language) || /\b(?:raise|throw)\b(?![\s\S]*\b(?:return|yield)\b)/.test(codeOf(lines, symbol, language));
}

function describe(hierarchy: Hierarchy, { path, symbol }: Place, overrides: readonly Override[]): Finding {
  const [first, ...more] = overrides;
  const owner = hierarchy.ownerOf(first!.base);
  const isSaid = overrides.every((o) => o.difference.endsWith(BY_COMMENT));
  const harm = isSaid
    ? `who goes by the comment of ${owner} is promised more`
    : `code that is given ${article(owner)} ${owner} may fail when it gets this one`;
  const rest =
    more.length === 0 ? '' : `, and ${more.map((o) => o.method.symbol.name).join(', ')} ${more.length === 1 ? 'differs' : 'differ'} too`;
  return {
    kind: 'incompatible-override',
    principle: 'Liskov substitution',
    severity: isSaid ? 'low' : 'medium',
    files: [...new Set([path, ...overrides.map((o) => o.base.path)])].sort(),
    evidence: overrides.flatMap(({ method, base, difference }) => [
      { path: method.path, line: method.symbol.nameLine, words: `${symbol.name}.${method.symbol.name} ${difference}` },
      { path: base.path, line: base.symbol.nameLine, words: `${hierarchy.ownerOf(base)}.${base.symbol.name} is overridden` },
    ]),
    message: `${symbol.name}.${first!.method.symbol.name} ${first!.difference}${rest}: ${harm}.`,
    key: `incompatible-override:${path}#${symbol.name}`,
  };
}
