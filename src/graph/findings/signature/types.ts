/** Values that a base takes and its override does not, and results that the base never gives. By the names of types as they are written. */
import { lastName } from '../hierarchy.js';
import type { OwnCode } from '../own-code.js';
import type { Place } from '../place.js';
import type { Compared, Rule } from './compared.js';
import type { Alternatives } from './signature.js';

/** What stands for no value, in Python and in the others. */
const NOTHING = ['None', 'null'];

/** Types that no value may be one of. */
const OPEN = /^(None|null|mixed|void|Any|object|[Nn]ever|NoReturn|Self|T|_?[A-Z]\w?|T[A-Z]\w*|Awaitable\b.*|Coroutine\b.*)$|\.Any$/;

/** Ends what is said of comments: the code below them may do more. */
export const BY_COMMENT = ', by its comment';

/** Where comments alone say what types are. */
const bySource = ({ code, method }: Compared): string =>
  /^(php|javascript)$/.test(code.examined.record(method.path)?.language ?? '') ? BY_COMMENT : '';

/** Its result may be nothing where the base's never is. */
export const mayBeNothing: Rule = (compared) => {
  const { own, promised } = compared;
  const nothing = NOTHING.find((n) => own.result.has(n));
  if (nothing === undefined || own.result.size < 2 || promised.result.size === 0) return undefined;
  return [...promised.result].some((t) => OPEN.test(t)) ? undefined : `may return ${nothing}${bySource(compared)}`;
};

/** Types that any value is one of, and variables that stand for some. */
const ANYTHING = /^(any|unknown|mixed|object|Any|[A-Z]|T[A-Z]\w*)$/;

/** It names some of the types that the base names for a parameter, and not the others. */
export const takesFewerTypes: Rule = (compared) => {
  const { own, promised } = compared;
  for (const [i, { name, types, required }] of own.positional.entries()) {
    const base = promised.positional[i];
    if (!base || types.size === 0 || types.size >= base.types.size) continue;
    if ([...types].some((t) => ANYTHING.test(t) || !base.types.has(t))) continue;
    const left = [...base.types].filter((t) => !types.has(t));
    if (required && !base.required) return `requires ${name}, which callers of the base may leave out`;
    return `takes no ${left.join(', no ')} as ${name}${bySource(compared)}`;
  }
  return undefined;
};

/** For a parameter it names a subtype of what the base names. */
export const takesSubtype: Rule = (compared) => {
  const { own, promised } = compared;
  for (const [i, { name, types }] of own.positional.entries()) {
    const narrow = onlyType(types);
    const wide = onlyType(promised.positional[i]?.types);
    if (narrow === undefined || wide === undefined || narrow === wide) continue;
    if (isSubtype(compared, narrow, wide)) return `takes ${narrow} alone as ${name}, where the base takes any ${wide}`;
  }
  return undefined;
};

function isSubtype({ code, method, base }: Compared, narrow: string, wide: string): boolean {
  const { hierarchy } = code;
  const type = hierarchy.typeNamed(method.path, lastName(narrow), method.index, method.symbol.end);
  const above = hierarchy.typeNamed(base.path, lastName(wide), base.index, base.symbol.end);
  if (!type || !above) return false;
  const ancestors = hierarchy.ancestors(type);
  const isAbove = (t: Place): boolean => t.path === above.path && t.index === above.index;
  if (!ancestors.some(isAbove)) return false;
  const shared = new Set(hierarchy.ancestors(above));
  return [type, ...ancestors].some((t) => !isAbove(t) && !shared.has(t) && asksForMore(code, t));
}

/** Whether a type has a member that values must have: in TypeScript, what adds none but optional ones takes the same values. */
function asksForMore({ examined, lines }: OwnCode, { path, index }: Place): boolean {
  const record = examined.record(path);
  if (record?.language === 'python') return true;
  return record?.symbols.some((s) => s.container === index && !(lines(path)[s.nameLine] ?? '').includes(`${s.name}?`)) === true;
}

/** The type where there is one, besides nothing; none with arguments, which may differ more. */
function onlyType(types: Alternatives | undefined): string | undefined {
  const named = [...(types ?? [])].filter((t) => !/^(null|undefined|None)$/.test(t));
  return named.length === 1 && /^[\w.]+$/.test(named[0]!) ? named[0] : undefined;
}
