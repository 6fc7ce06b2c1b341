/**
 * What a proposal would do to the files as they are now, or why not. A plan is all that can be
 * written: nothing is, before the user has seen it.
 */
import { madeVisible, unseenIn } from '../base/invisible.js';
import { foldedPath } from '../base/paths.js';
import { hashOf } from '../workspace/text-hash.js';
import { leftovers } from './leftovers.js';
import { type Closest, findPlace } from './match.js';
import type { Basis, ProposedChange, Replacement } from './proposal.js';
import { protectedClass } from './protected-paths.js';
import { unsafePath } from './safe-path.js';
import { changeLines, type LineChange, splitLines } from './text-lines.js';

/** What is at a path. */
export type Present =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'nothing' }
  /** A folder, binary, in an encoding that cannot be written, behind a link, or not to be read: the reason follows "it". */
  | { readonly kind: 'untouchable'; readonly reason: string };

/** What planning needs to know of the workspace. */
export interface Surroundings {
  /** The file as the user sees it: unsaved text counts. Only asked for safe paths. */
  look(path: string): Promise<Present>;
  /** Whether the workspace leaves the path out: ignored files are nobody's business here. */
  isIgnored(path: string): Promise<boolean>;
  /** Places where the text does not parse; undefined where its language has no grammar. */
  syntaxErrors(path: string, text: string): Promise<number | undefined>;
  /** Placeholders of secrets in the text that stand for none known here. */
  unknownPlaceholders(text: string): readonly string[];
  /** Secrets that were taken out of the request and stand in the text: their placeholders, and how often each does. */
  secretsIn(text: string): ReadonlyMap<string, number>;
  /** Other paths that exist, as {@link foldedPath} makes them, where they differ in case or composition from `path`. */
  sameButForCase(path: string): Promise<readonly string[]>;
}

/** What a file has beside its text. */
export interface FileTraits {
  /** It begins with a byte order mark. */
  readonly marked?: boolean;
  /** Permissions, as `chmod` takes them. */
  readonly mode?: number;
}

/** One file of the plan. Texts are whole, with the line breaks that the file has. */
export interface PlannedFile {
  readonly kind: ProposedChange['kind'];
  readonly path: string;
  /** New path of a file that is moved. */
  readonly to?: string;
  /** Undefined for a new file. */
  readonly before: string | undefined;
  /** Undefined for one that is deleted. */
  readonly after: string | undefined;
  /** Why the user has to agree to this file by itself. */
  readonly consent?: string;
  /** What the user should look at before accepting. */
  readonly warnings: readonly string[];
  /** Of a file that is made again. */
  readonly traits?: FileTraits;
}

export interface RefusedChange {
  readonly path: string;
  /** What is wrong, with the one thing to do where there is one. */
  readonly reason: string;
  /** Where the text that was not found may have been meant. */
  readonly closest?: Closest;
  /** The file is not what the model read. */
  readonly stale?: boolean;
  /** The model can put it right when it is told: what is wrong is how the change was written. */
  readonly fixable?: boolean;
}

export interface Plan {
  /** Sorted by path; no two touch the same path. */
  readonly files: readonly PlannedFile[];
  readonly refused: readonly RefusedChange[];
}

const MARK = '\uFEFF';
/** Characters of a file above which nothing is written. */
const LARGEST = 5_000_000;
/** A file that loses more than this share of its lines is shown with a warning. */
const MUCH = 0.5;

/** Makes the plan. A file with one change that cannot be made is refused as a whole; the others stay. */
export async function planChanges(proposed: readonly ProposedChange[], basis: Basis, around: Surroundings): Promise<Plan> {
  const changes = withMovesEdited(proposed);
  const files: PlannedFile[] = [];
  const refused: RefusedChange[] = [];
  const touched = new Map<string, number>();
  for (const change of changes)
    for (const path of new Set(pathsOf(change).map(foldedPath))) touched.set(path, (touched.get(path) ?? 0) + 1);
  for (const change of changes) {
    const twice = pathsOf(change).find((p) => touched.get(foldedPath(p))! > 1);
    const planned =
      twice === undefined
        ? await planOne(change, basis, around)
        : unwritable(change.path, `${twice} is changed in more than one way. Ask for one change of each file.`);
    if ('reason' in planned) refused.push(planned);
    else files.push(planned);
  }
  return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), refused };
}

