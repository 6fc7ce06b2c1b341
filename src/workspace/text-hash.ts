/** Names a text by what it says. */
import { createHash } from 'node:crypto';

/** A short name of a text, the same whichever line breaks it has. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text.replace(/\r\n?/g, '\n')).digest('hex');
}
