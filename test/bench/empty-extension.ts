/** What VS Code takes for itself: an extension with Longview's manifest that does nothing. */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Makes it in `folder` and returns that. */
export function emptyExtension(folder: string): string {
  mkdirSync(join(folder, 'dist'), { recursive: true });
  for (const part of ['package.json', 'package.nls.json', 'media']) cpSync(part, join(folder, part), { recursive: true });
  writeFileSync(join(folder, 'dist', 'extension.js'), 'exports.activate = () => undefined;');
  return folder;
}
