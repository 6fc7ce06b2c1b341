/** Joins the references of Go files to definitions, following the types of variables, fields and results. */
import type { ReferenceRecord } from '../../../syntax/record.js';
import type { WorkspacePath } from '../../../workspace/entry.js';
import type { Definition } from './packages.js';
import type { GoScopes } from './scope.js';
import { type GoType, type MaybeType, readSteps, readType, type Step } from './types.js';

/** Chains and embeddings deeper than this go round in a ring. */
const MAX_DEPTH = 24;

/** What type parameters stand for where a generic definition is used. */
type Given = ReadonlyMap<string, MaybeType>;
const NOTHING: Given = new Map();

/** A definition as a value names it. */
interface Named {
  readonly definition: Definition;
  readonly given: Given;
}

/** How far a value has been followed: to a definition, to a value of a type, or to an imported package. */
type Place =
  | ({ readonly kind: 'definition' } & Named)
  | { readonly kind: 'value'; readonly type: GoType }
  | { readonly kind: 'package'; readonly folder: string };

export class GoJoin {
  #depth = 0;

  constructor(private readonly scopes: GoScopes) {}

  /** The definition that a reference in `file` means; undefined for what lies elsewhere or cannot be followed. */
  definitionOf({ name, qualifier, kind }: ReferenceRecord, file: WorkspacePath): Definition | undefined {
    if (qualifier === '?') return undefined;
    if (qualifier === '') return this.scopes.bare(name, file);
    const holder = this.#follow(qualifier, file);
    if (holder?.kind === 'package') return this.scopes.packages.exported(name, holder.folder, file);
    const type = holder && this.#typeOf(holder);
    if (!type) return undefined;
    // A key in a literal: of a struct it names a field, of anything else it is a value.
    if (kind === 'value' && this.#isIndexed(type)) return this.scopes.bare(name, file);
    return this.#member(type, name, file)?.definition;
  }

  #follow(value: string, file: WorkspacePath): Place | undefined {
    if (this.#depth > MAX_DEPTH) return undefined;
    this.#depth++;
    try {
      const [first, ...rest] = readSteps(value);
      let at = first && this.#begin(first, file);
      for (const step of rest) at = at && this.#next(at, step, file);
      return at;
    } finally {
      this.#depth--;
    }
  }

  #begin(step: Step, file: WorkspacePath): Place | undefined {
    if (step.kind === 'type') return atValue(this.#read(step.type, file, NOTHING));
    if (step.kind !== 'name') return undefined;
    const { named } = this.scopes.importsOf(file);
    if (named.has(step.name)) {
      const folder = named.get(step.name);
      return folder === undefined ? undefined : { kind: 'package', folder };
    }
    const definition = this.scopes.bare(step.name, file);
    return definition && { kind: 'definition', definition, given: NOTHING };
  }

  #next(at: Place, step: Step, file: WorkspacePath): Place | undefined {
    if (at.kind === 'package') {
      const definition = step.kind === 'name' ? this.scopes.packages.exported(step.name, at.folder, file) : undefined;
      return definition && { kind: 'definition', definition, given: NOTHING };
    }
    if (at.kind === 'definition') {
      const generic = step.kind === 'given' ? this.#instantiate(at, step.types, file) : undefined;
      if (generic) return generic;
      // f[int] without a call, and a conversion.
      if (step.kind === 'element' && this.#kindOf(at.definition) === 'function') return at;
      if (step.kind === 'call' && this.#isType(at.definition)) return atValue(this.#typeOf(at));
    }
    const type = this.#typeOf(at);
    if (!type) return undefined;
    switch (step.kind) {
      case 'name': {
        const member = this.#member(type, step.name, file);
        if (!member?.definition || member.type) return atValue(member?.type);
        return { kind: 'definition', definition: member.definition, given: member.given };
      }
      case 'call': {
        const called = this.#underlying(type);
        return atValue(called?.kind === 'function' ? called.results[step.result] : undefined);
      }
      case 'element':
        return atValue(elementOf(this.#underlying(type)));
      case 'range':
        return atValue(ranged(this.#underlying(type), step.part));
      default:
        return undefined;
    }
  }

  /** A generic definition with its type arguments. */
  #instantiate({ definition }: Named, types: string, file: WorkspacePath): Place | undefined {
    const list = this.#read(`func(${types})`, file, NOTHING);
    const given = this.#assign(definition, list?.kind === 'function' ? list.results : []);
    return { kind: 'definition', definition, given };
  }

  /** The type parameters of a function or type, set to arguments. */
  #assign(definition: Definition, given: readonly MaybeType[]): Given {
    if (given.length === 0) return NOTHING;
    const { name } = this.#symbol(definition) ?? { name: '' };
    const bound = this.#binding(definition, `type ${name}`) ?? this.#binding(definition, `${name}()`);
    return parameters(bound?.init ?? '', given);
  }

  /** A field or method: the type's own, or the one at the least depth of what it embeds. An embedded field has no definition of its own: it is said with its type. */
  #member(type: GoType, name: string, from: WorkspacePath): { definition?: Definition; given: Given; type?: MaybeType } | undefined {
    const seen = new Set<string>();
    let level: GoType[] = [type];
    for (let depth = 0; depth < MAX_DEPTH && level.length > 0; depth++) {
      const below: GoType[] = [];
      let unknown = false;
      for (const at of level) {
        if (at.kind === 'struct' && at.fields.has(name)) return { given: NOTHING, type: at.fields.get(name) };
        if (at.kind === 'foreign') unknown = true;
        if (at.kind !== 'named' || seen.has(`${at.definition.file}:${at.definition.symbol}`)) continue;
        seen.add(`${at.definition.file}:${at.definition.symbol}`);
        const found = this.#declaredMember(at.definition, name, from);
        if (found) return { definition: found, given: this.#membersGiven(found, at) };
        const embedded = this.#embedded(at);
        const itself = embedded.find((e) => e.name === name);
        if (itself) return { definition: at.definition, given: NOTHING, type: itself.type };
        // An interface is the union of what it embeds; in a struct, what comes from elsewhere may hide what lies deeper.
        const isInterface = this.#kindOf(at.definition) === 'interface';
        for (const e of embedded) {
          if (e.type && !(isInterface && e.type.kind === 'foreign')) below.push(e.type);
          else if (!isInterface) unknown = true;
        }
      }
      if (unknown) return undefined;
      level = below;
    }
    return undefined;
  }

  #declaredMember(type: Definition, name: string, from: WorkspacePath): Definition | undefined {
    const field = this.scopes.packages.table(type.file)?.members(type.symbol, name)[0];
    return field === undefined ? this.scopes.packages.method(type, name, from) : { file: type.file, symbol: field };
  }

  /** Type parameters as a member writes them: a method's receiver names them anew. */
  #membersGiven(member: Definition, { definition, given }: GoType & { kind: 'named' }): Given {
    const method = this.#binding(member, this.#resultName(member));
    return method && this.#symbol(member)?.container === -1 ? parameters(method.init, given) : this.#assign(definition, given);
  }

  /** Types that a struct or interface embeds; undefined types are unknown. What a type is declared by counts as embedded without a name. */
  #embedded({ definition, given }: GoType & { kind: 'named' }): { name: string; type: MaybeType }[] {
    const table = this.scopes.packages.table(definition.file);
    const environment = this.#assign(definition, given);
    const embedded = (table?.bindingsIn(definition.symbol) ?? [])
      .filter((b) => b.name.startsWith('embedded '))
      .map((b) => ({ name: b.type.replace(/\[.*$/, '').replace(/^.*\./, ''), type: this.#read(b.type, definition.file, environment) }));
    const declared = this.#binding(definition, `type ${this.#symbol(definition)?.name}`)?.type ?? '';
    return declared === '' ? embedded : [...embedded, { name: '', type: this.#read(declared, definition.file, environment) }];
  }

  /** The type of a value; a type's name stands for its values. */
  #typeOf(at: Place): MaybeType {
    if (at.kind === 'value') return at.type;
    if (at.kind === 'package' || this.#depth > MAX_DEPTH) return undefined;
    const { definition, given } = at;
    const { file } = definition;
    const symbol = this.#symbol(definition);
    if (!symbol) return undefined;
    if (this.#isType(definition)) return { kind: 'named', definition, given: [...given.values()] };
    if (symbol.kind === 'function' || symbol.kind === 'method')
      return this.#read(this.#binding(definition, this.#resultName(definition))?.type ?? '', file, given);
    const bound = this.#binding(definition, symbol.name);
    if (!bound) return undefined;
    if (bound.type !== '') return this.#read(bound.type, file, given);
    const value = this.#follow(bound.init, file);
    return value && this.#typeOf(value);
  }

  /** A named type's own make: what it is declared by, down to a list, map or function. */
  #underlying(type: MaybeType): MaybeType {
    let at = type;
    for (let i = 0; i < MAX_DEPTH && at?.kind === 'named'; i++) {
      const { definition, given }: GoType & { kind: 'named' } = at;
      const declared = this.#binding(definition, `type ${this.#symbol(definition)?.name}`)?.type ?? '';
      if (declared === '') return at;
      at = this.#read(declared, definition.file, this.#assign(definition, given));
    }
    return at;
  }

  #isIndexed(type: GoType): boolean {
    const made = this.#underlying(type)?.kind;
    return made === 'list' || made === 'map';
  }

  #read(text: string, file: WorkspacePath, given: Given): MaybeType {
    if (text === '') return undefined;
    return readType(text, (name, inner) => {
      if (given.has(name)) return given.get(name);
      const [first = '', second] = name.split('.');
      const folder = second === undefined ? undefined : this.scopes.importsOf(file).named.get(first);
      const definition =
        second === undefined
          ? this.scopes.bare(first, file)
          : folder === undefined
            ? undefined
            : this.scopes.packages.exported(second, folder, file);
      return definition ? { kind: 'named', definition, given: inner } : { kind: 'foreign', name, given: inner };
    });
  }

  #resultName(definition: Definition): string {
    const symbol = this.#symbol(definition);
    const receiver = symbol?.kind === 'method' && symbol.container === -1 ? `${symbol.mark}.` : '';
    return `${receiver}${symbol?.name}()`;
  }

  #binding({ file, symbol }: Definition, name: string) {
    return this.scopes.packages.table(file)?.bindingAt(name, symbol);
  }

  #symbol({ file, symbol }: Definition) {
    return this.scopes.packages.table(file)?.record.symbols[symbol];
  }

  #kindOf(definition: Definition) {
    return this.#symbol(definition)?.kind;
  }

  #isType(definition: Definition): boolean {
    const kind = this.#kindOf(definition);
    return kind === 'struct' || kind === 'interface' || kind === 'type';
  }
}

const atValue = (type: MaybeType): Place | undefined => type && { kind: 'value', type };

function parameters(names: string, given: readonly MaybeType[]): Given {
  return names === '' ? NOTHING : new Map(names.split(',').map((name, i) => [name, given[i]]));
}

function elementOf(type: MaybeType): MaybeType {
  return type?.kind === 'list' || type?.kind === 'map' || type?.kind === 'channel' ? type.element : undefined;
}

/** What `range` over a value gives: key (0) and value (1). */
function ranged(type: MaybeType, part: number): MaybeType {
  switch (type?.kind) {
    case 'list':
      return part === 1 ? type.element : undefined;
    case 'map':
      return part === 0 ? type.key : type.element;
    case 'channel':
      return part === 0 ? type.element : undefined;
    case 'foreign':
      // iter.Seq and iter.Seq2 of the standard library.
      return /^iter\.Seq2?$/.test(type.name) ? type.given[part] : undefined;
    default:
      return undefined;
  }
}
