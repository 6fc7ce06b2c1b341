/**
 * Which projects compile a file and what these see (MSBuild, "How projects are evaluated"):
 * the project file with the nearest Directory.Build.props and .targets and all that they
 * import. Conditions are not weighed: what a project has in some configuration, it has.
 */
import { folderOf, foldersUp, joinPath, nameOf } from '../../../base/paths.js';
import type { WorkspacePath } from '../../../workspace/entry.js';
import type { ResolveInput } from '../../links.js';

export interface Project {
  /** Place in `Projects.all`. */
  readonly number: number;
  /** Numbers of the projects whose types it sees, its own first. */
  readonly sees: ReadonlySet<number>;
  /** What `<Using>` and ImplicitUsings open in all of its files: "System", "static A.B", "X = A.B". */
  readonly usings: readonly string[];
}

/** What one project file and its imports say, read from top to bottom. */
interface Evaluated {
  readonly path: WorkspacePath;
  readonly properties: Map<string, string>;
  readonly references: WorkspacePath[];
  readonly usings: Set<string>;
  readonly compile: { readonly include: boolean; readonly pattern: string }[];
  /** It names an SDK, which compiles all that lies beside and below it. */
  sdk: boolean;
}

/** .NET SDK, "Implicit using directives". */
const IMPLICIT = [
  'System',
  'System.Collections.Generic',
  'System.IO',
  'System.Linq',
  'System.Net.Http',
  'System.Threading',
  'System.Threading.Tasks',
];

export class Projects {
  readonly all: readonly Project[];
  /** Projects by file; several where one is linked into others. */
  readonly #of = new Map<WorkspacePath, ReadonlySet<number>>();
  readonly #seenFrom = new Map<WorkspacePath, ReadonlySet<number>>();
  /** Files that no project compiles see one another alone. */
  readonly #stray: Project;

  constructor(private readonly input: ResolveInput) {
    const evaluated = input.entries.filter((e) => e.path.endsWith('.csproj')).map((e) => this.#evaluate(e.path));
    const numbers = new Map(evaluated.map((e, i) => [e.path, i]));
    this.all = evaluated.map((e, number) => ({ number, sees: closure(number, evaluated, numbers), usings: [...e.usings] }));
    this.#stray = { number: evaluated.length, sees: new Set([evaluated.length]), usings: [] };
    const files = input.entries.filter((e) => e.language === 'csharp').map((e) => e.path);
    for (const file of files) {
      const own = this.#compiling(file, evaluated);
      this.#of.set(file, new Set(own.length > 0 ? own : [this.#stray.number]));
    }
  }

  /** Numbers of the projects that compile a file, never none. */
  of(file: WorkspacePath): ReadonlySet<number> {
    return this.#of.get(file) ?? this.#stray.sees;
  }

  /** Numbers of the projects whose types code in a file sees, by any of those that compile it. */
  seenFrom(file: WorkspacePath): ReadonlySet<number> {
    let seen = this.#seenFrom.get(file);
    if (!seen) {
      const [only, ...others] = this.of(file);
      const sees = (number = 0): ReadonlySet<number> => (this.all[number] ?? this.#stray).sees;
      seen = others.length === 0 ? sees(only) : new Set([only, ...others].flatMap((p) => [...sees(p)]));
      this.#seenFrom.set(file, seen);
    }
    return seen;
  }

  #compiling(file: WorkspacePath, evaluated: readonly Evaluated[]): number[] {
    const homes = foldersUp(folderOf(file));
    const nearest = homes.find((f) => evaluated.some((e) => e.sdk && folderOf(e.path) === f));
    const output = /(^|\/)(bin|obj)\//.test(file);
    return evaluated.flatMap((e, number) => {
      let compiled = e.sdk && !output && folderOf(e.path) === nearest && e.properties.get('EnableDefaultCompileItems') !== 'false';
      for (const { include, pattern } of e.compile) if (include !== compiled && matches(pattern, file)) compiled = include;
      return compiled ? [number] : [];
    });
  }

  #evaluate(path: WorkspacePath): Evaluated {
    const project: Evaluated = { path, properties: new Map(), references: [], usings: new Set(), compile: [], sdk: false };
    project.properties.set('MSBuildProjectName', nameOf(path).replace(/\.csproj$/, ''));
    const read = new Set<WorkspacePath>();
    this.#read(this.#above(folderOf(path), 'Directory.Build.props'), project, read);
    this.#read(path, project, read);
    this.#read(this.#above(folderOf(path), 'Directory.Build.targets'), project, read);
    if (/^(enable|true)$/i.test(project.properties.get('ImplicitUsings') ?? '')) for (const u of IMPLICIT) project.usings.add(u);
    return project;
  }

