/** From a request to a pack: rank, choose under the budget, lay out, count. */
import { countTokens } from '../base/tokens.js';
import type { Snapshot } from '../index/snapshot.js';
import type { FileRecord } from '../syntax/record.js';
import type { WorkspacePath } from '../workspace/entry.js';
import type { Block } from './blocks.js';
import { extractText, headerOf, layOut, levelOf } from './layout.js';
import type { PackedFile, PackRequest, PackResult } from './pack.js';
import { type RankedFile, rankFiles, WEIGHTS, type Weights } from './relevance.js';

export const MIN_BUDGET = 2_000;
export const MAX_BUDGET = 2_000_000;

export function packContext(snapshot: Snapshot, request: PackRequest, weights: Weights = WEIGHTS): PackResult {
  const { budget, task, focus } = request;
  if (!(budget >= MIN_BUDGET && budget <= MAX_BUDGET))
    return { kind: 'refused', message: `A budget of ${budget} tokens is outside ${MIN_BUDGET} to ${MAX_BUDGET}.` };
  const drops = new Set(request.drops ?? []);
  const given = focus?.given === true ? focus.path : undefined;
  const wanted = (path: WorkspacePath, record: FileRecord): boolean =>
    !drops.has(path) && path !== given && isPackable(snapshot, path, record);
  const ranked = rankFiles(snapshot, task, focus, wanted, weights);
  const selection = new Selection(snapshot, ranked, budget - countTokens(layOut([], false, task)) - 8);
  for (const pin of request.pins ?? []) selection.takeFile(pin.path);
  selection.fill();
  let files = selection.files();
  let prompt = layOut(files, false, task);
  let tokens = countTokens(prompt);
  while (tokens > budget && selection.giveBack(tokens - budget)) {
    files = selection.files();
    prompt = layOut(files, false, task);
    tokens = countTokens(prompt);
  }
  if (tokens > budget)
    return {
      kind: 'refused',
      message: `What must be in the pack has ${tokens} tokens, over the budget of ${budget}. Raise the budget or unpin a file.`,
    };
  return { kind: 'packed', pack: { files: listed(ranked, files), prompt, tokens, budget, whole: false } };
}

/** Text that a model is shown: not binary, not a lock file, not minified. */
export function isPackable(snapshot: Snapshot, path: WorkspacePath, { text }: FileRecord): boolean {
  return text.encoding !== 'binary' && !text.minified && snapshot.entry(path)?.lock !== true;
}

interface Chosen {
  readonly file: RankedFile;
  readonly lines: readonly string[];
  readonly blocks: Set<number>;
}

class Selection {
  readonly #chosen = new Map<WorkspacePath, Chosen>();
  readonly #order: { file: RankedFile; block: number; cost: number }[] = [];
  #left: number;

  constructor(
    private readonly snapshot: Snapshot,
    private readonly ranked: readonly RankedFile[],
    budget: number,
  ) {
    this.#left = budget;
  }

  takeFile(path: WorkspacePath): void {
    const file = this.ranked.find((f) => f.path === path);
    for (const block of file?.blocks.keys() ?? []) if (file) this.#take(file, block, true);
  }

  /** Best block first; one that no longer fits is passed over. */
  fill(): void {
    const all = this.ranked.flatMap((file) => [...file.blocks.keys()].map((block) => ({ file, block, score: file.blockScores[block]! })));
    all.sort((a, b) => b.score - a.score || (a.file.path < b.file.path ? -1 : a.file.path > b.file.path ? 1 : a.block - b.block));
    for (const { file, block, score } of all) {
      if (this.#left < 12 || score <= 0) break;
      this.#take(file, block, false);
    }
  }

  #take(file: RankedFile, block: number, force: boolean): void {
    let chosen = this.#chosen.get(file.path);
    if (chosen?.blocks.has(block)) return;
    const lines = chosen?.lines ?? this.snapshot.text(file.path)?.split('\n');
    if (!lines) return;
    const cost = blockTokens(file.record, file.blocks[block]!, lines) + (chosen ? 1 : countTokens(headerOf(file.path)) + 4);
    if (cost > this.#left && !force) return;
    if (!chosen) {
      chosen = { file, lines, blocks: new Set() };
      this.#chosen.set(file.path, chosen);
    }
    chosen.blocks.add(block);
    this.#order.push({ file, block, cost });
    this.#left -= cost;
  }

  /** Takes out the blocks chosen last until `tokens` are saved; false when nothing is left to take out. */
  giveBack(tokens: number): boolean {
    let saved = 0;
    while (saved < tokens) {
      const last = this.#order.pop();
      if (!last) return false;
      const chosen = this.#chosen.get(last.file.path)!;
      chosen.blocks.delete(last.block);
      if (chosen.blocks.size === 0) this.#chosen.delete(last.file.path);
      saved += last.cost;
    }
    return true;
  }

  files(): (PackedFile & { readonly text: string })[] {
    return [...this.#chosen.values()]
      .sort((a, b) => (a.file.path < b.file.path ? -1 : 1))
      .map(({ file, lines, blocks }) => {
        const ranges = mergeRanges([...blocks].sort((a, b) => a - b).map((i) => file.blocks[i]!));
        const level = levelOf(ranges, file.record);
        const text = extractText({ path: file.path, level, ranges }, lines.slice(0, file.record.lineCount));
        return {
          path: file.path,
          level,
          score: Math.max(...[...blocks].map((i) => file.blockScores[i]!)),
          reason: reasonOf(file),
          terms: file.terms,
          tokens: countTokens(text),
          text,
        };
      });
  }
}

function mergeRanges(blocks: readonly Block[]): { start: number; end: number }[] {
  const out: { start: number; end: number }[] = [];
  for (const { start, end } of blocks) {
    const last = out.at(-1);
    if (last && last.end + 1 === start) last.end = end;
    else out.push({ start, end });
  }
  return out;
}

const counted = new WeakMap<FileRecord, Map<Block, number>>();

function blockTokens(record: FileRecord, block: Block, lines: readonly string[]): number {
  let of = counted.get(record);
  if (!of) {
    of = new Map();
    counted.set(record, of);
  }
  let tokens = of.get(block);
  if (tokens === undefined) {
    tokens = countTokens(`${lines.slice(block.start, block.end + 1).join('\n')}\n`);
    of.set(block, tokens);
  }
  return tokens;
}

function reasonOf({ terms }: RankedFile): string {
  const best = [...terms].sort((a, b) => b.value - a.value).slice(0, 2);
  return best.length === 0 ? 'matches nothing of the task' : best.map((t) => t.words).join('; ');
}

function listed(ranked: readonly RankedFile[], packed: readonly PackedFile[]): PackedFile[] {
  const inside = new Set(packed.map((f) => f.path));
  const rest = ranked
    .filter((f) => !inside.has(f.path))
    .map((f) => ({ path: f.path, level: 'nothing' as const, score: f.score, reason: reasonOf(f), terms: f.terms, tokens: 0, text: '' }));
  return [...packed, ...rest].sort((a, b) => b.score - a.score || (a.path < b.path ? -1 : 1));
}
