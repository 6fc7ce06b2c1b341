/** Extension methods of a workspace: those that a file's namespaces and using directives open, whose first parameter a receiver fits. */
import type { TypeText } from './shorthand.js';
import type { Definition, TypeDefinition, Types } from './types.js';
import type { Place, Type, Values } from './values.js';

interface Extension extends Definition {
  readonly holder: TypeDefinition;
  readonly namespace: string;
}

export class Extensions {
  readonly #byName = new Map<string, Extension[]>();
  readonly #opened = new Map<string, { readonly namespaces: ReadonlySet<string>; readonly types: ReadonlySet<TypeDefinition> }>();

  constructor(private readonly types: Types) {
    for (const [file, { record }] of types.tables) {
      for (const [symbol, { name, container, kind }] of record.symbols.entries()) {
        if (kind !== 'method' || !types.mark({ file, symbol }).words.has('extension')) continue;
        const holder = types.declaredBy(file, container);
        if (!holder) continue;
        const same = this.#byName.get(name) ?? [];
        this.#byName.set(name, same);
        same.push({ file, symbol, holder, namespace: types.namespaceOf(file, container) });
      }
    }
  }

  /** All that are visible from a place under this name. */
  visible(name: string, place: Place): readonly Definition[] {
    const all = this.#byName.get(name);
    if (!all) return [];
    const { namespaces, types } = this.#openAt(place);
    return all.filter((e) => (namespaces.has(e.namespace) || types.has(e.holder)) && this.types.sees(place.file, e.holder));
  }

  fitting(name: string, receiver: Type, place: Place, values: Values): readonly Definition[] {
    const visible = this.visible(name, place);
    if (visible.length === 0) return [];
    const keys = values.lineageKeys(receiver);
    return visible.filter((e) => this.#fits(e, receiver, keys));
  }

  #fits(extension: Definition, receiver: Type, keys: ReadonlySet<unknown>): boolean {
    const mark = this.types.mark(extension);
    const taken = mark.takes?.[0];
    if (!taken) return false;
    const [only] = taken.path;
    if (taken.path.length === 1 && only && mark.generics.includes(only.name)) {
      const bound = mark.bounds.get(only.name);
      return bound === undefined || mark.generics.includes(bound.path[0]?.name ?? '') || this.#accepts(bound, extension, receiver, keys);
    }
    return this.#accepts(taken, extension, receiver, keys);
  }

  #accepts(taken: TypeText, { file, symbol }: Definition, receiver: Type, keys: ReadonlySet<unknown>): boolean {
    const name = taken.path.at(-1)?.name ?? '';
    if (name === 'object') return true;
    if (name === '[]' || name === '()') return receiver.name === name;
    const meaning = this.types.find(taken, file, symbol);
    return keys.has(meaning?.kind === 'type' ? meaning.type : name);
  }

  #openAt(place: Place) {
    const key = `${place.file}\0${this.types.namespaceOf(place.file, place.within)}`;
    const known = this.#opened.get(key);
    if (known) return known;
    const open = [...this.types.openAt(place.file, place.within)];
    const found = {
      namespaces: new Set(open.flatMap((o) => (o.kind === 'namespace' ? [o.name] : []))),
      types: new Set(open.flatMap((o) => (o.kind === 'type' ? [o.type] : []))),
    };
    if (this.#opened.size > 300) this.#opened.clear();
    this.#opened.set(key, found);
    return found;
  }
}
