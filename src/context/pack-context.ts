/** From a request to a pack: rank, choose under the budget, lay out, count. */
import { atOnce, mapSteps, type Steps } from '../base/steps.js';
import type { Snapshot } from '../index/snapshot.js';
import type { WorkspacePath } from '../workspace/entry.js';
import { MAX_BUDGET, MIN_BUDGET } from './budget.js';
import { countAgain, countJoined } from './counted.js';
import { extractText, layOut, type ShownText } from './layout.js';
import type { Pack, PackedFile, PackRequest, PackResult } from './pack.js';
import { type RankedFile, rankFiles, SECOND_LOOK } from './relevance.js';
import { projectRules, RULES_NOTE, type RulesFile } from './rules.js';
import { type Chosen, Selection } from './select.js';
import { WEIGHTS, type Weights, weightsAt } from './weights.js';

/** The tokens of parts are an estimate, a little high. What the finished text has left is filled too, so often with the first time, */
const FILLINGS = 3;
/** and only where it is so many tokens. */
const WORTH_FILLING = 24;

/** Packs what a request needs. Refused, with the reason, for a budget outside the bounds, a pin that is not there, or pins that do not fit. */
export function packContext(snapshot: Snapshot, request: PackRequest, weights: Weights = WEIGHTS): PackResult {
  return atOnce(packSteps(snapshot, request, weights));
}

/** The same, for a thread that has to listen meanwhile. */
export function* packSteps(snapshot: Snapshot, request: PackRequest, weights: Weights = WEIGHTS): Steps<PackResult> {
  const { budget, task, focus, pins = [] } = request;
  if (!(budget >= MIN_BUDGET && budget <= MAX_BUDGET)) {
    return { kind: 'refused', message: `A budget of ${budget} tokens is outside ${MIN_BUDGET} to ${MAX_BUDGET}.` };
  }
  const drops = new Set(request.drops ?? []);
  const lost = pins.find((p) => !snapshot.has(p.path) || drops.has(p.path));
  if (lost)
    return { kind: 'refused', message: `"${lost.path}" is pinned but ${drops.has(lost.path) ? 'dropped too' : 'not there'}. Unpin it.` };
  // The open file is ranked even when it is given: what it matches leads to others.
  const all = yield* rankFiles(snapshot, task, focus, drops, weightsAt(budget, weights));
  const ranked = all.filter((f) => focus?.given !== true || f.path !== focus.path);
  const open = focus?.given === true ? undefined : focus?.path;
  const rules = projectRules(snapshot, focus, budget, drops);
  // Who pins a file at less than its full text wants less of it, even where everything fits.
  const less = pins.some((p) => p.level !== undefined && p.level !== 'full');
  const whole = less ? undefined : yield* packWhole(snapshot, ranked, request, open, rules);
  return whole ?? (yield* packParts(snapshot, ranked, request, open, rules));
}

/** Everything, where it fits; undefined where it does not. */
function* packWhole(
  snapshot: Snapshot,
  ranked: readonly RankedFile[],
  { budget, task }: PackRequest,
  open: WorkspacePath | undefined,
  rules: readonly RulesFile[],
): Steps<PackResult | undefined> {
  const least = ranked.reduce((n, f) => n + f.tokens, 0);
  // The parts' tokens are within a few of the finished text's; well over the budget needs no exact count.
  if (least > budget * 1.02) return undefined;
  const packed = yield* mapSteps(ranked, (f): PackedFile => {
    const text = (snapshot.text(f.path) ?? '').replace(/\n$/, '');
    const ranges = f.record.lineCount === 0 ? [] : [{ start: 0, end: f.record.lineCount - 1 }];
    return { path: f.path, level: 'full', score: f.score, reason: reasonOf(f), terms: f.terms, tokens: countAgain(text), text, ranges };
  });
  const files = markRules(packed, rules);
  const sections = layOut(shownOf(inOrder(files, open)), true, task);
  const tokens = countJoined(sections);
  return tokens > budget
    ? undefined
    : { kind: 'packed', pack: { files: byScore(files), left: leftOut([]), prompt: sections.join('\n'), tokens, budget, whole: true } };
}

