/** Signatures in TypeScript, and in JavaScript with the types that JSDoc comments say. */
import type { SymbolRecord } from '../../../syntax/record.js';
import { codeOf } from '../bodies.js';
import type { Rule } from './compared.js';
import { type Alternatives, headOf, inBrackets, NO_TYPE, type Parameter, placeOf, type Signature, splitAt } from './signature.js';

/**
 * Undefined where the text is not understood, and where it is no method but a property that holds a function: the
 * compiler compares those strictly (TypeScript 2.6 release notes, "Strict function types").
 */
export function scriptSignature(lines: readonly string[], symbol: SymbolRecord): Signature | undefined {
  const { name } = symbol;
  const text = headOf(lines, symbol).replace(/\/\*[\s\S]*?\*\/|(^|\s)\/\/[^\n]*/g, '$1');
  const at = text.search(new RegExp(`(?<![\\w$.])${name.replace(/\W/g, '\\$&')}\\??\\s*[<(]`));
  const list = at < 0 ? undefined : inBrackets(text.slice(at + name.length), /^\??\s*(?:<[^()]*>)?\s*$/);
  // What is called by the name of its class is no part of what a subclass takes over.
  if (!list || /\b(?:static|private)\b/.test(text.slice(0, at))) return undefined;
  const said = typesOfComment(lines, symbol);
  const positional: Parameter[] = [];
  let anyPositional = false;
  for (const part of list.parts) {
    if (part.startsWith('...')) anyPositional = true;
    else if (!/^this\s*:/.test(part)) positional.push(parameterOf(part.replace(/^(?:@[\w.]+(?:\([^()]*\))?\s*)+/, ''), said));
  }
  return { positional, named: [], anyPositional, anyNamed: true, result: NO_TYPE };
}

function parameterOf(part: string, said: ReadonlyMap<string, Said>): Parameter {
  const valueAt = placeOf(part, '=');
  const declared = valueAt < 0 ? part : part.slice(0, valueAt);
  const typeAt = placeOf(declared, ':');
  const [, name = '', optional] = /^([\s\S]*?)(\?)?\s*$/.exec(typeAt < 0 ? declared : declared.slice(0, typeAt)) ?? [];
  const comment = said.get(name);
  const types = typeAt < 0 ? (comment?.types ?? NO_TYPE) : alternatives(declared.slice(typeAt + 1));
  const required = valueAt < 0 && optional === undefined && comment?.optional !== true;
  // What may be left out is undefined then, and what has a value of its own takes undefined.
  return { name, types: required || types.size === 0 ? types : new Set([...types, 'undefined']), required };
}

/** A type of which nothing is cut off where an arrow stands in it. */
function alternatives(type: string): Alternatives {
  const text = type.trim().replace(/\s+/g, ' ');
  return new Set(text.includes('=>') ? [text] : splitAt(text, '|'));
}

/** What a comment says of a parameter. */
interface Said {
  readonly types: Alternatives;
  readonly optional: boolean;
}

/** JSDoc (https://jsdoc.app/tags-param): `@param {string|null} name`, `{?string}`, `{string=}`, `[name]`, `[name=1]`. */
function typesOfComment(lines: readonly string[], { docStart, start }: SymbolRecord): ReadonlyMap<string, Said> {
  const text = lines.slice(docStart, start).join('\n');
  const tags = [...text.matchAll(/@param\s+\{([^{}]*)\}\s+(\[?)([\w$]+)/g)];
  return new Map(
    tags.map(([, type, bracket, name]) => [name!, { types: closure(type!), optional: bracket !== '' || /=$/.test(type!.trim()) }]),
  );
}

/** The types of a JSDoc comment; none where anything may be given. */
function closure(type: string): Alternatives {
  const text = type.trim().replace(/=$/, '');
  const types = /^\?\w/.test(text) ? [text.slice(1), 'null'] : splitAt(text.replace(/^\((.*)\)$/, '$1'), '|');
  return types.some((t) => /^(\*|\?|any)$/.test(t)) ? NO_TYPE : new Set(types);
}

/** In JavaScript nothing says what is required: an override that looks into an argument which the base does not know needs it. */
export const readsMore: Rule = ({ code, method, base, own, promised }) => {
  if (promised.anyPositional || /\barguments\b/.test(codeOf(code.lines(base.path), base.symbol, 'javascript'))) return undefined;
  const text = codeOf(code.lines(method.path), method.symbol, 'javascript');
  const asked = own.positional.slice(promised.positional.length).find(({ name, required }) => required && isNeeded(text, name));
  return asked && `requires ${asked.name}, which no caller of the base gives`;
};

/** Whether a name is looked into, or called, and nowhere asked whether it is there. */
function isNeeded(text: string, name: string): boolean {
  if (!/^[\w$]+$/.test(name)) return false;
  const own = name.replace(/\$/g, '\\$&');
  const body = text.slice(text.indexOf('{'));
  const isUsed = new RegExp(`(?<![\\w$.])${own}\\s*(?:\\.\\s*\\w|\\[|\\()`).test(body);
  const isAsked = new RegExp(
    `(?:[!&|?(]\\s*|\\btypeof\\s+)${own}\\s*(?:[)&|?:=]|!=|\\?\\.)|(?<![\\w$.])${own}\\s*(?:\\?\\.|\\?\\?|&&|\\|\\||[=!]=|=[^=>]|\\?[^.:])|\\btypeof\\s+${own}\\b`,
  ).test(body);
  return isUsed && !isAsked;
}
