/** What an action is asked about, by what stands where its command was called. */
import type { ListedAction, Target } from '../../actions/action.js';
import { nameOf } from '../../base/paths.js';
import type { LineRange } from '../../context/pack.js';
import type { FileSymbol } from '../../engine/protocol.js';
import type { Finding } from '../../graph/findings/finding.js';
import type { WorkspacePath } from '../../workspace/entry.js';

/** All that is known of a place; an action takes of it what it is about. */
export interface Place {
  readonly finding?: Finding | undefined;
  /** Files of a loop, in its order. */
  readonly cycle?: readonly WorkspacePath[] | undefined;
  readonly path?: WorkspacePath | undefined;
  /** Selected, where something is. */
  readonly lines?: LineRange | undefined;
  /** Full name of the innermost symbol there. */
  readonly symbol?: string | undefined;
  /** A file or row was pointed at; else it is what the editor happens to show. */
  readonly pointedAt: boolean;
}

/** `cycle` and `change` are still to be chosen and read. */
export type Aim = Target | { readonly kind: 'choose-cycle' } | { readonly kind: 'read-change' };

/** What the action is asked about at this place; undefined where there is nothing that it takes. */
export function aimAt({ takes, findings }: Pick<ListedAction, 'takes' | 'findings'>, place: Place): Aim | undefined {
  const { finding, cycle, path, lines, symbol, pointedAt } = place;
  const [usual] = takes;
  if (finding && takes.includes('finding') && findings?.includes(finding.kind) !== false) return { kind: 'finding', finding };
  if (cycle && takes.includes('cycle')) return { kind: 'cycle', files: cycle };
  if (takes.includes('change')) return { kind: 'read-change' };
  if (usual === 'cycle' && !pointedAt) return { kind: 'choose-cycle' };
  if (path !== undefined && lines && takes.includes('lines')) return { kind: 'lines', path, lines };
  if (usual === 'workspace' && !pointedAt) return { kind: 'workspace' };
  if (path !== undefined && symbol !== undefined && takes.includes('symbol')) return { kind: 'symbol', path, symbol };
  if (path !== undefined && takes.includes('file')) return { kind: 'file', path };
  if (takes.includes('cycle')) return { kind: 'choose-cycle' };
  return takes.includes('workspace') ? { kind: 'workspace' } : undefined;
}

/** What to do where there is nothing that the action takes. */
export function adviceFor({ title, takes }: Pick<ListedAction, 'title' | 'takes'>): string {
  const ways = [
    takes.includes('lines') && 'select the lines',
    takes.includes('symbol') && 'place the cursor in a symbol',
    takes.includes('file') && 'open a file of the workspace',
    takes.includes('finding') && 'choose a finding in the view Findings',
  ].filter((way) => way !== false);
  return `${title.replace(/…$/, '')} needs to know where: ${ways.length > 1 ? `${ways.slice(0, -1).join(', ')} or ${ways.at(-1)}` : ways.join()}.`;
}

/** Kinds of symbols that something can be asked about: a variable or a key is no unit of code. */
const UNITS: ReadonlySet<FileSymbol['kind']> = new Set([
  ...(['class', 'interface', 'struct', 'enum', 'trait', 'impl', 'object', 'record', 'type'] as const),
  ...(['function', 'method', 'constructor', 'macro', 'constant', 'module', 'namespace'] as const),
]);

/** Index of the innermost symbol around a line, 0-based. */
export function symbolAt(symbols: readonly FileSymbol[], line: number): number | undefined {
  const found = symbols.findLastIndex((s) => UNITS.has(s.kind) && s.start <= line && s.end >= line);
  return found < 0 ? undefined : found;
}

/** What a place is called in a menu: "the selection", "Router.handle", "router.ts". */
export function nameOfAim(aim: Aim | undefined): string {
  switch (aim?.kind) {
    case 'lines':
      return `lines ${aim.lines.start + 1} to ${aim.lines.end + 1}`;
    case 'symbol':
      return aim.symbol;
    case 'file':
      return nameOf(aim.path);
    case 'finding':
      return aim.finding.kind;
    case 'cycle':
      return `a cycle of ${aim.files.length}`;
    case 'choose-cycle':
      return 'a cycle that you choose';
    case 'change':
    case 'read-change':
      return 'what git says has changed';
    case 'workspace':
      return 'the workspace';
    case undefined:
      return '';
  }
}
