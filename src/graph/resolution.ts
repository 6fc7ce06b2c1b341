/**
 * Which links every file has, kept current: what a change cannot have touched is not
 * resolved again.
 *
 * All files of a resolver's languages form a family. While a family is resolved, what
 * its resolver reads of the workspace is written down: records and manifests. Its key
 * names the state of just that, of records only what other files can see (their
 * interface). As long as the key stays, only files whose own record changed are
 * resolved again, by the resolver that is still prepared where there is one; when it
 * changes, all of the family are. Of a keyed family (`Resolver.keyed`) every file's own
 * questions are written down, and those files are resolved again for which an answer may
 * have changed (`narrow.ts`). Nothing is guessed about what depends on what, so nothing
 * can go stale.
 */
import { createHash } from 'node:crypto';
import type { Steps } from '../base/steps.js';
import type { WorkspacePath } from '../workspace/entry.js';
import { decodeEdges, decodeLinks, encodeLinks } from './codec.js';
import { foldLinks } from './file-edges.js';
import type { Edge } from './graph.js';
import { type FileLinks, NO_LINKS, type ResolutionInput, type Resolver } from './links.js';
import { type Answered, Narrowing } from './narrow.js';
import { type Family, PreparedFamilies, type PreparedFamily } from './prepared.js';
import { encodeTrace, headingOf } from './trace.js';

export interface ResolvedFile {
  /** Content that it had. */
  readonly contentKey: string;
  /** Encoded links and edges. */
  readonly bytes: Uint8Array;
  /** Of a keyed family: what the links were asked from, and what others may ask of the file (`trace.ts`). */
  readonly trace?: Uint8Array | undefined;
}

/** The outcome, as the store keeps it. */
export interface ResolvedState {
  /** By the resolver's languages. */
  readonly families: ReadonlyMap<string, Family>;
  readonly files: ReadonlyMap<WorkspacePath, ResolvedFile>;
}

export const NOTHING_RESOLVED: ResolvedState = { families: new Map(), files: new Map() };

export class Resolution implements ResolvedState {
  readonly families = new Map<string, Family>();
  readonly files = new Map<WorkspacePath, ResolvedFile>();
  /** How many files were resolved anew. */
  resolved = 0;
  readonly #links = new Map<WorkspacePath, FileLinks>();

  /** @param prepared what resolved the state before this one; it is brought up to date. */
  constructor(
    private readonly input: ResolutionInput,
    private readonly prepared = new PreparedFamilies(),
  ) {}

  /** Takes over from `old` what still holds and resolves the rest. `version` names the resolvers' code. */
  *resolve(resolvers: readonly Resolver[], version: string, old: ResolvedState = NOTHING_RESOLVED): Steps<this> {
    const families = resolvers.map((resolver) => ({ resolver, paths: [] as WorkspacePath[] }));
    const byLanguage = new Map(families.flatMap(({ resolver, paths }) => resolver.languages.map((language) => [language, paths] as const)));
    for (const { path, language } of this.input.entries) if (language !== undefined) byLanguage.get(language)?.push(path);
    for (const { resolver, paths } of families) {
      if (paths.length === 0) continue;
      yield* resolver.keyed ? this.#resolveKeyed(resolver, paths, version, old) : this.#resolveFamily(resolver, paths, version, old);
    }
    return this;
  }

  /** Prepares the resolvers that were not needed for this state, as those of the next one will be. */
  *prepare(resolvers: readonly Resolver[]): Steps<void> {
    for (const resolver of resolvers) {
      const family = this.families.get(idOf(resolver));
      const before = this.prepared.of(resolver);
      if (!family || (before && before.outcome === family)) continue;
      const prepared = this.prepared.prepare(resolver, this.input);
      prepared.watch(family);
      prepared.outcome = family;
      yield;
    }
  }

  edges(path: WorkspacePath): readonly Edge[] {
    const file = this.files.get(path);
    if (!file) return [];
    let edges = decodedEdges.get(file);
    if (!edges) {
      edges = decodeEdges(path, file.bytes);
      decodedEdges.set(file, edges);
    }
    return edges;
  }

  links(path: WorkspacePath): FileLinks {
    const file = this.files.get(path);
    if (!file) return NO_LINKS;
    const links = this.#links.get(path) ?? decodeLinks(file.bytes);
    this.#links.set(path, links);
    return links;
  }

  *#resolveFamily(resolver: Resolver, paths: readonly WorkspacePath[], version: string, old: ResolvedState): Steps<void> {
    const id = idOf(resolver);
    const known = old.families.get(id);
    const before = this.prepared.of(resolver);
    const same = before?.show(this.input) ? before : undefined;
    const holds = known !== undefined && (same?.outcome === known || known.key === this.#keyOf(version, known.records, known.manifests));
    const changed: WorkspacePath[] = [];
    for (const path of paths) {
      const contentKey = this.input.contentKey(path);
      const file = holds ? old.files.get(path) : undefined;
      if (file && file.contentKey === contentKey) this.files.set(path, file);
      else if (contentKey !== undefined) changed.push(path);
    }
    if (holds && changed.length === 0) {
      this.families.set(id, known);
      return;
    }
    const prepared = same ?? this.prepared.prepare(resolver, this.input);
    if (holds && prepared.outcome !== known) prepared.watch(known);
    yield* this.#resolveFiles(prepared, changed);
    const { records, manifests } = prepared;
    const isAsKnown = holds && records.size === known.records.length && manifests.size === known.manifests.length;
    const family = isAsKnown ? known : this.#family(version, [...records.keys()].sort(), [...manifests.keys()].sort());
    prepared.outcome = family;
    this.families.set(id, family);
  }

