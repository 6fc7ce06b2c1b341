/**
 * What the second look is fitted on: a commit's message is the task, the lines that it replaced are what a pack
 * should hold. Cases are JSON lines, a file for each project, of which are read {repo, origin, parent, query,
 * focus, gold: [{path, ranges: [[first, last], …]}]}, lines from 1.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { atOnce } from '../../../src/base/steps.js';
import { countTokens } from '../../../src/base/tokens.js';
import { blocksOf } from '../../../src/context/blocks.js';
import { headerOf } from '../../../src/context/layout.js';
import type { Focus } from '../../../src/context/pack.js';
import { rankFiles } from '../../../src/context/relevance.js';
import { searchOf } from '../../../src/context/search/search-index.js';
import { featuresOf, LOOKED_AT, placesOf, seenIn, wholeOf } from '../../../src/context/second-look.js';
import { findSignals } from '../../../src/context/signals.js';
import { WEIGHTS, weightsAt } from '../../../src/context/weights.js';
import { Index } from '../../../src/index/index.js';
import type { Snapshot } from '../../../src/index/snapshot.js';

interface Case {
  readonly repo: string;
  readonly origin: string;
  readonly parent: string;
  readonly query: string;
  readonly focus: string;
  readonly gold: readonly { readonly path: string; readonly ranges: readonly (readonly [number, number])[] }[];
}

/** A commit with or without its open file: the best blocks by the sum, best or not, in no order. */
export interface Example {
  readonly repo: string;
  readonly open: boolean;
  /** Inputs of each block, one after the other. */
  readonly features: Float32Array;
  /** Logits by the sum at each of {@link BUDGETS}. */
  readonly sums: readonly Float64Array[];
  /** Tokens of each block, and of the header of its file. */
  readonly tokens: Float64Array;
  readonly headers: Float64Array;
  /** The file of each block. */
  readonly files: Int32Array;
  /** Changed lines in each block. */
  readonly lines: Float64Array;
  /** Changed lines in all files. */
  readonly changed: number;
  /** Tokens of the task, and of all files. */
  readonly taskTokens: number;
  readonly allTokens: number;
}

/** Tokens of the packs that the network answers for. */
export const BUDGETS = [8_000, 32_000] as const;

/**
 * Examples of all cases, project by project.
 * @param cases folder of *.jsonl.
 * @param clones folder with a clone of each project, bare or not, named after its origin ("owner+name") or itself.
 * @param scratch is written to.
 */
export async function* examplesIn(cases: string, clones: string, scratch: string): AsyncGenerator<Example> {
  for (const name of readdirSync(cases)
    .filter((n) => n.endsWith('.jsonl'))
    .sort()) {
    const all = readFileSync(join(cases, name), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Case);
    const first = all[0];
    if (!first) continue;
    const git = [first.origin.replace('/', '+'), first.repo].map((n) => join(clones, n)).find((p) => existsSync(p));
    if (!git) throw new Error(`No clone of ${first.origin} in ${clones}`);
    const tree = join(scratch, first.repo);
    const index = new Index({ roots: [tree], assets: resolve('dist'), store: undefined });
    for (const one of all) {
      checkOut(git, one.parent, tree);
      const snapshot = await index.update();
      for (const open of [false, true]) {
        const example = exampleOf(one, open, snapshot);
        if (example) yield example;
      }
    }
    index.close();
    rmSync(tree, { recursive: true, force: true });
  }
}

/** Makes a folder a commit's tree; of a tree that is there already, what differs. */
function checkOut(git: string, commit: string, tree: string): void {
  mkdirSync(tree, { recursive: true });
  const env = { ...process.env, GIT_INDEX_FILE: `${tree}.index`, GIT_WORK_TREE: tree };
  const dir = existsSync(join(git, 'repo')) ? join(git, 'repo') : git;
  execFileSync('git', ['-C', dir, 'read-tree', '--reset', '-u', commit], { env, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** Undefined where the open file is all that was changed, or nothing leads anywhere. */
function exampleOf({ repo, query, focus: path, gold }: Case, open: boolean, snapshot: Snapshot): Example | undefined {
  const focus: Focus | undefined = open ? { path, given: true } : undefined;
  const wanted = new Map(gold.filter((g) => !open || g.path !== path).map((g) => [g.path, g.ranges]));
  const found = atOnce(findSignals(atOnce(searchOf(snapshot)), snapshot, query, focus));
  const off = { secondLook: { small: 0, middle: 0 } };
  const [small, middle] = BUDGETS.map((budget) =>
    atOnce(rankFiles(snapshot, query, focus, new Set(), { ...weightsAt(budget, WEIGHTS), ...off })),
  );
  const logits = (ranked: typeof small, file: number): Float64Array => ranked![file]!.blockScores.map((score) => Math.log(score));
  const best = Float64Array.from(middle!.flatMap((_, file) => [...logits(middle, file)]))
    .sort()
    .reverse();
  const least = Math.max(best[Math.min(best.length, LOOKED_AT) - 1] ?? 0, -Number.MAX_VALUE);
  const whole = wholeOf(found);
  const rows: { file: number; features: Float64Array; sums: number[]; tokens: number; header: number; lines: number }[] = [];
  let changed = 0;
  for (const [file, ranked] of middle!.entries()) {
    const ranges = wanted.get(ranked.path);
    const lines = (snapshot.text(ranked.path) ?? '').split('\n');
    const marked = ranges && markedIn(lines, ranges);
    changed += marked?.reduce((n, m) => n + m, 0) ?? 0;
    const sums = [logits(small, file), logits(middle, file)];
    if ((open && ranked.path === path) || !sums[1]!.some((logit) => logit >= least)) continue;
    const seen = seenIn(found, whole, file, placesOf(sums[1]!));
    const header = countTokens(headerOf(ranked.path)) + 3;
    for (const [block, { start, end }] of blocksOf(ranked.record).entries()) {
      if (!(sums[1]![block]! >= least)) continue;
      rows.push({
        file,
        features: featuresOf(seen(block)),
        sums: sums.map((s) => s[block]!),
        tokens: countTokens(`${lines.slice(start, end + 1).join('\n')}\n`),
        header,
        lines: marked?.subarray(start, end + 1).reduce((n, m) => n + m, 0) ?? 0,
      });
    }
  }
  if (changed === 0 || rows.length === 0) return undefined;
  return {
    repo,
    open,
    features: Float32Array.from(rows.flatMap((r) => [...r.features])),
    sums: BUDGETS.map((_, k) => Float64Array.from(rows, (r) => r.sums[k]!)),
    tokens: Float64Array.from(rows, (r) => r.tokens),
    headers: Float64Array.from(rows, (r) => r.header),
    files: Int32Array.from(rows, (r) => r.file),
    lines: Float64Array.from(rows, (r) => r.lines),
    changed,
    taskTokens: countTokens(query),
    allTokens: middle!.reduce((n, f) => n + (open && f.path === path ? 0 : f.tokens), 0),
  };
}

/** 1 for each changed line that says enough to be looked for; of equal ones the first alone. */
function markedIn(lines: readonly string[], ranges: Case['gold'][number]['ranges']): Uint8Array {
  const marked = new Uint8Array(lines.length);
  const seen = new Set<string>();
  for (const [first, last] of ranges) {
    for (let line = first - 1; line < last && line < lines.length; line++) {
      const text = lines[line]!.trim();
      if (text.length < 4 || !/\w{2}/.test(text) || seen.has(text)) continue;
      seen.add(text);
      marked[line] = 1;
    }
  }
  return marked;
}
