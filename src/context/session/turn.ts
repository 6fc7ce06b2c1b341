/**
 * What one turn of a conversation adds to it. The first shows a pack. Each later one leaves
 * what was sent as it is, so that a provider's cache holds, and appends what is missing: lines
 * that a pack for the new task has and the model has not seen, and what changed since.
 */
import type { Steps } from '../../base/steps.js';
import type { Snapshot } from '../../index/snapshot.js';
import type { WorkspacePath } from '../../workspace/entry.js';
import { countJoined } from '../counted.js';
import { extractText, layOutMore, type ShownText, splitTask } from '../layout.js';
import type { PackedFile, PackRequest } from '../pack.js';
import { packSteps } from '../pack-context.js';
import { RULES_NOTE } from '../rules.js';
import { rangesOf } from '../select.js';
import { carryOver, linesOf, maskOf, type Shown, type ShownFile, versionOf } from './shown.js';

export interface Turn {
  readonly kind: 'turn';
  /** What the model is given to read before the task; "" where it has seen all of it. */
  readonly context: string;
  readonly task: string;
  /** o200k tokens of context and task. */
  readonly tokens: number;
  /** All that the model has seen after this turn. */
  readonly shown: Shown;
}

export type TurnResult = Turn | { readonly kind: 'refused'; readonly message: string };

export interface TurnRequest {
  readonly request: PackRequest;
  /** What the model has seen, and the o200k tokens that may be added; undefined where it has seen nothing. */
  readonly after?: { readonly shown: Shown; readonly room: number } | undefined;
}

export function planTurn(snapshot: Snapshot, { request, after }: TurnRequest): Steps<TurnResult> {
  return after ? continueTurn(snapshot, request, after.shown, after.room) : beginTurn(snapshot, request);
}

/** A turn that shows everything its task needs, to a model that has seen nothing. */
export function* beginTurn(snapshot: Snapshot, request: PackRequest): Steps<TurnResult> {
  const result = yield* packSteps(snapshot, request);
  if (result.kind === 'refused') return result;
  const { prompt, tokens, files } = result.pack;
  const shown = new Map<WorkspacePath, ShownFile>();
  for (const { path, level, ranges, reason } of files) {
    if (level !== 'nothing') shown.set(path, { path, version: versionOf(linesOf(snapshot, path) ?? []), ranges, reason });
  }
  const { repository, task } = splitTask(prompt, request.task);
  return { kind: 'turn', context: repository, task, tokens, shown };
}

/**
 * A turn that adds to what was shown before: all that a pack under the request's budget has for
 * the task is then seen, and nothing that was seen is out of date. That is at most `room` tokens;
 * where it would be more, the least relevant files are left out. Refused, with the reason, also
 * where what changed is more than that.
 */
export function* continueTurn(snapshot: Snapshot, request: PackRequest, before: Shown, room: number): Steps<TurnResult> {
  const result = yield* packSteps(snapshot, request);
  if (result.kind === 'refused') return result;
  // Best first, so that what does not fit beside the changes is given up from the end.
  const wanted = [...result.pack.files];
  for (;;) {
    const news = addTo(snapshot, before, wanted);
    const sections = layOutMore(news.sections, request.task);
    const tokens = countJoined(sections);
    if (tokens <= room) {
      const { repository, task } = splitTask(sections.join('\n'), request.task);
      return { kind: 'turn', context: repository, task, tokens, shown: news.shown };
    }
    yield;
    if (wanted.pop() === undefined) {
      return { kind: 'refused', message: `What changed has ${tokens} tokens, over the ${room} for which there is room.` };
    }
  }
}

function addTo(
  snapshot: Snapshot,
  before: Shown,
  wanted: readonly PackedFile[],
): { readonly sections: ShownText[]; readonly shown: Shown } {
  const shown = new Map(before);
  const sections: ShownText[] = [];
  const byPath = new Map(wanted.map((f) => [f.path, f]));
  for (const path of [...new Set([...before.keys(), ...byPath.keys()])].sort()) {
    const { section, file } = revise(snapshot, path, before.get(path), byPath.get(path));
    if (section !== undefined) sections.push(section);
    if (file) shown.set(path, file);
    else shown.delete(path);
  }
  return { sections, shown };
}

interface Revision {
  /** Undefined where there is nothing to tell. */
  readonly section?: ShownText;
  /** Undefined for a file that is gone. */
  readonly file?: ShownFile;
}

function revise(snapshot: Snapshot, path: WorkspacePath, before: ShownFile | undefined, wanted: PackedFile | undefined): Revision {
  const lines = linesOf(snapshot, path);
  if (!lines) return before ? { section: { path, note: 'deleted' } } : {};
  const version = versionOf(lines);
  const asked = maskOf(wanted?.ranges ?? [], lines.length);
  const { seen, revised } =
    before && before.version !== version
      ? carryOver(before, lines)
      : { seen: maskOf(before?.ranges ?? [], lines.length), revised: new Uint8Array(lines.length) };
  const changed = revised.includes(1);
  const all = seen.map((s, i) => s | revised[i]! | asked[i]!);
  // Where most of what was seen changed, all of it anew is clearer than parts.
  const anew = changed && 2 * count(revised) > count(seen.map((s, i) => s | revised[i]!));
  const news = anew ? all : all.map((on, i) => on & (revised[i]! | (1 - seen[i]!)));
  const reason = wanted && (!before || news.includes(1)) ? wanted.reason : (before?.reason ?? '');
  const file: ShownFile = { path, version, ranges: rangesOf(all), reason };
  if (before && !news.includes(1)) return { file: before.version === version ? before : file };
  const note = !before
    ? wanted?.rules && RULES_NOTE
    : anew
      ? 'changed: this replaces all of it above'
      : changed
        ? 'changed: each part replaces what is above from its first to its last line'
        : 'more of it';
  const text = extractText({ path, level: 'signatures', ranges: rangesOf(news) }, lines);
  return { section: { path, note, text }, file };
}

const count = (mask: Uint8Array): number => mask.reduce((n, on) => n + on, 0);
