/**
 * Types that leave members of an interface or an abstract class of the project empty: they are made to have what they do
 * not need (interface segregation; R. C. Martin, "The Interface Segregation Principle", 1996).
 */
import { counted } from '../../base/count.js';
import type { Steps } from '../../base/steps.js';
import { hasBody, isEmpty } from './bodies.js';
import type { Finding } from './finding.js';
import { takesAlike } from './overload.js';
import type { OwnCode } from './own-code.js';
import type { Place } from './place.js';
import { doesRefuse } from './refused-override.js';

/** From so many members on it is no single hook that there is nothing to do for. */
const AT_LEAST = 2;
/** Share of the interface's members that are left empty. */
const SHARE = 1 / 3;

/** Classes that say in their name that they do nothing, or that others are to fill in. */
const DOES_NOTHING =
  /^(No-?op|Null|Empty|Dummy|Stub|Mock|Fake|Default|Abstract|Base|Simple|Disabled)|(Adapter|Adaptor|Base|Stub|Mock|Fake|Noop|NoOp|Support|Skeleton)$/i;

/** Their comments say it too. */
const SAYS_SO = /\bno-?op\b|\bdo(?:es|ing)?[- ]nothing\b|\bempty (?:method )?implementations?\b/i;

export function* findEmptyOverrides(code: OwnCode): Steps<Finding[]> {
  const { hierarchy } = code;
  const found: Finding[] = [];
  for (const type of hierarchy.types) {
    yield;
    if (
      type.symbol.kind === 'interface' ||
      type.symbol.kind === 'trait' ||
      DOES_NOTHING.test(type.symbol.name) ||
      /^No[A-Z]/.test(type.symbol.name)
    )
      continue;
    for (const base of hierarchy.ancestors(type)) {
      const finding = findingOf(code, type, base);
      if (finding) found.push(finding);
    }
  }
  return found;
}

/** A finding where the type leaves enough of what the interface asks for empty, and does something for the rest. */
function findingOf(code: OwnCode, type: Place, base: Place): Finding | undefined {
  const { hierarchy, lines, examined } = code;
  const language = examined.record(type.path)?.language;
  const own = new Set(hierarchy.methods(type).map((m) => m.symbol.name));
  const mayBeEmpty = hierarchy.methods(base).filter((m) => own.has(m.symbol.name));
  if (mayBeEmpty.length <= AT_LEAST) return undefined;
  const asked = hierarchy.methods(base).filter((m) => isAsked(code, m));
  const empty = asked.flatMap((m): [Place, Place][] => {
    const method = hierarchy.methods(type).find((o) => o.symbol.name === m.symbol.name && takesAlike(code, o, m));
    return method && isEmpty(lines(method.path), method.symbol, language) ? [[method, m]] : [];
  });
  const given = asked.filter((m) => own.has(m.symbol.name)).length;
  if (empty.length < AT_LEAST || empty.length < asked.length * SHARE || empty.length === given) return undefined;
  if (SAYS_SO.test(lines(type.path).slice(type.symbol.docStart, type.symbol.start).join('\n'))) return undefined;
  // A class that others extend gives them members to fill in.
  const isOpen = hierarchy
    .descendants(type)
    .some((sub) => hierarchy.methods(sub).some((m) => empty.some(([e]) => e.symbol.name === m.symbol.name)));
  return isOpen ? undefined : describe(type, base, empty, asked.length);
}

/** Whether subtypes must write a member: it has no body, or one that stands for none. */
function isAsked(code: OwnCode, member: Place): boolean {
  const { path, index, symbol } = member;
  const record = code.examined.record(path);
  switch (record?.language) {
    case 'python':
      return record.references.some((r) => r.within === index && r.name === 'abstractmethod') || doesRefuse(code, member);
    case 'ruby':
    case 'javascript':
      return doesRefuse(code, member);
    default:
      return !hasBody(code.lines(path), symbol, record?.language);
  }
}

function describe(type: Place, base: Place, empty: readonly (readonly [Place, Place])[], asked: number): Finding {
  const { path, symbol } = type;
  const name = base.symbol.name;
  return {
    kind: 'empty-override',
    principle: 'interface segregation',
    severity: 'low',
    files: [...new Set([path, base.path])].sort(),
    evidence: [
      ...empty.map(([method]) => ({
        path: method.path,
        line: method.symbol.nameLine,
        words: `${symbol.name}.${method.symbol.name} does nothing`,
      })),
      { path: base.path, line: base.symbol.nameLine, words: `${name} asks for ${counted(asked, 'member')}` },
    ],
    message: `${symbol.name} leaves ${empty.length} of the ${asked} members of ${name} empty: ${name} asks for more than each of its implementers can give.`,
    key: `empty-override:${path}#${symbol.name}:${name}`,
  };
}
