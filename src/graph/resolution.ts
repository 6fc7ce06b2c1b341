/**
 * Which links every file has, kept current: what a change cannot have touched is not
 * resolved again.
 *
 * All files of a resolver's languages form a family. While a family is resolved, what
 * its resolver reads of the workspace is written down: records and manifests. Its key
 * names the state of just that, of records only what other files can see (their
 * interface). As long as the key stays, only files whose own record changed are
 * resolved again, by the resolver that is still prepared where there is one; when it
 * changes, all of the family are. Nothing is guessed about what depends on what, so
 * nothing can go stale.
 */
import { createHash } from 'node:crypto';
import type { Steps } from '../base/steps.js';
import type { WorkspacePath } from '../workspace/entry.js';
import { decodeEdges, decodeLinks, encodeLinks } from './codec.js';
import { type FileEdge, foldLinks } from './file-edges.js';
import { type FileLinks, NO_LINKS, type ResolutionInput, type Resolver } from './links.js';
import { PreparedFamily } from './prepared.js';

/** One resolver's files, at the time they were resolved. */
export interface Family {
  readonly key: string;
  /** Files whose records were read, sorted. */
  readonly records: readonly WorkspacePath[];
  /** Manifests that were read or looked for, sorted. */
  readonly manifests: readonly WorkspacePath[];
}

export interface ResolvedFile {
  /** Content that it had. */
  readonly contentKey: string;
  /** Encoded links and edges. */
  readonly bytes: Uint8Array;
}

/** The outcome, as the store keeps it. */
export interface ResolvedState {
  /** By the resolver's languages. */
  readonly families: ReadonlyMap<string, Family>;
  readonly files: ReadonlyMap<WorkspacePath, ResolvedFile>;
}

/** What a resolution was done with, by the resolver's languages: it saves the next one work and is no part of the outcome. */
export type PreparedFamilies = Map<string, PreparedFamily>;

export const NOTHING_RESOLVED: ResolvedState = { families: new Map(), files: new Map() };

export class Resolution implements ResolvedState {
  readonly families = new Map<string, Family>();
  readonly files = new Map<WorkspacePath, ResolvedFile>();
  /** How many files were resolved anew. */
  resolved = 0;
  readonly #links = new Map<WorkspacePath, FileLinks>();

  /** @param prepared of the resolution before this one, and brought up to date by it. */
  constructor(
    private readonly input: ResolutionInput,
    private readonly prepared: PreparedFamilies = new Map(),
  ) {}

  /** Takes over from `old` what still holds and resolves the rest. `version` names the resolvers' code. */
  *resolve(resolvers: readonly Resolver[], version: string, old: ResolvedState = NOTHING_RESOLVED): Steps<this> {
    const paths = this.input.entries.map(({ path }) => `${path}\0`).join('');
    const base = createHash('sha1').update(version).update(paths).digest('hex');
    for (const resolver of resolvers) yield* this.#resolveFamily(resolver, base, old);
    return this;
  }

  edges(path: WorkspacePath): readonly FileEdge[] {
    const file = this.files.get(path);
    return file ? decodeEdges(file.bytes) : [];
  }

  links(path: WorkspacePath): FileLinks {
    const file = this.files.get(path);
    if (!file) return NO_LINKS;
    const links = this.#links.get(path) ?? decodeLinks(file.bytes);
    this.#links.set(path, links);
    return links;
  }

  *#resolveFamily(resolver: Resolver, base: string, old: ResolvedState): Steps<void> {
    const id = resolver.languages.join(' ');
    const languages = new Set(resolver.languages);
    const paths = this.input.entries.flatMap(({ path, language }) => (language !== undefined && languages.has(language) ? [path] : []));
    if (paths.length === 0) return;
    const known = old.families.get(id);
    const holds = known !== undefined && known.key === this.#keyOf(base, known.records, known.manifests);
    const changed: WorkspacePath[] = [];
    for (const path of paths) {
      const file = holds ? old.files.get(path) : undefined;
      if (file && file.contentKey === this.input.contentKey(path)) this.files.set(path, file);
      else if (this.input.contentKey(path) !== undefined) changed.push(path);
    }
    if (holds && changed.length === 0) {
      this.families.set(id, known);
      return;
    }
    const prepared = this.#prepare(resolver, id);
    yield* this.#resolveFiles(prepared, changed);
    const records = new Set([...(holds ? known.records : []), ...prepared.records.keys()]);
    const manifests = new Set([...(holds ? known.manifests : []), ...prepared.manifests.keys()]);
    const isMore = !holds || records.size > known.records.length || manifests.size > known.manifests.length;
    this.families.set(id, isMore ? this.#family(base, [...records].sort(), [...manifests].sort()) : known);
  }

  #prepare(resolver: Resolver, id: string): PreparedFamily {
    const before = this.prepared.get(id);
    if (before?.show(this.input)) return before;
    const prepared = new PreparedFamily(resolver, this.input, before);
    this.prepared.set(id, prepared);
    return prepared;
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

  #family(base: string, records: readonly WorkspacePath[], manifests: readonly WorkspacePath[]): Family {
    return { key: this.#keyOf(base, records, manifests), records, manifests };
  }

  #keyOf(base: string, records: readonly WorkspacePath[], manifests: readonly WorkspacePath[]): string {
    const seen = records.map((path) => `\0${path}\0${this.input.interfaceKey(path) ?? ''}`).join('');
    const read = manifests.map((path) => `\0${path}\0${this.input.contentKey(path) ?? ''}`).join('');
    return createHash('sha1').update(`${base}${seen}\0\0${read}`).digest('hex');
  }
}
