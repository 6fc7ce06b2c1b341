/** Members of a base type that a subtype only throws at: whoever holds the base cannot rely on it (B. Liskov, 1987). */
import { counted } from '../../base/count.js';
import type { Steps } from '../../base/steps.js';
import { mayRefuse, refuses } from './bodies.js';
import type { Finding } from './finding.js';
import type { Hierarchy } from './hierarchy.js';
import { takesAlike } from './overload.js';
import type { OwnCode } from './own-code.js';
import { article, type Place } from './place.js';

/** Stand-ins say what they are; nobody is given one unawares. */
const STAND_IN = /^(Stub|Mock|Fake|Dummy|(stub|mock|fake|dummy)(?=[A-Z]))|(Stub|Mock|Fake|Dummy)$|Not?Supported|Unsupported/;

/** A member with what it overrides. */
interface Override {
  readonly method: Place;
  readonly base: Place;
}

export function* findRefusedOverrides(code: OwnCode): Steps<Finding[]> {
  const { hierarchy } = code;
  const found: Finding[] = [];
  for (const type of hierarchy.types) {
    yield;
    if (type.symbol.kind === 'interface' || STAND_IN.test(type.symbol.name) || hierarchy.ancestors(type).length === 0) continue;
    const refused = hierarchy.methods(type).flatMap((method): Override[] => {
      if (!hierarchy.overridden(type, method) || !doesRefuse(code, method)) return [];
      const base = hierarchy.overridden(type, method, (m) => takesAlike(code, method, m));
      if (!base) return [];
      // A base that throws asks its subtypes to override it: this type's base, or this type itself.
      const isOpen = hierarchy.descendants(type).some((sub) => hierarchy.methods(sub).some((m) => m.symbol.name === method.symbol.name));
      return isOpen || doesRefuse(code, base) ? [] : [{ method, base }];
    });
    if (refused.length > 0) found.push(describe(hierarchy, type, refused));
  }
  return found;
}

/** Whether all that a member does is to say that it is not supported. */
export function doesRefuse({ examined, lines }: OwnCode, { path, symbol }: Place): boolean {
  const record = examined.record(path);
  return record !== undefined && mayRefuse(record) && refuses(lines(path), symbol, record.language);
}

function describe(hierarchy: Hierarchy, { path, symbol }: Place, refused: readonly Override[]): Finding {
  const names = [...new Set(refused.map((r) => r.method.symbol.name))];
  const owners = [...new Set(refused.map((r) => hierarchy.ownerOf(r.base)))].join(', ');
  return {
    kind: 'refused-override',
    principle: 'Liskov substitution',
    severity: 'medium',
    files: [...new Set([path, ...refused.map((r) => r.base.path)])].sort(),
    evidence: refused.flatMap(({ method, base }) => [
      { path: method.path, line: method.symbol.nameLine, words: `${symbol.name}.${method.symbol.name} only throws` },
      { path: base.path, line: base.symbol.nameLine, words: `${hierarchy.ownerOf(base)}.${base.symbol.name} promises it` },
    ]),
    message: `${symbol.name} refuses ${names.length > 3 ? counted(names.length, 'member') : names.join(', ')} of ${owners}: code that is given ${article(owners)} ${owners} fails when it gets this one.`,
    key: `refused-override:${path}#${symbol.name}${symbol.kind === 'impl' ? `:${owners}` : ''}`,
  };
}
