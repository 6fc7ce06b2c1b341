/** What a Python expression stands for, as far as annotations, constructors and plain assignments say it. */
import type { BindingRecord } from '../../../syntax/record.js';
import type { WorkspacePath } from '../../../workspace/entry.js';
import type { SymbolTable } from '../symbol-table.js';
import { type Step, stepsOf } from '../values.js';
import type { Definition, PythonNames } from './names.js';

/** A place in a file that a name is looked up from. */
export interface Place {
  readonly file: WorkspacePath;
  readonly within: number;
  readonly line: number;
}

interface Value {
  readonly kind: 'module' | 'class' | 'instance' | 'function' | 'super';
  readonly at: Definition;
  /** The class whose instance a function was looked up on: what `Self` means in its result. */
  readonly receiver?: Definition | undefined;
}

/** Longer ways from a name to its value than this are not written by people. */
const MAX_STEPS = 12;

export class PythonValues {
  readonly #known = new WeakMap<BindingRecord, Value | undefined>();

  constructor(private readonly names: PythonNames) {}

  /** The definition that a name means, with what stands before its dot. */
  definition(name: string, qualifier: string, place: Place): Definition | undefined {
    const table = this.names.table(place.file);
    if (!table || qualifier === '?') return undefined;
    if (qualifier === '') {
      const local = localName(table, name, place);
      return local === undefined ? this.names.find(place.file, name) : local.definition;
    }
    const holder = this.#follow(stepsOf(qualifier), place, 0);
    return holder && this.#member(holder, name);
  }

  #follow(steps: readonly Step[], place: Place, depth: number): Value | undefined {
    const [first, ...rest] = steps;
    if (!first || depth > MAX_STEPS) return undefined;
    let at = this.#begin(first, place, depth);
    for (const step of rest) {
      const found = at && this.#member(at, step.name);
      const value = found && this.#valueOf(found, at, depth);
      at = step.kind === 'call' ? value && this.#call(value, depth) : value;
    }
    return at;
  }

  #begin({ kind, name }: Step, place: Place, depth: number): Value | undefined {
    const table = this.names.table(place.file);
    if (!table) return undefined;
    if (kind === 'make') return this.#instance(name, place.file, undefined);
    if (name === 'self' || name === 'cls' || (name === 'super' && kind === 'call')) {
      for (const symbol of table.around(place.within)) {
        if (table.record.symbols[symbol]?.kind !== 'class') continue;
        return { kind: name === 'super' ? 'super' : name === 'cls' ? 'class' : 'instance', at: { file: place.file, symbol } };
      }
      return undefined;
    }
    const local = localName(table, name, place);
    let value: Value | undefined;
    if (local?.binding) value = this.#bound(local.binding, place.file, undefined, depth);
    else {
      const found = local ? local.definition : this.names.find(place.file, name);
      // A name that a loop or a with statement binds at the top of a module is no symbol.
      const loose = found ? undefined : table.bindingIn(-1, name);
      value = found ? this.#valueOf(found, undefined, depth) : loose && this.#bound(loose, place.file, undefined, depth);
    }
    return kind === 'call' ? value && this.#call(value, depth) : value;
  }

  #member({ kind, at, receiver }: Value, name: string): Definition | undefined {
    if (kind === 'function') return undefined;
    if (kind === 'super') return this.names.inherited(at, name);
    return this.names.member(receiver ?? at, name);
  }

  /** What a definition is worth where it is named; a property and an attribute are worth what they hold. */
  #valueOf(found: Definition, holder: Value | undefined, depth: number): Value | undefined {
    if (found.attribute) return this.#bound(found.attribute, found.file, holder?.at, depth);
    if (found.symbol < 0) return { kind: 'module', at: found };
    const table = this.names.table(found.file);
    const receiver = holder && holder.kind !== 'module' ? holder.at : undefined;
    switch (table?.record.symbols[found.symbol]?.kind) {
      case 'class':
        return { kind: 'class', at: found };
      case 'function':
      case 'method':
      case 'constructor':
        return { kind: 'function', at: found, receiver };
      case 'property':
        return this.#result(found, receiver, depth);
      default: {
        const name = table?.record.symbols[found.symbol]?.name ?? '';
        const binding = table?.bindingIn(found.symbol, name);
        return binding && this.#bound(binding, found.file, receiver, depth);
      }
    }
  }

  #call(value: Value, depth: number): Value | undefined {
    if (value.kind === 'super') return value;
    if (value.kind === 'class') return { kind: 'instance', at: value.at };
    if (value.kind === 'function') return this.#result(value.at, value.receiver, depth);
    const called = value.kind === 'instance' ? this.names.member(value.at, '__call__') : undefined;
    return called && this.#result(called, value.at, depth);
  }

  /** What a function returns, where it says so. */
  #result({ file, symbol }: Definition, receiver: Definition | undefined, depth: number): Value | undefined {
    const table = this.names.table(file);
    const binding = table?.bindingIn(symbol, `${table.record.symbols[symbol]?.name ?? ''}()`);
    return binding && this.#bound(binding, file, receiver, depth);
  }

  #bound(binding: BindingRecord, file: WorkspacePath, receiver: Definition | undefined, depth: number): Value | undefined {
    if (/^(\w+\.)?Self$/.test(binding.type)) return receiver && { kind: 'instance', at: receiver };
    if (this.#known.has(binding)) return this.#known.get(binding);
    // Assignments that lead round in a ring come back here and find nothing.
    this.#known.set(binding, undefined);
    const value =
      binding.type !== ''
        ? this.#instance(binding.type, file, depth)
        : this.#follow(stepsOf(binding.init), { file, within: binding.within, line: binding.line }, depth + 1);
    this.#known.set(binding, value);
    return value;
  }

  /** An instance of the class that a written type names, through aliases of it. */
  #instance(type: string, file: WorkspacePath, depth = 0): Value | undefined {
    const found = this.names.path(file, type.split('.'));
    const value = found && depth <= MAX_STEPS ? this.#valueOf(found, undefined, depth + 1) : undefined;
    return value?.kind === 'class' ? { kind: 'instance', at: value.at } : undefined;
  }
}

/** What hides the module's names: a parameter, a local variable, or a function or class defined around the place. The names of a class are not seen from inside its methods. */
function localName(
  table: SymbolTable,
  name: string,
  { file, within, line }: Place,
): { readonly binding?: BindingRecord; readonly definition?: Definition } | undefined {
  let insideFunction = false;
  for (const scope of table.around(within)) {
    const kind = table.record.symbols[scope]?.kind;
    if (kind === 'class' && insideFunction) continue;
    if (kind === 'function' || kind === 'method' || kind === 'constructor' || kind === 'property') {
      insideFunction = true;
      const here = table.bindingsIn(scope).filter((b) => b.name === name);
      // A declared type holds for the name wherever it is assigned.
      const binding = here.find((b) => b.type !== '') ?? here.filter((b) => b.line <= line).at(-1) ?? here[0];
      if (binding) return { binding };
    }
    const symbol = table.members(scope, name)[0];
    if (symbol !== undefined) return { definition: { file, symbol } };
  }
  return undefined;
}
