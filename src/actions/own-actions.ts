/**
 * Actions that a team writes itself: Markdown files in `.longview/actions/`. A header of lines
 * `key: value` between two lines of `---`, then the instructions. Its format is told in docs/actions.md.
 */
import { fence } from '../base/fence.js';
import { nameOf } from '../base/paths.js';
import type { LineRange } from '../context/pack.js';
import type { Snapshot } from '../index/snapshot.js';
import { bytesOf, compileGlob } from '../workspace/glob.js';
import type { Action, Answers, Scene, Target, TargetKind } from './action.js';
import { plain } from './evidence.js';
import { tellPlace } from './tell-place.js';
import { CARE } from './wording.js';

const ACTIONS_FOLDER = '.longview/actions/';

/** What the header may say. */
const KEYS = ['title', 'targets', 'answers', 'wish', 'pins'] as const;
type Key = (typeof KEYS)[number];

/** What an action of one's own can be asked about. */
const TARGETS: readonly TargetKind[] = ['workspace', 'file', 'lines', 'symbol', 'finding'];
/** What stands for a part of the target in the instructions. */
const PLACEHOLDERS = ['file', 'selection', 'symbol', 'finding', 'wish'] as const;
type Placeholder = (typeof PLACEHOLDERS)[number];

/** Characters of one file: instructions are read by people too. */
const LONGEST = 20_000;
/** Files that the globs of one action pin. */
const MOST_PINS = 20;

export interface OwnActions {
  readonly actions: readonly Action[];
  /** Each names the file, what is wrong, and what to write. */
  readonly problems: readonly string[];
}

/** @param taken ids that are built in. */
export function ownActions(snapshot: Snapshot, taken: ReadonlySet<string>): OwnActions {
  const actions = new Map<string, Action>();
  const problems: string[] = [];
  const folders = snapshot.roots.map(({ prefix }) => prefix + ACTIONS_FOLDER);
  for (const { path } of snapshot.entries) {
    const folder = folders.find((f) => path.startsWith(f) && !path.slice(f.length).includes('/'));
    if (folder === undefined || !path.endsWith('.md')) continue;
    const id = nameOf(path).slice(0, -'.md'.length);
    const report = (problem: string): void => void problems.push(`${plain(path)}: ${problem}`);
    if (!/^[a-z0-9][a-z0-9-]{0,40}$/.test(id)) report('the name is the id. Use small letters, digits and "-".');
    else if (taken.has(id)) report(`"${id}" is built in. Rename the file.`);
    else if (actions.has(id)) report(`"${id}" is in ${actions.get(id)!.from} too. Rename one of them.`);
    else {
      const read = readOwnAction(snapshot.text(path) ?? '');
      if (read.kind === 'wrong') for (const problem of read.problems) report(problem);
      else actions.set(id, actionOf(id, path, read.action, folder.slice(0, -ACTIONS_FOLDER.length)));
    }
  }
  return { actions: [...actions.values()], problems };
}

export interface OwnAction {
  readonly title: string;
  readonly targets: readonly TargetKind[];
  readonly answers: Answers;
  /** What the user is asked for; undefined for nothing. */
  readonly wish: string | undefined;
  /** Patterns as in `.gitignore`. */
  readonly pins: readonly string[];
  readonly body: string;
}

export type ReadOwnAction =
  | { readonly kind: 'action'; readonly action: OwnAction }
  | { readonly kind: 'wrong'; readonly problems: readonly string[] };

/** Reads the text of one file, line breaks as "\n". */
export function readOwnAction(text: string): ReadOwnAction {
  const problems: string[] = [];
  if (text.length > LONGEST) return { kind: 'wrong', problems: [`it is longer than ${LONGEST} characters. Shorten it.`] };
  const [, header, body = ''] = /^---[ \t]*\n([\s\S]*?)\n?---[ \t]*(?:\n([\s\S]*))?$/.exec(text) ?? [];
  if (header === undefined)
    return { kind: 'wrong', problems: ['it does not begin with a header. Write --- and "title: …" and --- in its first lines.'] };
  const fields = new Map<Key, string>();
  for (const [i, line] of header.split('\n').entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [, name = '', value = ''] = /^([\w-]+)[ \t]*:(.*)/.exec(line) ?? [];
    const key = KEYS.find((k) => k === name);
    if (!key) problems.push(`line ${i + 2} is none of ${KEYS.join(', ')} with a colon and a value.`);
    else if (fields.has(key)) problems.push(`"${key}" stands there twice. Leave one.`);
    else fields.set(key, unquoted(value.trim()));
  }
  const list = (key: Key): string[] =>
    (fields.get(key) ?? '')
      .split(',')
      .map((v) => v.trim())
      .filter((v) => v !== '');
  const title = fields.get('title') ?? '';
  if (title === '') problems.push('"title" is missing. Say in a few words what it does.');
  const targets = list('targets').flatMap((name): TargetKind[] => {
    const kind = TARGETS.find((t) => t === name);
    if (!kind) problems.push(`"targets" has "${name}", which is none of ${TARGETS.join(', ')}.`);
    return kind ? [kind] : [];
  });
  const answers = fields.get('answers') ?? 'text';
  if (answers !== 'text' && answers !== 'proposal') problems.push(`"answers" is "${answers}". Write text or proposal.`);
  for (const [whole, name = ''] of body.matchAll(/\{\{([^{}]*)\}\}/g))
    if (!PLACEHOLDERS.some((p) => p === name.trim()))
      problems.push(`${whole} stands for nothing. There are ${PLACEHOLDERS.map((p) => `{{${p}}}`).join(', ')}.`);
  if (body.trim() === '') problems.push('there are no instructions behind the header. Write what the model is to do.');
  if (problems.length > 0) return { kind: 'wrong', problems };
  return {
    kind: 'action',
    action: {
      title,
      targets: targets.length > 0 ? targets : ['file'],
      answers: answers as Answers,
      wish: fields.get('wish') || undefined,
      pins: list('pins'),
      body: body.trim(),
    },
  };
}