function* packParts(
  snapshot: Snapshot,
  ranked: readonly RankedFile[],
  request: PackRequest,
  open: WorkspacePath | undefined,
  rules: readonly RulesFile[],
): Steps<PackResult> {
  const { budget, task, focus, pins = [] } = request;
  const selection = new Selection(snapshot, ranked, budget - countJoined(layOut([], false, task)) - 4);
  for (const { path, ranges } of rules) if (!pins.some((p) => p.path === path)) selection.pinLines(path, ranges);
  for (const pin of pins) selection.pin(pin.path, pin.level ?? 'full');
  if (open !== undefined && focus?.lines === undefined && focus?.symbol === undefined) selection.open(open);
  else if (open !== undefined && focus) selection.openAt(open, focus);
  yield* selection.fill();
  for (let fillings = 1; ; ) {
    const files = markRules(yield* mapSteps(selection.chosen(), packedFile), rules);
    const sections = layOut(shownOf(inOrder(files, open)), false, task);
    const tokens = countJoined(sections);
    // Tokens of parts do not add up to those of the whole text: the finished text decides.
    if (tokens <= budget) {
      if (fillings === FILLINGS || budget - tokens < WORTH_FILLING)
        return { kind: 'packed', pack: finished(ranked, files, sections.join('\n'), tokens, budget) };
      fillings++;
      yield* selection.fillUp(budget - tokens);
      continue;
    }
    if (!selection.giveBack(tokens - budget)) {
      // What the user wants in goes before rules.
      if (rules.length > 0) return yield* packParts(snapshot, ranked, request, open, []);
      return {
        kind: 'refused',
        message: `What must be in the pack has ${tokens} tokens, over the budget of ${budget}. Raise the budget or unpin a file.`,
      };
    }
  }
}

function packedFile(chosen: Chosen): PackedFile {
  const { file, level, path, ranges } = chosen;
  const text = extractText(chosen, chosen.lines);
  return { path, level, score: file.score, reason: reasonOf(file), terms: file.terms, tokens: countAgain(text), text, ranges };
}

/** Says of the rules among the files what they are. */
function markRules(files: readonly PackedFile[], rules: readonly RulesFile[]): PackedFile[] {
  const kinds = new Map(rules.map(({ path, nested }) => [path, nested ? ('nested' as const) : ('project' as const)]));
  return files.map((f) => {
    const kind = kinds.get(f.path);
    return kind === undefined ? f : { ...f, reason: RULES_NOTE, rules: kind };
  });
}

/**
 * Rules first, then by path, so that no task changes the order and a provider's cache can reuse the
 * beginning; what depends on the focus last, next to the task: the rules of its folder, and the open file.
 */
function inOrder(files: readonly PackedFile[], open: WorkspacePath | undefined): PackedFile[] {
  const place = ({ path, rules }: PackedFile): number => (path === open ? 3 : rules === 'nested' ? 2 : rules === 'project' ? 0 : 1);
  return [...files].sort((a, b) => place(a) - place(b) || (a.path < b.path ? -1 : 1));
}

const shownOf = (files: readonly PackedFile[]): ShownText[] =>
  files.map(({ path, text, rules }) => ({ path, text, ...(rules === undefined ? {} : { note: RULES_NOTE }) }));

function finished(ranked: readonly RankedFile[], files: readonly PackedFile[], prompt: string, tokens: number, budget: number): Pack {
  const inside = new Set(files.map((f) => f.path));
  const left = ranked.filter((f) => !inside.has(f.path)).sort((a, b) => b.score - a.score);
  return { files: byScore(files), left: leftOut(left), prompt, tokens, budget, whole: false };
}

const leftOut = (files: readonly RankedFile[]): Pack['left'] => ({
  paths: files.map((f) => f.path),
  scores: Float64Array.from(files, (f) => f.score),
});

const byScore = (files: readonly PackedFile[]): PackedFile[] => [...files].sort((a, b) => b.score - a.score || (a.path < b.path ? -1 : 1));

function reasonOf({ terms }: RankedFile): string {
  const best = terms
    .filter(({ signal }) => signal !== SECOND_LOOK)
    .sort((a, b) => b.value - a.value)
    .slice(0, 2);
  return best.length === 0 ? 'shares nothing with the task' : best.map((t) => t.words).join('; ');
}
