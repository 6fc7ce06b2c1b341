/** Answers the engine's questions from one index. */
import { inTurns } from '../base/steps.js';
import { packSteps } from '../context/pack-context.js';
import { explainFile } from '../context/why.js';
import { findCycles } from '../graph/cycles.js';
import { placeOf } from '../graph/place.js';
import { Index, type Progress } from '../index/index.js';
import type { Snapshot } from '../index/snapshot.js';
import type { FileEntry } from '../workspace/entry.js';
import { GraphArtist } from './graph-drawing.js';
import { graphFacts } from './graph-facts.js';
import type { Answer, Asked, EngineSettings, FileFacts, Method, UpdateRequest, WorkspaceState } from './protocol.js';
import { withoutTexts } from './sent-pack.js';

/** Writing the store takes longer than an update after a keystroke. */
const STORE_AFTER_MS = 2_000;

export class EngineService {
  readonly #index: Index;
  readonly #artist = new GraphArtist();
  #snapshot: Snapshot | undefined;

  constructor(settings: EngineSettings, onProgress: (progress: Progress) => void) {
    this.#index = new Index({ ...settings, onProgress, storeAfterMs: STORE_AFTER_MS });
  }

  async answer<M extends Method>(method: M, asked: Asked<M>, signal: AbortSignal): Promise<Answer<M>> {
    const methods: { readonly [K in Method]: (asked: Asked<K>) => Promise<Answer<K>> } = {
      update: (request) => this.#update(request, signal),
      pack: async (request) => withoutTexts(await inTurns(packSteps(await this.#read(signal), request), signal)),
      why: async ({ path, task, focus }) => inTurns(explainFile(await this.#read(signal), path, task, focus), signal),
      file: async (absolute) => factsOf(await this.#read(signal), absolute),
      pathOf: async (absolute) => entryAt(await this.#read(signal), absolute)?.path,
      present: async (paths) => {
        const snapshot = await this.#read(signal);
        return paths.filter((path) => snapshot.has(path));
      },
      locate: async (path) => (await this.#read(signal)).entry(path)?.absolute,
      cycles: async (options) => {
        const snapshot = await this.#read(signal);
        return findCycles(snapshot.graph, { ...options, record: (path) => snapshot.record(path) });
      },
      graph: async () => graphFacts(await this.#read(signal)),
      layout: async () => this.#artist.draw(await this.#read(signal), signal),
    };
    return await methods[method](asked);
  }

  async #update({ unsaved, changed }: UpdateRequest, signal: AbortSignal): Promise<WorkspaceState> {
    const texts = new Map(unsaved.map((u) => [u.absolute, u.text]));
    for (const absolute of this.#index.unsaved.keys()) if (!texts.has(absolute)) this.#index.setUnsaved(absolute, undefined);
    for (const [absolute, text] of texts) this.#index.setUnsaved(absolute, text);
    const snapshot = await this.#index.update(signal, changed);
    this.#snapshot = snapshot;
    const tokens = snapshot.entries.reduce((n, e) => n + (snapshot.record(e.path)?.tokens ?? 0), 0);
    const { entries, graph, problems, roots } = snapshot;
    return { files: entries.length, tokens, edges: graph.edges.length, resolved: this.#index.resolved, problems, roots };
  }

  /** The state of the last update; the first question makes one. */
  async #read(signal: AbortSignal): Promise<Snapshot> {
    if (!this.#snapshot) await this.#update({ unsaved: [] }, signal);
    return this.#snapshot!;
  }
}

function entryAt({ entries }: Snapshot, absolute: string): FileEntry | undefined {
  return entries.find((e) => e.absolute === absolute);
}

function factsOf(snapshot: Snapshot, absolute: string): FileFacts | undefined {
  const entry = entryAt(snapshot, absolute);
  const record = entry && snapshot.record(entry.path);
  const place = entry && placeOf(snapshot.graph, entry.path, record);
  if (!entry || !place) return undefined;
  const symbols = (record?.symbols ?? []).map(({ name, kind, container, start, end, tokens }) => ({
    name,
    kind,
    container,
    start,
    end,
    tokens,
  }));
  return { ...place, absolute, language: record?.language, tokens: record?.tokens ?? 0, lines: record?.lineCount ?? 0, symbols };
}
