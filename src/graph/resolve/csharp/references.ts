/** Joins the references of one file to definitions in others. */
import type { ReferenceRecord } from '../../../syntax/record.js';
import type { WorkspacePath } from '../../../workspace/entry.js';
import type { UseLink } from '../../links.js';
import type { Definition, TypeDefinition } from './declarations.js';
import type { Extensions } from './extensions.js';
import type { MemberLookup } from './members.js';
import { type Call, readType } from './shorthand.js';
import type { Types } from './types.js';
import type { Place, Values } from './values.js';

interface Found {
  readonly definitions: readonly Definition[];
  readonly confidence: 'resolved' | 'named';
}

export function joinReferences(file: WorkspacePath, lookup: MemberLookup, values: Values, extensions: Extensions): UseLink[] {
  const join = new Join(file, lookup, values, extensions);
  return (lookup.types.table(file)?.record.references ?? []).flatMap((r, reference) => {
    const found = join.find(r);
    const targets = new Map<WorkspacePath, number>();
    for (const d of found?.definitions ?? []) if (d.file !== file && !targets.has(d.file)) targets.set(d.file, d.symbol);
    return [...targets].map(([target, symbol]): UseLink => ({ reference, target, symbol, confidence: found!.confidence, indirect: false }));
  });
}

class Join {
  readonly #types: Types;

  constructor(
    private readonly file: WorkspacePath,
    private readonly lookup: MemberLookup,
    private readonly values: Values,
    private readonly extensions: Extensions,
  ) {
    this.#types = lookup.types;
  }

  find({ name, qualifier, kind, within, line }: ReferenceRecord): Found | undefined {
    const [, before = '', generic, given] = /^(.*?)(?:`(\d+))?(?:\/([fsx]*))?$/s.exec(qualifier) ?? [];
    const arity = Number(generic ?? 0);
    const call = given === undefined ? undefined : { arity, given };
    const place = { file: this.file, within, line };
    if (kind === 'type' || kind === 'new') return direct(this.#type(name, before, arity, place));
    if (kind === 'annotation') return direct(this.#attribute(name, place));
    if (before !== '') return this.#behind(before, name, arity, call, place);
    if (this.values.local(name, place)) return undefined;
    const own = this.lookup.membersAround(name, this.file, within, call);
    if (own) return { definitions: own.found, confidence: 'resolved' };
    // Only what stands before a dot may be a type.
    return kind === 'member' ? direct(this.#type(name, '', 0, place)) : undefined;
  }

  /** A record's bases are named in the scope around it. */
  #type(name: string, before: string, arity: number, { within }: Place): TypeDefinition | undefined {
    const path = before === '' || before === 'global::' ? [] : (readType(before)?.path ?? []);
    const args = Array.from({ length: arity }, () => ({ path: [] }));
    const found = this.#types.find(
      { path: [...path, { name: before === 'global::' ? `global::${name}` : name, args }] },
      this.file,
      within,
    );
    return found?.kind === 'type' ? found.type : undefined;
  }

  /** `[Foo]` is FooAttribute, or Foo where that is an attribute. */
  #attribute(name: string, place: Place): TypeDefinition | undefined {
    const long = this.#type(`${name}Attribute`, '', 0, place);
    if (long) return long;
    const short = this.#type(name, '', 0, place);
    const isAttribute = (type: TypeDefinition): boolean =>
      type.name.endsWith('Attribute') ||
      type.parts.some(({ file, symbol }) => this.#types.table(file)!.record.symbols[symbol]!.supers?.some((s) => s.endsWith('Attribute')));
    return short && [...this.#types.lineage(short)].some(isAttribute) ? short : undefined;
  }

  /** A member of the value, type or namespace before the dot. */
  #behind(before: string, name: string, arity: number, call: Call | undefined, place: Place): Found | undefined {
    const holder = this.values.follow(before, place);
    if (!holder) return call && this.#extension(name, call, place);
    if (holder.kind === 'methods') return undefined;
    if (holder.kind === 'namespace') {
      const inside = this.#types.inside(holder, name, arity, this.file);
      return inside?.kind === 'type' ? direct(inside.type) : undefined;
    }
    const own = this.lookup.members(holder.type, name, call);
    const members: Found | undefined = own && { definitions: own.found, confidence: 'resolved' };
    if (own?.found.some((d) => call === undefined || this.lookup.takes(d, call))) return members;
    const nested = holder.type.type && this.#types.nestedIn(holder.type.type, name, arity);
    if (nested) return direct(nested);
    if (holder.kind === 'type') return members;
    const extended = this.extensions.fitting(name, holder.type, place, this.lookup, call);
    if (extended.length > 0) return { definitions: extended, confidence: 'resolved' };
    return members ?? (call && this.lookup.isOpen(holder.type) ? this.#extension(name, call, place) : undefined);
  }

  /** Behind a value of unknown type: the only extension method of this name that is open here. */
  #extension(name: string, call: Call, place: Place): Found | undefined {
    const only = this.extensions.only(name, place, call);
    return only && { definitions: [only], confidence: 'named' };
  }
}

const direct = (type: TypeDefinition | undefined): Found | undefined => type && { definitions: type.parts, confidence: 'resolved' };
