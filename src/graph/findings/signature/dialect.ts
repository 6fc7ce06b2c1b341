/** By language: how signatures are read, and in what an override can differ that the language itself lets pass. */
import type { OwnCode } from '../own-code.js';
import type { Place } from '../place.js';
import { mayLeaveOut, requiresMore, takesFewerArguments } from './arguments.js';
import type { Compared, Rule } from './compared.js';
import { javaSignature } from './java.js';
import { phpSignature } from './php.js';
import { pythonSignature } from './python.js';
import { isPublicInRuby, rubySignature } from './ruby.js';
import { readsMore, scriptSignature } from './script.js';
import type { Signature } from './signature.js';
import { mayBeNothing, takesFewerTypes, takesSubtype } from './types.js';

export interface Dialect {
  /** Undefined where nothing can be said of the method. */
  read(code: OwnCode, method: Place): Signature | undefined;
  readonly rules: readonly Rule[];
}

/** Decorators that leave a signature as it is written. */
const PLAIN: ReadonlySet<string> = new Set(['abstractmethod', 'staticmethod', 'classmethod', 'override', 'final']);

/** The compilers of TypeScript take a method's parameters either way round (TypeScript Handbook, "Type Compatibility"). */
const SCRIPT: Dialect = {
  read: ({ lines }, { path, symbol }) => scriptSignature(lines(path), symbol),
  rules: [takesFewerTypes, takesSubtype],
};

const DIALECTS: Readonly<Record<string, Dialect>> = {
  python: {
    read({ examined, lines }, { path, index, symbol }) {
      const isPlain = examined.record(path)?.references.every((r) => r.within !== index || r.kind !== 'annotation' || PLAIN.has(r.name));
      return isPlain === true ? pythonSignature(lines(path), symbol) : undefined;
    },
    rules: [requiresMore, mayLeaveOut, takesFewerArguments, mayBeNothing, takesFewerTypes, takesSubtype],
  },
  ruby: {
    read: ({ lines, examined }, { path, symbol }) =>
      isPublicInRuby(lines(path), symbol, examined.record(path)?.symbols[symbol.container])
        ? rubySignature(lines(path), symbol)
        : undefined,
    rules: [requiresMore, mayLeaveOut, takesFewerArguments],
  },
  typescript: SCRIPT,
  tsx: SCRIPT,
  javascript: { ...SCRIPT, rules: [readsMore, ...SCRIPT.rules] },
  php: { read: ({ lines }, { path, symbol }) => phpSignature(lines(path), symbol), rules: [mayBeNothing, takesFewerTypes] },
  java: {
    read: ({ lines, examined }, method) => javaSignature(lines(method.path), examined, method),
    rules: [mayBeNothing, takesFewerTypes].map(
      (rule): Rule =>
        (compared) =>
          isOverride(compared) ? rule(compared) : undefined,
    ),
  },
};

/** In Java a method of other parameters is another one, beside that of the base. */
function isOverride({ code, method, own, promised }: Compared): boolean {
  const references = code.examined.record(method.path)?.references ?? [];
  const isSaid = references.some((r) => r.within === method.index && r.kind === 'annotation' && r.name === 'Override');
  return isSaid && own.positional.length === promised.positional.length;
}

export const dialectOf = (language: string | undefined): Dialect | undefined => DIALECTS[language ?? ''];
