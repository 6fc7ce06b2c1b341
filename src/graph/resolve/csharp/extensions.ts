/** Extension methods of a workspace: those that a file's namespaces and using directives open, whose first parameter a receiver fits. */

import { Index } from '../../asked.js';
import type { Definition, TypeDefinition } from './declarations.js';
import { LIBRARY, libraryKey } from './library.js';
import type { MemberLookup } from './members.js';
import { accepts, type Call, type TypeText } from './shorthand.js';
import type { Type } from './type.js';
import type { Types } from './types.js';
import type { Place } from './values.js';

interface Extension extends Definition {
  readonly holder: TypeDefinition;
  readonly namespace: string;
}

const LIBRARY_NAMES: ReadonlySet<string> = new Set([...LIBRARY.values()].flatMap((t) => [...t.members.keys()]));

export class Extensions {
  readonly #byName: Index<Extension>;

  constructor(private readonly types: Types) {
    this.#byName = new Index(types.asked, 'extension');
    for (const [file, { table }] of types.files) {
      for (const [symbol, { name, container, kind }] of table.record.symbols.entries()) {
        if (kind !== 'method' || !types.mark({ file, symbol }).words.has('extension')) continue;
        const holder = types.declaredBy(file, container);
        if (!holder) continue;
        const namespace = types.scopes.namespaceOf(file, container);
        this.#byName.add(name, { file, symbol, holder, namespace }, file, symbol + 1);
      }
    }
  }

  /** The one file whose methods a call on a value of unknown type can mean: no method of the library is called so. */
  only(name: string, place: Place, call: Call): Definition | undefined {
    if (LIBRARY_NAMES.has(name)) return undefined;
    const visible = this.visible(name, place, call);
    const [first] = visible;
    return first && visible.every((d) => d.file === first.file) ? first : undefined;
  }

  /** All that are visible from a place under this name and may be called so. */
  visible(name: string, place: Place, call?: Call): readonly Definition[] {
    const all = this.#byName.get(name);
    if (all.length === 0) return all;
    const { namespaces, types } = this.types.openAt(place.file, place.within);
    return all.filter((e) => {
      this.types.asked.note(e.holder.origin);
      const mark = this.types.mark(e);
      const fits = call === undefined || accepts(mark, call, 1);
      return fits && (namespaces.has(e.namespace) || types.has(e.holder)) && this.types.sees(place.file, e.holder);
    });
  }

  /** Those that fit a receiver best, and a call. */
  fitting(name: string, receiver: Type, place: Place, lookup: MemberLookup, call?: Call): readonly Definition[] {
    const visible = this.visible(name, place, call);
    if (visible.length === 0) return [];
    const keys = lookup.identities(receiver);
    // LINQ fits a sequence better than what takes any.
    const library = lookup
      .libraryMembers(receiver, name)
      .some(({ member }) => call === undefined || call.given.length <= (member.takes?.length ?? 0));
    const ranks = visible.map((e) => (library && this.#isGeneral(e) ? undefined : this.#rank(e, receiver, keys)));
    const best = Math.min(...ranks.flatMap((r) => r ?? []));
    return visible.filter((_, i) => ranks[i] === best);
  }

  /** How far up the receiver's line what an extension method takes stands, type parameters last; undefined where it does not fit. */
  #rank(extension: Definition, receiver: Type, keys: ReadonlySet<TypeDefinition | string>): number | undefined {
    const mark = this.types.mark(extension);
    const taken = mark.takes?.[0];
    const [only] = taken?.path ?? [];
    if (!taken || !only) return undefined;
    if (taken.path.length > 1 || !mark.generics.includes(only.name)) return this.#place(taken, extension, receiver, keys);
    const bounds = (mark.bounds.get(only.name) ?? []).filter((b) => !mark.generics.includes(b.path[0]?.name ?? ''));
    return bounds.every((b) => this.#place(b, extension, receiver, keys) !== undefined) ? keys.size + 1 : undefined;
  }

  /** Whether what an extension method takes is no type of the workspace. */
  #isGeneral(extension: Definition): boolean {
    const taken = this.types.mark(extension).takes?.[0];
    return taken === undefined || this.types.find(taken, extension.file, extension.symbol)?.kind !== 'type';
  }

  #place(taken: TypeText, { file, symbol }: Definition, receiver: Type, keys: ReadonlySet<TypeDefinition | string>): number | undefined {
    const { name = '', args = [] } = taken.path.at(-1) ?? {};
    if (name === 'object') return keys.size;
    if (name === '[]' || name === '()') return receiver.name === name ? 0 : undefined;
    const meaning = this.types.find(taken, file, symbol);
    const at = [...keys].indexOf(meaning?.kind === 'type' ? meaning.type : libraryKey(name, args.length));
    return at < 0 ? undefined : at;
  }
}
