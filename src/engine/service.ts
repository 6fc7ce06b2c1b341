/** Answers the engine's questions from one index. */
import { listActions } from '../actions/actions.js';
import { inTurns } from '../base/steps.js';
import { countTokens } from '../base/tokens.js';
import { packSteps } from '../context/pack-context.js';
import { searchOf } from '../context/search/search-index.js';
import { planTurn } from '../context/session/turn.js';
import { explainFile } from '../context/why.js';
import { findCycles } from '../graph/cycles.js';
import { findFindings } from '../graph/findings/find.js';
import type { Examined, Finding } from '../graph/findings/finding.js';
import { placeOf } from '../graph/place.js';
import { examineAsIf, type PlannedText } from '../index/as-if.js';
import { Index, type Progress } from '../index/index.js';
import { rulesFor } from '../index/project-rules.js';
import type { Snapshot } from '../index/snapshot.js';
import { isLeftOut, sameButForCase, syntaxErrors } from '../index/would-be.js';
import { readChange } from '../workspace/change.js';
import type { FileEntry } from '../workspace/entry.js';
import { hashOf } from '../workspace/text-hash.js';
import { GraphArtist } from './graph-drawing.js';
import { graphFacts } from './graph-facts.js';
import { planWithFlow } from './plan-with-flow.js';
import type {
  Answer,
  Asked,
  Effects,
  EngineMemory,
  EngineSettings,
  FileFacts,
  FoundFindings,
  Method,
  UpdateRequest,
  WorkspaceState,
} from './protocol.js';
import { readRulesFiles } from './rules-files.js';
import { withoutTexts } from './sent-pack.js';

/** Writing the store takes longer than an update after a keystroke. */
const STORE_AFTER_MS = 2_000;
/** After so long without a question what the next change needs is taken in: that holds up the thread for up to a second. */
const PREPARE_AFTER_MS = 1_000;
/** After so long without a question, memory is worth more than the second that the next pack then takes. */
const REST_AFTER_MS = 10 * 60_000;

export class EngineService {
  readonly #index: Index;
  readonly #artist = new GraphArtist();
  #snapshot: Snapshot | undefined;
  #warming: AbortController | undefined;
  /** Settles when nothing runs that somebody waits for with a finger on the key. */
  #waitedFor: Promise<unknown> = Promise.resolve();
  /** Questions without an answer yet. */
  #open = 0;
  #preparing: NodeJS.Timeout | undefined;
  #resting: NodeJS.Timeout | undefined;

  constructor(
    private readonly settings: EngineSettings,
    onProgress: (progress: Progress) => void,
  ) {
    this.#index = new Index({ ...settings, onProgress, storeAfterMs: STORE_AFTER_MS, background: true });
  }

