/** Calls that a base takes and its override does not. Where either takes anything, nothing is said. */
import type { Rule } from './compared.js';
import type { Signature } from './signature.js';

const takesAnything = ({ anyPositional, anyNamed }: Signature): boolean => anyPositional || anyNamed;

/** It asks for an argument that the base does not know. */
export const requiresMore: Rule = ({ own, promised }) => {
  if (takesAnything(promised)) return undefined;
  const known = new Set([...promised.positional, ...promised.named].map((p) => p.name));
  const asked = [...own.positional.slice(promised.positional.length), ...own.named].find((p) => p.required && !known.has(p.name));
  return asked && `requires ${asked.name}, which no caller of the base gives`;
};

/** It asks for an argument that the base has a value for. */
export const mayLeaveOut: Rule = ({ own, promised }) => {
  if (takesAnything(promised)) return undefined;
  const asked =
    own.positional.find((p, i) => p.required && promised.positional[i]?.required === false) ??
    own.named.find((p) => p.required && promised.named.some((b) => b.name === p.name && !b.required));
  return asked && `requires ${asked.name}, which callers of the base may leave out`;
};

/** It has no place for an argument of the base. */
export const takesFewerArguments: Rule = ({ own, promised }) => {
  if (takesAnything(promised)) return undefined;
  const surplus = own.anyPositional ? undefined : promised.positional[own.positional.length];
  const isTakenByName = surplus && (own.anyNamed || own.named.some((p) => p.name === surplus.name));
  if (surplus && !isTakenByName) return `does not take ${surplus.name}`;
  const names = new Set([...own.positional, ...own.named].map((p) => p.name));
  const missing = own.anyNamed ? undefined : promised.named.find((p) => !names.has(p.name));
  return missing && `does not take ${missing.name}`;
};