/** A change of one file, or a move with the edits of what is moved. */
type WholeChange = Exclude<ProposedChange, { readonly kind: 'move' }> | (Moved & { readonly replacements: readonly Replacement[] });
type Moved = Extract<ProposedChange, { readonly kind: 'move' }>;

/** An edit of a file that is moved too, by its old or its new name, becomes part of the move. */
function withMovesEdited(proposed: readonly ProposedChange[]): readonly WholeChange[] {
  const moves = proposed.filter((c): c is Moved => c.kind === 'move');
  const isOf = (move: Moved, change: ProposedChange): boolean =>
    change.kind === 'edit' && (change.path === move.path || change.path === move.to);
  return proposed.flatMap((change): WholeChange[] => {
    if (change.kind === 'move')
      return [{ ...change, replacements: proposed.flatMap((c) => (c.kind === 'edit' && isOf(change, c) ? c.replacements : [])) }];
    return moves.some((move) => isOf(move, change)) ? [] : [change];
  });
}

const pathsOf = (change: WholeChange): string[] => (change.kind === 'move' ? [change.path, change.to] : [change.path]);

async function planOne(change: WholeChange, basis: Basis, around: Surroundings): Promise<PlannedFile | RefusedChange> {
  for (const path of pathsOf(change)) {
    const unsafe = unsafePath(path);
    if (unsafe !== undefined) return refusal(path, `The path ${unsafe}.`);
    const { never, name } = protectedClass(path) ?? {};
    if (never) return refusal(path, `Nothing may be changed there: ${name}.`);
    if (await around.isIgnored(path)) return refusal(path, 'The workspace ignores this path. Change its ignore rules first.');
  }
  const consent = pathsOf(change)
    .map((p) => protectedClass(p)?.name)
    .find((n) => n !== undefined);
  const common = { kind: change.kind, path: change.path, ...(consent === undefined ? {} : { consent }) };
  const present = await around.look(change.path);
  if (present.kind === 'untouchable') return refusal(change.path, `It ${present.reason}.`);
  if (change.kind === 'create') {
    if (present.kind !== 'nothing') return unwritable(change.path, 'A file of this name is there already. It can be edited, not made.');
    const clash = await clashOf(change.path, around);
    if (clash) return clash;
    return await checked({ ...common, before: undefined, after: change.content, warnings: [] }, around);
  }
  if (present.kind === 'nothing') return refusal(change.path, 'There is no such file.');
  const before = present.text;
  const shown = basis.get(change.path);
  if (shown === undefined) return refusal(change.path, 'The model has not seen this file. Add it to the context and ask again.');
  if (shown !== hashOf(before))
    return { ...refusal(change.path, 'The file has changed since the model read it. Ask again with the file as it is.'), stale: true };
  switch (change.kind) {
    case 'delete':
      return { ...common, before, after: undefined, warnings: [] };
    case 'move': {
      const there = await around.look(change.to);
      if (there.kind === 'untouchable') return refusal(change.to, `It ${there.reason}.`);
      if (there.kind === 'text') return refusal(change.to, 'A file of this name is there already.');
      const clash = foldedPath(change.to) === foldedPath(change.path) ? undefined : await clashOf(change.to, around);
      if (clash) return clash;
      const moved = { ...common, to: change.to, before, warnings: [] };
      if (change.replacements.length === 0) return { ...moved, after: before };
      const after = edited(change.path, before, change.replacements);
      return typeof after === 'string' ? await checked({ ...moved, after }, around) : after;
    }
    case 'edit': {
      const after = edited(change.path, before, change.replacements);
      return typeof after === 'string' ? await checked({ ...common, before, after, warnings: [] }, around) : after;
    }
  }
}

const refusal = (path: string, reason: string): RefusedChange => ({ path, reason });
const unwritable = (path: string, reason: string): RefusedChange => ({ path, reason, fixable: true });

async function clashOf(path: string, around: Surroundings): Promise<RefusedChange | undefined> {
  const [other] = await around.sameButForCase(path);
  return other === undefined ? undefined : refusal(path, `${other} differs from it in nothing that every system tells apart.`);
}

