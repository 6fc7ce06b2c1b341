/**
 * Which interfaces of the project a type in Go implements. The language asks for no declaration: what has
 * the methods of an interface implements it ("The Go Programming Language Specification", Implementing an
 * interface). That one is meant is certain where an assignment says so (`var _ Store = (*Memory)(nil)`),
 * and as good as certain where the interface stands in the same package and has methods enough.
 */
import { folderOf } from '../../base/paths.js';
import type { FileRecord } from '../../syntax/record.js';
import type { WorkspacePath } from '../../workspace/entry.js';
import type { Examined } from './finding.js';
import { keyOf, type Place } from './place.js';

/** Methods that no type has by chance. */
const ENOUGH = 2;

/** Types and methods of Go by package, which is a folder. */
export class GoTypes {
  readonly #packages = new Map<string, Package>();

  constructor(private readonly examined: Examined) {}

  add(path: WorkspacePath, record: FileRecord): void {
    const known: Package = this.#packages.get(folderOf(path)) ?? { interfaces: [], methods: new Map(), files: [] };
    this.#packages.set(folderOf(path), known);
    known.files.push(path);
    for (const [index, symbol] of record.symbols.entries()) {
      if (symbol.kind === 'interface') known.interfaces.push({ path, index, symbol });
      const receiver = symbol.kind === 'method' ? symbol.mark : undefined;
      if (receiver === undefined) continue;
      const methods = known.methods.get(receiver);
      if (methods) methods.push({ path, index, symbol });
      else known.methods.set(receiver, [{ path, index, symbol }]);
    }
  }

  /** Methods that are declared for a type, in any file of its package. */
  methods({ path, symbol }: Place): readonly Place[] {
    return this.#packages.get(folderOf(path))?.methods.get(symbol.name) ?? [];
  }

  /**
   * Interfaces that a type implements.
   * @param meant the type that a name in a file means.
   */
  interfaces(type: Place, meant: (path: WorkspacePath, name: string, line: number) => Place | undefined): readonly Place[] {
    const own = this.#packages.get(folderOf(type.path));
    const methods = new Set(this.methods(type).map((m) => m.symbol.name));
    if (!own || methods.size === 0) return [];
    const found = new Map<string, Place>();
    for (const file of own.files) {
      for (const { interfaceName, line } of this.#assertions(file).get(type.symbol.name) ?? []) {
        const stated = meant(file, interfaceName, line);
        if (stated?.symbol.kind === 'interface') found.set(keyOf(stated.path, stated.index), stated);
      }
    }
    for (const known of own.interfaces) {
      const asked = this.#asked(known);
      if (asked && asked.length >= ENOUGH && asked.every((name) => methods.has(name))) found.set(keyOf(known.path, known.index), known);
    }
    return [...found.values()];
  }

  /** Names of an interface's methods; undefined where it takes in others, whose methods are not looked for. */
  #asked({ path, index }: Place): readonly string[] | undefined {
    const record = this.examined.record(path);
    if (!record || record.bindings.some((b) => b.within === index && b.name.startsWith('embedded '))) return undefined;
    return record.symbols.filter((s) => s.container === index && s.kind === 'method').map((s) => s.name);
  }

  readonly #asserted = new Map<WorkspacePath, ReadonlyMap<string, Assertion[]>>();

  /** What a file states of the types of its package, by their names. */
  #assertions(path: WorkspacePath): ReadonlyMap<string, Assertion[]> {
    const known = this.#asserted.get(path);
    if (known) return known;
    const found = new Map<string, Assertion[]>();
    const stated = (this.examined.record(path)?.bindings ?? []).filter((b) => b.name === '_' && b.within === -1 && b.type !== '');
    const lines = stated.length === 0 ? [] : (this.examined.text(path) ?? '').split('\n');
    for (const { type, line } of stated) {
      const [, pointer, value, made] = ASSERTION.exec(lines[line] ?? '') ?? [];
      const name = pointer ?? value ?? made;
      if (name === undefined) continue;
      const all = found.get(name) ?? [];
      found.set(name, all);
      all.push({ interfaceName: type, line });
    }
    this.#asserted.set(path, found);
    return found;
  }
}

const ASSERTION = /\b_\s+[\w.]+\s*=\s*(?:\(\*(\w+)\)\(nil\)|&?(\w+)\{\}|new\((\w+)\))/;

interface Package {
  readonly files: WorkspacePath[];
  readonly interfaces: Place[];
  /** By the name of the receiver's type. */
  readonly methods: Map<string, Place[]>;
}

/** A type is said to be an interface's. */
interface Assertion {
  readonly interfaceName: string;
  readonly line: number;
}
