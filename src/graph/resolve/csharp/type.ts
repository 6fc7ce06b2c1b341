/** Types as values have them. Equal ones are one object, so that what is worked out for one is worked out once. */
import type { Definition, TypeDefinition } from './declarations.js';

export interface Type {
  /** Tells it from all others of its pool; 0 for the one that is not known. */
  readonly id: number;
  /** Undefined for a library's. */
  readonly type: TypeDefinition | undefined;
  /** "[]" for arrays, "()" for tuples. */
  readonly name: string;
  readonly args: readonly Type[];
  /** Names of a tuple's parts. */
  readonly parts: readonly string[] | undefined;
  /** Of a type parameter: where it is declared, which says what it is bound by. */
  readonly parameter: Definition | undefined;
}

/** What type parameters stand for. */
export type Env = ReadonlyMap<string, Type>;

export const NO_ENV: Env = new Map();

/** A type argument that is not known. */
export const UNKNOWN: Type = { id: 0, type: undefined, name: '', args: [], parts: undefined, parameter: undefined };

export class TypePool {
  /** Without arguments: by definition, then by name. */
  readonly #plain: Map<string, Type>[] = [];
  readonly #known = new Map<string, Type>();
  #count = 0;
  readonly #open = new Map<TypeDefinition, Type>();

  make(type: TypeDefinition | undefined, name: string, args: readonly Type[], parts?: readonly string[], parameter?: Definition): Type {
    const isPlain = args.length === 0 && parts === undefined && parameter === undefined;
    const known = isPlain ? this.#plainOf(type) : this.#known;
    const key = isPlain ? name : keyOf(type, name, args, parts, parameter);
    let made = known.get(key);
    if (!made) {
      made = { id: ++this.#count, type, name, args, parts, parameter };
      known.set(key, made);
    }
    return made;
  }

  #plainOf(type: TypeDefinition | undefined): Map<string, Type> {
    const n = type === undefined ? 0 : type.id + 1;
    const plain = this.#plain[n] ?? new Map<string, Type>();
    this.#plain[n] = plain;
    return plain;
  }

  /** A type inside its own declaration: what its parameters stand for is open. */
  open(type: TypeDefinition): Type {
    let open = this.#open.get(type);
    if (!open) {
      open = this.make(
        type,
        type.name,
        type.generics.map(() => UNKNOWN),
      );
      this.#open.set(type, open);
    }
    return open;
  }
}

export function envOf(generics: readonly string[], args: readonly Type[]): Env {
  if (generics.length === 0 || args.length === 0) return NO_ENV;
  const env = new Map<string, Type>();
  for (const [i, name] of generics.entries()) {
    const arg = args[i];
    if (arg && arg !== UNKNOWN) env.set(name, arg);
  }
  return env;
}

export const envIn = (owner: Type): Env => (owner.type ? envOf(owner.type.generics, owner.args) : NO_ENV);

function keyOf(
  type: TypeDefinition | undefined,
  name: string,
  args: readonly Type[],
  parts: readonly string[] | undefined,
  parameter: Definition | undefined,
): string {
  let key = `${type?.id ?? ''} ${name}`;
  for (const arg of args) key += ` ${arg.id}`;
  if (parts) key += ` (${parts.join(',')})`;
  return parameter ? `${key} ${parameter.symbol}@${parameter.file}` : key;
}
