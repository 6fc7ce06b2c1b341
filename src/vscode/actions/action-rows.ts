/** The rows of Run Action: actions that answer in words, those that propose changes, the workspace's own, and what is wrong with these. */
import type { ActionList, ListedAction } from '../../actions/action.js';
import type { WorkspacePath } from '../../workspace/entry.js';
import { aimAt, nameOfAim, type Place } from './targets.js';

export type ActionRow =
  | { readonly kind: 'group'; readonly label: string }
  /** `about` is what it would be about here; "" for nothing that it takes. */
  | { readonly kind: 'action'; readonly action: ListedAction; readonly about: string }
  /** `line` is 0-based. */
  | { readonly kind: 'problem'; readonly words: string; readonly path: WorkspacePath | undefined; readonly line: number };

export function actionRows({ actions, problems }: ActionList, place: Place): ActionRow[] {
  const row = (action: ListedAction): ActionRow => ({ kind: 'action', action, about: nameOfAim(aimAt(action, place)) });
  const group = (label: string, rows: readonly ActionRow[]): ActionRow[] => (rows.length === 0 ? [] : [{ kind: 'group', label }, ...rows]);
  const given = actions.filter((a) => a.from === undefined);
  return [
    ...group('answers in words', given.filter((a) => a.answers === 'text').map(row)),
    ...group('proposes changes', given.filter((a) => a.answers === 'proposal').map(row)),
    ...group('of this workspace', [...actions.filter((a) => a.from !== undefined).map(row), ...problems.map(problemRow)]),
  ];
}

/** A problem begins with its file, and says which line is to blame where one is: ".longview/actions/a.md: line 3 is …". */
function problemRow(words: string): ActionRow {
  const line = /\bline (\d+)\b/.exec(words)?.[1];
  return { kind: 'problem', words, path: /^(.+?\.md): /.exec(words)?.[1], line: line === undefined ? 0 : Math.max(0, Number(line) - 1) };
}
