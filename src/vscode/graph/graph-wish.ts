/** Reads what the page sent: it shows names of the workspace's files, so nothing it says is taken on trust. */
import type { ToHost } from '../../webview/graph/protocol.js';

/** Undefined for anything that is not a whole, well-formed wish. */
export function readWish(message: unknown): ToHost | undefined {
  if (typeof message !== 'object' || message === null || !('kind' in message)) return undefined;
  const { kind, path, line } = message as { readonly [field: string]: unknown };
  switch (kind) {
    case 'ready':
    case 'resume':
      return { kind };
    case 'open':
      return typeof path === 'string' && Number.isSafeInteger(line) && Number(line) >= 0 ? { kind, path, line: Number(line) } : undefined;
    case 'pack-around':
    case 'pin':
    case 'act':
    case 'reveal':
      return typeof path === 'string' ? { kind, path } : undefined;
    default:
      return undefined;
  }
}
