/** Paths inside the workspace: "/" between names, never a leading "./" or "/". */

/** Folder of a path; "" for a file at the top. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

/** Last name of a path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** `relative` as seen from `folder`, with "." and ".." resolved; undefined when it leads out of the workspace. */
export function joinPath(folder: string, relative: string): string | undefined {
  const names = folder === '' || relative.startsWith('/') ? [] : folder.split('/');
  for (const name of relative.split('/')) {
    if (name === '..') {
      if (names.pop() === undefined) return undefined;
    } else if (name !== '' && name !== '.') names.push(name);
  }
  return names.join('/');
}

/** `folder` and the folders around it, innermost first, "" last. */
export function foldersUp(folder: string): string[] {
  const up = [folder];
  for (let at = folder; at !== ''; up.push(at)) at = folderOf(at);
  return up;
}

/** What makes two paths one where file systems do not tell upper case from lower, or composed letters from decomposed ones. */
export function foldedPath(path: string): string {
  return path.normalize('NFC').toLowerCase();
}
