/** Members of a base type that a subtype only throws at: whoever holds the base cannot rely on it (B. Liskov, 1987). */
import { counted } from '../../base/count.js';
import { refuses } from './bodies.js';
import { type Examined, type Finding, ownSources } from './finding.js';
import { Hierarchy, type Place } from './hierarchy.js';

/** Stand-ins say what they are; nobody is given one unawares. */
const STAND_IN = /^(Stub|Mock|Fake|Dummy)|(Stub|Mock|Fake|Dummy)$|Not?Supported|Unsupported/;

/** A member with what it overrides. */
interface Override {
  readonly method: Place;
  readonly base: Place;
}

export function findRefusedOverrides(examined: Examined): Finding[] {
  const hierarchy = new Hierarchy(examined, ownSources(examined));
  return [...hierarchy.types].flatMap((type) => {
    const ancestors = type.symbol.kind === 'interface' || STAND_IN.test(type.symbol.name) ? [] : hierarchy.ancestors(type);
    if (ancestors.length === 0) return [];
    const below = hierarchy.descendants(type);
    const refused = hierarchy.methods(type).flatMap((method): Override[] => {
      const base = ancestors.flatMap((a) => hierarchy.methods(a).filter((m) => m.symbol.name === method.symbol.name))[0];
      if (!base || !doesRefuse(examined, method)) return [];
      // A base that throws asks its subtypes to override it: this type's base, or this type itself.
      const isOpen = below.some((sub) => hierarchy.methods(sub).some((m) => m.symbol.name === method.symbol.name));
      return isOpen || doesRefuse(examined, base) ? [] : [{ method, base }];
    });
    return refused.length === 0 ? [] : [describe(examined, type, refused)];
  });
}

function doesRefuse({ text, record }: Examined, { path, symbol }: Place): boolean {
  return refuses((text(path) ?? '').split('\n'), symbol, record(path)?.language);
}

function describe({ record }: Examined, { path, symbol }: Place, refused: readonly Override[]): Finding {
  const ownerOf = ({ path: of, symbol: member }: Place): string => record(of)?.symbols[member.container]?.name ?? '';
  const names = [...new Set(refused.map((r) => r.method.symbol.name))];
  const owners = [...new Set(refused.map((r) => ownerOf(r.base)))].join(', ');
  return {
    kind: 'refused-override',
    principle: 'Liskov substitution',
    severity: 'medium',
    files: [...new Set([path, ...refused.map((r) => r.base.path)])].sort(),
    evidence: refused.flatMap(({ method, base }) => [
      { path: method.path, line: method.symbol.nameLine, words: `${symbol.name}.${method.symbol.name} only throws` },
      { path: base.path, line: base.symbol.nameLine, words: `${ownerOf(base)}.${base.symbol.name} promises it` },
    ]),
    message: `${symbol.name} refuses ${names.length > 3 ? counted(names.length, 'member') : names.join(', ')} of ${owners}: code that is given a ${owners} fails when it gets this one.`,
    key: `refused-override:${path}#${symbol.name}`,
  };
}