/** The text with all replacements made, each found in the text as it was. */
function edited(path: string, before: string, replacements: readonly Replacement[]): string | RefusedChange {
  const file = splitLines(before);
  const changes: LineChange[] = [];
  for (const replacement of replacements) {
    const place = findPlace(file, replacement);
    switch (place.kind) {
      case 'found':
        changes.push(place.change);
        break;
      case 'ambiguous':
        return unwritable(
          path,
          `The lines to replace stand in several places (lines ${place.lines.map((l) => l + 1).join(', ')}). More lines around them would tell which is meant.`,
        );
      case 'indentation-unclear':
        return unwritable(
          path,
          `The lines to replace are indented otherwise at line ${place.line + 1}, and it is not clear how the new ones are to be.`,
        );
      case 'not-found':
        return { ...unwritable(path, 'The lines to replace are not in the file.'), ...(place.closest ? { closest: place.closest } : {}) };
    }
  }
  changes.sort((a, b) => a.start - b.start);
  for (let i = 1; i < changes.length; i++) {
    if (changes[i]!.start < changes[i - 1]!.end)
      return unwritable(path, `Two changes speak of the same lines (line ${changes[i]!.start + 1}).`);
  }
  return changeLines(file, changes);
}

/** Looks at what the text would become. */
async function checked(given: PlannedFile & { readonly after: string }, around: Surroundings): Promise<PlannedFile | RefusedChange> {
  // A byte order mark is no text: a file has one or not, whatever is proposed.
  const file = given.before?.startsWith(MARK)
    ? given
    : { ...given, after: given.after.replace(MARK, (mark, at) => (at === 0 ? '' : mark)) };
  const { path, before, after } = file;
  if (before === after) return refusal(path, 'Nothing would change.');
  if (after.length > LARGEST) return refusal(path, 'The file would be too large to be looked through.');
  if (after.includes('\0')) return refusal(path, 'The text would have NUL characters in it.');
  const stands = leftovers(before ?? '', after);
  if (stands.length > 0)
    return unwritable(path, `Line ${stands[0]! + 1} stands for lines that the model did not write. Ask for the change in full.`);
  const known = before === undefined ? [] : around.unknownPlaceholders(before);
  const unknown = around.unknownPlaceholders(after).filter((p) => !known.includes(p));
  if (unknown.length > 0) return refusal(path, `${unknown[0]} stands for a secret that is not known here.`);
  const errors = await around.syntaxErrors(path, after);
  const errorsBefore = before === undefined ? 0 : ((await around.syntaxErrors(path, before)) ?? 0);
  if (errors !== undefined && errors > errorsBefore)
    return unwritable(path, before === undefined ? 'The new file does not parse.' : 'The file would parse worse than before.');
  const consent = [file.consent, spreadSecrets(before ?? '', after, around)].filter((reason) => reason !== undefined).join(', and ');
  return { ...file, ...(consent === '' ? {} : { consent }), warnings: warningsOf(file) };
}

/**
 * A model cannot read a secret that was taken out, but it can say where it is to be written: into an
 * address, or a file that leaves the machine some other way. More of one than there was needs consent.
 */
function spreadSecrets(before: string, after: string, around: Surroundings): string | undefined {
  const had = around.secretsIn(before);
  const more = [...around.secretsIn(after)].flatMap(([placeholder, count]) => (count > (had.get(placeholder) ?? 0) ? [placeholder] : []));
  return more.length === 0 ? undefined : `a place where a secret would stand that did not before (${more.join(', ')})`;
}

function warningsOf({ path, to, before, after }: PlannedFile & { readonly after: string }): string[] {
  const warnings: string[] = [];
  const unseen = unseenIn(after).find((c) => !before?.includes(c));
  if (unseen !== undefined) warnings.push(`it would have characters that cannot be seen (${madeVisible(unseen)})`);
  if ((before === undefined || to !== undefined) && MIXED.test(to ?? path))
    warnings.push('its name mixes Latin letters with Greek or Cyrillic ones that look alike');
  if (before === undefined) return after === '' ? [...warnings, 'the new file is empty'] : warnings;
  const [had, has] = [splitLines(before).lines.length, splitLines(after).lines.length];
  if (after.trim() === '' && before.trim() !== '') warnings.push('nothing is left of the file');
  else if (has < had * (1 - MUCH) && had - has > 20) warnings.push(`${had - has} of ${had} lines go`);
  return warnings;
}

/** A word of a path in which letters stand that look alike and are not. */
const MIXED = /(?=[^/.]*\p{Script=Latin})[^/.]*[\p{Script=Greek}\p{Script=Cyrillic}]/u;