  #above(folder: string, name: string): WorkspacePath | undefined {
    return foldersUp(folder)
      .flatMap((f) => joinPath(f, name) ?? [])
      .find((p) => this.input.has(p));
  }

  #read(path: WorkspacePath | undefined, project: Evaluated, read: Set<WorkspacePath>): void {
    const text = path === undefined || read.has(path) ? undefined : this.input.manifest(path);
    if (path === undefined || text === undefined) return;
    read.add(path);
    const here = folderOf(path);
    for (const { name, attributes, value } of elements(text)) {
      const written = (a: string): string => this.#expand(attributes.get(a) ?? '', here, project);
      const paths = (a: string): string[] =>
        list(written(a)).flatMap((p) => joinPath(folderOf(project.path), p.replaceAll('\\', '/')) ?? []);
      switch (name) {
        case 'Project':
          if (path === project.path) project.sdk ||= attributes.has('Sdk');
          break;
        case 'Sdk':
          if (path === project.path) project.sdk = true;
          break;
        case 'Import':
          if (attributes.has('Project')) this.#read(this.#imported(attributes.get('Project') ?? '', here, project), project, read);
          break;
        case 'ProjectReference':
          // A generator or analyser is run, not seen.
          if (attributes.get('ReferenceOutputAssembly') !== 'false' && attributes.get('OutputItemType') !== 'Analyzer')
            project.references.push(...paths('Include'));
          break;
        case 'Compile':
          for (const pattern of paths('Include')) project.compile.push({ include: true, pattern });
          for (const pattern of paths('Remove')) project.compile.push({ include: false, pattern });
          break;
        case 'Using': {
          const alias = attributes.get('Alias');
          const mark = alias !== undefined ? `${alias} = ` : attributes.get('Static') === 'true' ? 'static ' : '';
          for (const using of list(written('Include'))) project.usings.add(`${mark}${using}`);
          break;
        }
        default:
          if (value !== undefined) project.properties.set(name, this.#expand(value, here, project));
      }
    }
  }

  #imported(written: string, here: string, project: Evaluated): WorkspacePath | undefined {
    const above = /GetPathOfFileAbove\(\s*'?([^',)]+)/.exec(written)?.[1];
    if (above !== undefined) return this.#above(folderOf(here), above);
    return joinPath(here, this.#expand(written, here, project).replaceAll('\\', '/'));
  }

  /** Properties by their values; the folder of the file itself comes first where it is asked for. */
  #expand(text: string, here: string, project: Evaluated): string {
    return text
      .replace(/\$\(MSBuildThisFileDirectory\)/g, here === '' ? '/' : `/${here}/`)
      .replace(/\$\((\w+)\)/g, (_, name: string) =>
        name === 'MSBuildProjectDirectory' ? `/${folderOf(project.path)}` : (project.properties.get(name) ?? ''),
      );
  }
}

function closure(start: number, evaluated: readonly Evaluated[], numbers: ReadonlyMap<WorkspacePath, number>): Set<number> {
  const seen = new Set([start]);
  for (const at of seen) {
    for (const path of evaluated[at]?.references ?? []) {
      const number = numbers.get(path);
      if (number !== undefined) seen.add(number);
    }
  }
  return seen;
}

const list = (value: string): string[] => value.split(';').flatMap((v) => (v.trim() === '' ? [] : [v.trim()]));

function matches(pattern: string, file: WorkspacePath): boolean {
  if (!pattern.includes('*')) return pattern === file;
  if (!file.startsWith(pattern.slice(0, pattern.indexOf('*')))) return false;
  const source = pattern
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('**/', '\0')
    .replaceAll('**', '\u0001')
    .replaceAll('*', '[^/]*')
    .replaceAll('\0', '(?:.*/)?')
    .replaceAll('\u0001', '.*');
  return new RegExp(`^${source}$`).test(file);
}

interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** Its text where it holds nothing else. */
  readonly value: string | undefined;
}

/** The elements of a project file in their order, without their nesting. */
function* elements(text: string): Generator<Element> {
  const plain = text.replace(/<!--[\s\S]*?(?:-->|$)/g, '');
  for (const match of plain.matchAll(/<([A-Za-z_][\w.]*)((?:\s+[\w.:]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>/g)) {
    const [whole, name = '', attributes = '', closed] = match;
    const inner = closed === '/' ? undefined : /^[^<]*/.exec(plain.slice(match.index + whole.length))?.[0];
    const alone = inner !== undefined && plain.startsWith(`</${name}>`, match.index + whole.length + inner.length);
    yield { name, attributes: attributesOf(attributes), value: alone ? unescaped(inner).trim() : undefined };
  }
}

function attributesOf(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const [, name = '', double, single] of text.matchAll(/([\w.:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g))
    found.set(name, unescaped(double ?? single ?? ''));
  return found;
}

const unescaped = (text: string): string =>
  text.replace(/&(lt|gt|quot|apos|amp);/g, (_, e: string) => ({ lt: '<', gt: '>', quot: '"', apos: "'" })[e] ?? '&');