  /** The same for a family whose files have traces. Records are named by these, not by the family. */
  *#resolveKeyed(resolver: Resolver, paths: readonly WorkspacePath[], version: string, old: ResolvedState): Steps<void> {
    const id = idOf(resolver);
    const known = old.families.get(id);
    const [state, pathsKey] = known ? this.#keyedState(resolver, version, known.manifests) : [];
    const holds = known?.key.startsWith(`${state} `) === true;
    const otherPaths = known?.key !== `${state} ${pathsKey}`;
    const trace = (path: WorkspacePath): Uint8Array | undefined => (holds ? old.files.get(path)?.trace : undefined);
    const files = paths.filter((path) => !holds || old.files.get(path)?.contentKey !== this.input.contentKey(path));
    const gone = holds && otherPaths ? this.#goneFrom(resolver, paths, old) : [];
    const changed = new Set(files);
    for (const path of paths) {
      const file = changed.has(path) ? undefined : old.files.get(path);
      if (file) this.files.set(path, file);
    }
    if (holds && !otherPaths && files.length === 0) {
      this.families.set(id, known);
      return;
    }
    const manifests = new Set(known?.manifests);
    const before = this.prepared.of(resolver);
    const living = before?.outcome === known && before?.show(this.input) ? before : undefined;
    let left = files;
    if (holds && !living) {
      const narrowing = new Narrowing(resolver, this.input, paths, trace);
      const seen = files.filter((path) => !trace(path) || headingOf(trace(path)!) !== this.#heading(resolver, path));
      const affected = narrowing.affected({ files, seen: [...seen, ...gone], paths: otherPaths });
      left = yield* narrowing.resolve(
        affected,
        (file) => this.#keep(resolver, file),
        (path) => manifests.add(path),
      );
    }
    const all = left.length > 0 || living ? (living ?? this.prepared.prepare(resolver, this.input)) : undefined;
    for (const path of left) {
      this.#keep(resolver, { path, ...all!.ask(path), offers: all!.offersOf(path) });
      yield;
    }
    for (const path of all?.manifests.keys() ?? []) manifests.add(path);
    const sorted = [...manifests].sort();
    const family = { key: this.#keyedState(resolver, version, sorted).join(' '), records: [], manifests: sorted };
    if (all) {
      all.watch(family);
      all.outcome = family;
    }
    this.families.set(id, family);
  }

  *#resolveFiles(prepared: PreparedFamily, paths: readonly WorkspacePath[]): Steps<void> {
    for (const path of paths) {
      const links = prepared.resolve(path);
      const bytes = encodeLinks(foldLinks(path, links, this.input.record(path)), links);
      this.files.set(path, { contentKey: this.input.contentKey(path) ?? '', bytes });
      this.resolved++;
      yield;
    }
  }

  #keep(resolver: Resolver, { path, links, offers, keys }: Answered): void {
    this.resolved++;
    const contentKey = this.input.contentKey(path);
    if (contentKey === undefined) return;
    const bytes = encodeLinks(foldLinks(path, links, this.input.record(path)), links);
    this.files.set(path, { contentKey, bytes, trace: encodeTrace(this.#heading(resolver, path), offers, keys) });
  }

  /** Names a file's family and what others can see of the file. */
  #heading(resolver: Resolver, path: WorkspacePath): string {
    return `${resolver.languages[0]} ${this.input.interfaceKey(path) ?? ''}`;
  }

  /** Files that were of the family and are no longer. */
  #goneFrom(resolver: Resolver, paths: readonly WorkspacePath[], old: ResolvedState): WorkspacePath[] {
    const there = new Set(paths);
    const isOf = (trace: Uint8Array | undefined): boolean =>
      trace !== undefined && headingOf(trace).startsWith(`${resolver.languages[0]} `);
    return [...old.files].flatMap(([path, { trace }]) => (!there.has(path) && isOf(trace) ? [path] : []));
  }

  /** Names all that steers a keyed family but its records, and the paths of all files. */
  #keyedState(resolver: Resolver, version: string, manifests: readonly WorkspacePath[]): [string, string] {
    const steering = this.input.entries.filter(({ path }) => resolver.manifests.some((name) => path.endsWith(name)));
    const read = manifests.map((path) => `\0${path}\0${this.input.contentKey(path) ?? ''}`).join('');
    const named = `${version}${steering.map(({ path }) => `\0${path}`).join('')}\0\0${read}`;
    return [createHash('sha1').update(named).digest('hex'), this.prepared.pathsKey(this.input.entries)];
  }

  #family(version: string, records: readonly WorkspacePath[], manifests: readonly WorkspacePath[]): Family {
    return { key: this.#keyOf(version, records, manifests), records, manifests };
  }

  #keyOf(version: string, records: readonly WorkspacePath[], manifests: readonly WorkspacePath[]): string {
    const seen = records.map((path) => `\0${path}\0${this.input.interfaceKey(path) ?? ''}`).join('');
    const read = manifests.map((path) => `\0${path}\0${this.input.contentKey(path) ?? ''}`).join('');
    const paths = this.prepared.pathsKey(this.input.entries);
    return createHash('sha1').update(`${version}\0${paths}${seen}\0\0${read}`).digest('hex');
  }
}

const idOf = (resolver: Resolver): string => resolver.languages.join(' ');

/** Edges that have been asked for: most files keep theirs from one state to the next. */
const decodedEdges = new WeakMap<ResolvedFile, readonly Edge[]>();