  async answer<M extends Method>(method: M, asked: Asked<M>, signal: AbortSignal): Promise<Answer<M>> {
    const methods: { readonly [K in Method]: (asked: Asked<K>) => Promise<Answer<K>> } = {
      update: (request) => this.#update(request, signal),
      pack: async (request) => withoutTexts(await inTurns(packSteps(await this.#read(signal), request), signal)),
      turn: async (asked) => inTurns(planTurn(await this.#read(signal), asked), signal),
      why: async ({ path, task, focus }) => inTurns(explainFile(await this.#read(signal), path, task, focus), signal),
      file: async (absolute) => factsOf(await this.#read(signal), absolute),
      pathOf: async (absolute) => entryAt(await this.#read(signal), absolute)?.path,
      present: async (paths) => {
        const snapshot = await this.#read(signal);
        return paths.filter((path) => snapshot.has(path));
      },
      locate: async (path) => (await this.#read(signal)).entry(path)?.absolute,
      projectRules: async (paths) => rulesFor(await this.#read(signal), paths),
      hashes: async (paths) => {
        const snapshot = await this.#read(signal);
        return paths.flatMap((path) => {
          const text = snapshot.text(path);
          return text === undefined ? [] : [[path, hashOf(text)] as const];
        });
      },
      leftOut: async (path) => isLeftOut(await this.#read(signal), path, this.settings.ignore ?? []),
      sameButForCase: async (path) => sameButForCase(await this.#read(signal), path),
      syntaxErrors: ({ path, text }) => syntaxErrors(path, text, this.settings.assets),
      cycles: async (options) => {
        const snapshot = await this.#read(signal);
        return findCycles(snapshot.graph, { ...options, record: (path) => snapshot.record(path) });
      },
      actions: async () => listActions(await this.#read(signal)),
      change: async (scope) => readChange((await this.#read(signal)).roots, scope, signal),
      planAction: async (request) => planWithFlow(await this.#read(signal), request, this.settings.assets, signal),
      findings: async () => this.#findings(await this.#read(signal), signal),
      effects: async (planned) => this.#effects(await this.#read(signal), planned, signal),
      graph: async () => graphFacts(await this.#read(signal)),
      memory: async () => memoryInUse(),
      layout: async () => this.#artist.draw(await this.#read(signal), signal),
    };
    // What does the same work, or makes it idle, goes first.
    const isWaitedFor = method === 'pack' || method === 'turn' || method === 'why' || method === 'update';
    if (isWaitedFor) this.#warming?.abort();
    this.#stir();
    try {
      const answer = methods[method](asked);
      if (isWaitedFor) this.#waitedFor = Promise.allSettled([this.#waitedFor, answer]);
      return await answer;
    } finally {
      this.#rest();
    }
  }

  async #update({ unsaved, changed }: UpdateRequest, signal: AbortSignal): Promise<WorkspaceState> {
    const texts = new Map(unsaved.map((u) => [u.absolute, u.text]));
    for (const absolute of this.#index.unsaved.keys()) if (!texts.has(absolute)) this.#index.setUnsaved(absolute, undefined);
    for (const [absolute, text] of texts) this.#index.setUnsaved(absolute, text);
    const updating = this.#index.update(signal, changed);
    // The first update waits for git's list of files, in a process of its own; the first pack would wait for this table.
    if (!this.#snapshot) setImmediate(() => countTokens(''));
    const snapshot = await updating;
    this.#snapshot = snapshot;
    this.#warm(snapshot);
    const tokens = snapshot.entries.reduce((n, e) => n + snapshot.tokens(e.path), 0);
    const { entries, graph, problems, roots } = snapshot;
    return {
      files: entries.length,
      tokens,
      edges: graph.edges.length,
      resolved: this.#index.resolved,
      problems,
      roots,
      memory: memoryInUse(),
    };
  }

  async #findings(snapshot: Snapshot, signal: AbortSignal): Promise<FoundFindings> {
    const { rules, wrong } = readRulesFiles(snapshot.roots, this.#index.unsaved);
    const { shown, suppressed } = await inTurns(findFindings(snapshot, rules), signal, () => this.#waitedFor);
    return { findings: shown, suppressed: suppressed.length, wrongRules: wrong };
  }

  async #effects(snapshot: Snapshot, planned: readonly PlannedText[], signal: AbortSignal): Promise<Effects> {
    const { rules } = readRulesFiles(snapshot.roots, this.#index.unsaved);
    const find = async (examined: Examined): Promise<readonly Finding[]> =>
      (await inTurns(findFindings(examined, rules), signal, () => this.#waitedFor)).shown;
    const before = await find(snapshot);
    const after = await find(await examineAsIf(snapshot, planned, this.settings.assets, signal));
    const [had, has] = [before, after].map((findings) => new Set(findings.map(({ key }) => key)));
    return { gone: before.filter(({ key }) => !has!.has(key)), come: after.filter(({ key }) => !had!.has(key)) };
  }

  /** Makes the search index that a pack needs, as soon as the update is answered. */
  #warm(snapshot: Snapshot): void {
    const warming = new AbortController();
    this.#warming = warming;
    setImmediate(() => {
      // It was given up for a question, or a damaged store will be told by the next one.
      inTurns(searchOf(snapshot), warming.signal).catch(() => undefined);
    });
  }

  #stir(): void {
    this.#open++;
    clearTimeout(this.#preparing);
    clearTimeout(this.#resting);
  }

  /** When nothing is asked for a while, takes in what the next change needs; much later lets go of what can be made again. */
  #rest(): void {
    this.#open--;
    if (this.#open > 0) return;
    this.#preparing = setTimeout(() => void this.#index.prepare(), PREPARE_AFTER_MS).unref();
    this.#resting = setTimeout(() => this.#index.release(), REST_AFTER_MS).unref();
  }

  /** The state of the last update; the first question makes one. */
  async #read(signal: AbortSignal): Promise<Snapshot> {
    if (!this.#snapshot) await this.#update({ unsaved: [] }, signal);
    return this.#snapshot!;
  }
}

/** Of this thread. */
function memoryInUse(): EngineMemory {
  const { heapUsed, external } = process.memoryUsage();
  return { heap: heapUsed, buffers: external };
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
