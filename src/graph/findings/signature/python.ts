/** Signatures in Python. */
import type { SymbolRecord } from '../../../syntax/record.js';
import { type Alternatives, headOf, inBrackets, NO_TYPE, type Parameter, type Signature, splitAt } from './signature.js';

/** Undefined where the text is not understood. */
export function pythonSignature(lines: readonly string[], symbol: SymbolRecord): Signature | undefined {
  const { name, nameLine, start } = symbol;
  // A "#" in a text is taken for a comment, too: what is left has an open quote and is not understood.
  const text = headOf(lines, symbol).replace(/#[^\n]*/g, '');
  const at = text.indexOf(name) + name.length;
  const list = at < name.length ? undefined : inBrackets(text.slice(at));
  if (!list) return undefined;
  const isStatic = lines.slice(start, nameLine).some((line) => /^\s*@staticmethod\b/.test(line));
  const positional: Parameter[] = [];
  const named: Parameter[] = [];
  let anyPositional = false;
  let anyNamed = false;
  let into = positional;
  for (const part of list.parts) {
    if (part === '/') continue;
    if (part.startsWith('**')) anyNamed = true;
    else if (part.startsWith('*')) {
      anyPositional ||= part !== '*';
      into = named;
    } else {
      const [, name, type = '', value] = /^(\w+)\s*(?::\s*((?:[^=]|==)*?))?\s*(=[\s\S]*)?$/.exec(part) ?? [];
      if (name === undefined) return undefined;
      into.push({ name, types: alternatives(type.trim()), required: value === undefined });
    }
  }
  const result = /^\s*->\s*([\s\S]*?)\s*:\s*(?:\n|$|"|\.\.\.|pass\b|return\b)/.exec(text.slice(at + list.end))?.[1] ?? '';
  const taken = isStatic ? positional : positional.slice(1);
  return { positional: taken, named, anyPositional, anyNamed, result: alternatives(result.trim()) };
}

/** The types that a written type leaves open: "int | None", "Optional[int]", "Union[int, None]". */
function alternatives(type: string): Alternatives {
  const text = type.replace(/^["']|["']$/g, '').replace(/\s+/g, ' ');
  if (text === '') return NO_TYPE;
  const optional = /^(?:\w+\.)?Optional\[(.*)\]$/.exec(text)?.[1];
  if (optional !== undefined) return new Set([...alternatives(optional), 'None']);
  const union = /^(?:\w+\.)?Union\[(.*)\]$/.exec(text)?.[1];
  return new Set(splitAt(union ?? text, union === undefined ? '|' : ','));
}