const unquoted = (value: string): string => /^(["'])(.*)\1$/.exec(value)?.[2] ?? value;

/** @param prefix of the root that the file is in: its patterns are seen from there. */
function actionOf(id: string, from: string, { title, targets, answers, wish, pins, body }: OwnAction, prefix: string): Action {
  return {
    id,
    title: plain(title),
    summary: plain(body.split('\n', 1)[0]!.slice(0, 80)),
    takes: targets,
    answers,
    demands: answers === 'proposal' ? 'change' : 'question',
    // What the instructions stand for has to be there.
    ...(wish !== undefined || /\{\{\s*wish\s*\}\}/.test(body)
      ? { wish: { required: /\{\{\s*wish\s*\}\}/.test(body), prompt: plain(wish ?? 'What do you want?') } }
      : {}),
    from,
    plan(scene) {
      const { target, snapshot } = scene;
      const place = target.kind === 'workspace' ? undefined : tellPlace(scene, target);
      if (typeof place === 'string') return place;
      const filled = filledIn(body, scene);
      if (typeof filled !== 'string') return filled.missing;
      return {
        title: place ? `${title}: ${place.words}` : title,
        ...(place ? { focus: place.focus } : {}),
        needs: [...(place?.needs ?? []), ...pinned(snapshot, pins, prefix)],
        instructions: answers === 'proposal' ? `${filled}\n\n${CARE}` : filled,
      };
    },
  };
}

/** The instructions with what their placeholders stand for: names in a line, code in a fence. Nothing that was filled in is read again. */
function filledIn(body: string, scene: Scene): string | { readonly missing: string } {
  let missing: string | undefined;
  const filled = body.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, name: Placeholder) => {
    const value = standsFor(name, scene);
    if (value === undefined) missing ??= `The action needs a ${name}: name one.`;
    return value ?? '';
  });
  return missing === undefined ? filled : { missing };
}

function standsFor(name: Placeholder, { target, wish, snapshot, evidence }: Scene): string | undefined {
  const path = pathOf(target);
  switch (name) {
    case 'file':
      return path === undefined ? undefined : inLine(path);
    case 'symbol':
      return target.kind === 'symbol' ? inLine(target.symbol) : undefined;
    case 'finding':
      return target.kind === 'finding' ? inLine(target.finding.message) : undefined;
    case 'wish':
      return wish === '' ? undefined : wish;
    case 'selection': {
      const lines = target.kind === 'lines' && evidence.shows(target.path) ? textOf(snapshot, target.path, target.lines) : undefined;
      if (lines !== undefined) evidence.from(path!);
      return lines === undefined ? undefined : fence(lines);
    }
  }
}

function pathOf(target: Target): string | undefined {
  return 'path' in target ? target.path : target.kind === 'finding' ? target.finding.evidence[0]!.path : undefined;
}

const inLine = (text: string): string => `\`${plain(text).replaceAll('`', "'")}\``;

const textOf = (snapshot: Pick<Snapshot, 'text'>, path: string, { start, end }: LineRange): string | undefined =>
  snapshot
    .text(path)
    ?.split('\n')
    .slice(start, end + 1)
    .map(plain)
    .join('\n');

function pinned({ entries }: Snapshot, patterns: readonly string[], prefix: string): string[] {
  const globs = patterns.map((p) => compileGlob(bytesOf(p.replace(/^\.?\//, '').replace(/\/$/, '/**'))));
  const matches = (path: string): boolean => globs.some((glob) => glob(bytesOf(path)));
  return entries.flatMap(({ path }) => (path.startsWith(prefix) && matches(path.slice(prefix.length)) ? [path] : [])).slice(0, MOST_PINS);
}
