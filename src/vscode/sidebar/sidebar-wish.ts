/** Reads what a page sent: it shows text of the workspace, so nothing it says is taken on trust. */
import { MAX_BUDGET, MIN_BUDGET } from '../../context/budget.js';
import { SIDEBAR_COMMANDS, type SidebarWish } from '../../webview/sidebar/protocol.js';

/** Characters of a task that are read; nobody types more, and a paste of more is no task. */
const MAX_TASK = 100_000;
const FOCUS_WISHES: readonly unknown[] = ['editor', 'keep', 'none'];
const COMMANDS: readonly unknown[] = SIDEBAR_COMMANDS;

/** Undefined for anything that is not a whole, well-formed wish. */
export function readWish(message: unknown): SidebarWish | undefined {
  if (typeof message !== 'object' || message === null || !('kind' in message)) return undefined;
  const wish = message as { readonly [field: string]: unknown };
  return isWish(wish) ? (wish as unknown as SidebarWish) : undefined;
}

function isWish({
  kind,
  text,
  edit,
  tokens,
  choice,
  id,
  open,
  on,
  command,
  quote,
  obstacle,
  fix,
}: {
  readonly [field: string]: unknown;
}): boolean {
  switch (kind) {
    case 'ready':
    case 'wake':
      return true;
    case 'task':
      return typeof text === 'string' && text.length <= MAX_TASK && Number.isSafeInteger(edit);
    case 'budget':
      return Number.isSafeInteger(tokens) && Number(tokens) >= MIN_BUDGET && Number(tokens) <= MAX_BUDGET;
    case 'focus':
      return FOCUS_WISHES.includes(choice);
    case 'model':
    case 'request':
      return typeof id === 'string' && id.length <= 200;
    case 'route':
      return typeof open === 'boolean';
    case 'propose':
      return typeof on === 'boolean';
    case 'send':
      return Number.isSafeInteger(quote);
    case 'fix':
      return (obstacle === 'off' || isIndex(obstacle)) && isIndex(fix);
    case 'command':
      return COMMANDS.includes(command);
    default:
      return false;
  }
}

const isIndex = (n: unknown): boolean => Number.isSafeInteger(n) && Number(n) >= 0;
