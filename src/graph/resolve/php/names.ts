/** Full names of what a file writes, by PHP's name resolution rules (PHP manual, "Namespaces: name resolution rules"). */
import { firstWhere } from '../../../base/search.js';
import type { BindingRecord, FileRecord, ImportRecord } from '../../../syntax/record.js';
import { madeFrom } from '../made-from.js';

/** What one `namespace` statement holds. Namespaces, classes and functions know no case; keys are in lower case. */
interface Section {
  readonly line: number;
  readonly namespace: string;
  readonly classes: Map<string, string>;
  readonly functions: Map<string, string>;
  /** Names of constants do know case. */
  readonly constants: Map<string, string>;
}

const SPECIAL = new Set(['self', 'static', 'parent']);

export class FileNames {
  /** By line. */
  readonly #sections: () => readonly Section[];

  constructor(record: FileRecord) {
    this.#sections = madeFrom(
      () => record.imports,
      (imports) => readSections(record.bindings, imports),
    );
  }

  /** The namespace that holds on a line. */
  namespace(line: number): string {
    return this.#at(line).namespace;
  }

  /** Whether the file declares this namespace. */
  declares(namespace: string): boolean {
    return this.#sections().some((s) => s.namespace.toLowerCase() === namespace.toLowerCase());
  }

  /** Full name of a class as written on a line; undefined for self, static and parent. */
  class(written: string, line: number): string | undefined {
    if (SPECIAL.has(written.toLowerCase())) return undefined;
    const section = this.#at(line);
    return plainly(written, section) ?? aliased(written, section) ?? inside(section.namespace, written);
  }

  /** Full names of a function as written on a line, in the order in which PHP looks. */
  function(written: string, line: number): string[] {
    return this.#looked(written, line, (s) => s.functions.get(written.toLowerCase()));
  }

  /** The same of a constant. */
  constant(written: string, line: number): string[] {
    return this.#looked(written, line, (s) => s.constants.get(written));
  }

  #looked(written: string, line: number, imported: (section: Section) => string | undefined): string[] {
    const section = this.#at(line);
    const plain = plainly(written, section);
    if (plain !== undefined) return [plain];
    if (written.includes('\\')) return [aliased(written, section) ?? inside(section.namespace, written)];
    const use = imported(section);
    if (use !== undefined) return [use];
    // An unqualified name falls back to the global one.
    return section.namespace === '' ? [written] : [inside(section.namespace, written), written];
  }

  #at(line: number): Section {
    return sectionAt(this.#sections(), line);
  }
}

function readSections(bindings: readonly BindingRecord[], imports: readonly ImportRecord[]): readonly Section[] {
  const opened = bindings.filter((b) => b.name === 'namespace');
  const sections = [{ line: -1, type: '' }, ...opened].map(
    ({ line, type }): Section => ({ line, namespace: type, classes: new Map(), functions: new Map(), constants: new Map() }),
  );
  for (const { kind, mark, names, specifier, line } of imports) {
    const alias = names[0]?.as;
    if (kind !== 'use' || alias === undefined) continue;
    const section = sectionAt(sections, line);
    if (mark === 'const') section.constants.set(alias, specifier);
    else (mark === 'function' ? section.functions : section.classes).set(alias.toLowerCase(), specifier);
  }
  return sections;
}

/** The last one that opens at or before a line; the first one holds from the beginning. */
function sectionAt(sections: readonly Section[], line: number): Section {
  return sections[Math.max(0, firstWhere(sections.length, (i) => sections[i]!.line > line) - 1)]!;
}

/** A fully qualified name or one relative to the namespace. */
function plainly(written: string, section: Section): string | undefined {
  if (written.startsWith('\\')) return written.slice(1);
  return /^namespace\\/i.test(written) ? inside(section.namespace, written.slice('namespace\\'.length)) : undefined;
}

function aliased(written: string, section: Section): string | undefined {
  const [first = '', ...rest] = written.split('\\');
  const use = section.classes.get(first.toLowerCase());
  return use === undefined ? undefined : [use, ...rest].join('\\');
}

export function inside(namespace: string, name: string): string {
  return namespace === '' ? name : `${namespace}\\${name}`;
}
