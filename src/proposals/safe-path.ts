/** Which paths a proposal may name at all. What lies at a path on disk, links above all, is for who reads and writes files to check. */
import { INVISIBLE } from '../base/invisible.js';

/** Names that Windows takes for devices, in any case and with any ending. */
const DEVICE = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\.|$)/i;
/** Characters that Windows does not allow in names, or that streams and patterns are written with. */
const FORBIDDEN = /[<>:"|?*]/;
const LONGEST = 1_000;

/** Why a path is refused, in words that follow "the path"; undefined for one that stays inside the workspace on every platform. */
export function unsafePath(path: string): string | undefined {
  if (path === '') return 'is empty';
  if (path.length > LONGEST) return 'is too long';
  if (INVISIBLE.test(path)) return 'has characters that cannot be seen';
  if (path.includes('\\')) return 'has a backslash; names are divided by "/"';
  if (path.startsWith('/') || /^[a-z]:/i.test(path) || path.startsWith('~')) return 'does not begin in the workspace';
  for (const name of path.split('/')) {
    if (name === '') return 'has an empty name in it';
    if (name === '.' || name === '..') return `has "${name}" in it`;
    if (FORBIDDEN.test(name)) return 'has a character that not every system allows';
    if (DEVICE.test(name)) return `has "${name}" in it, which is a device on Windows`;
    if (/[. ]$/.test(name)) return 'has a name that ends with a dot or a space, which Windows drops';
    if (name.startsWith(' ')) return 'has a name that begins with a space';
  }
  return undefined;
}
