/** What the workspace says to files that do not exist yet, or would have another text. */
import { join } from 'node:path';
import { foldedPath } from '../base/paths.js';
import { decodeRecord } from '../syntax/codec.js';
import { readFiles } from '../syntax/pool.js';
import { classifyName } from '../workspace/classify.js';
import { placeIn } from '../workspace/place.js';
import { readTextFile } from '../workspace/text-file.js';
import { wouldIgnore } from '../workspace/would-ignore.js';
import type { Snapshot } from './snapshot.js';

/** Whether the workspace leaves a path out, or would. @param ignore further patterns, as the snapshot was made with. */
export async function isLeftOut(snapshot: Snapshot, path: string, ignore: readonly string[]): Promise<boolean> {
  const place = placeIn(snapshot.roots, path);
  if (!place || snapshot.has(path)) return false;
  if (readTextFile(place.absolute).kind !== 'nothing') return true;
  return await wouldIgnore(place.root, place.inside, ignore);
}

/** Folded paths of each snapshot, made when first asked for. */
const FOLDED = new WeakMap<Snapshot, ReadonlyMap<string, string>>();

/** Files and folders that exist and differ from the path, or from one around it, in case or composition alone. */
export function sameButForCase(snapshot: Snapshot, path: string): readonly string[] {
  const folded = FOLDED.get(snapshot) ?? foldedNames(snapshot.entries.map((e) => e.path));
  FOLDED.set(snapshot, folded);
  const names = path.split('/');
  const around = names.map((_, i) => names.slice(0, i + 1).join('/'));
  return around.flatMap((name) => {
    const known = folded.get(foldedPath(name));
    return known === undefined || known === name ? [] : [known];
  });
}

/** Files and folders by their folded paths. */
function foldedNames(paths: readonly string[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const path of paths) {
    for (let name = path; name !== '' && !names.has(foldedPath(name)); name = name.slice(0, Math.max(0, name.lastIndexOf('/'))))
      names.set(foldedPath(name), name);
  }
  return names;
}

/** Places where the text would not parse; undefined where its language has no grammar. @param assets folder of the built worker and its grammars. */
export async function syntaxErrors(path: string, text: string, assets: string): Promise<number | undefined> {
  const bytes = Buffer.from(text);
  let errors: number | undefined;
  await readFiles(
    [{ absolute: path, language: classifyName(path).language, size: bytes.length, bytes }],
    { script: join(assets, 'worker.js'), grammars: join(assets, 'grammars'), workers: 1 },
    (_, result) => {
      const parse = result.kind === 'read' ? decodeRecord(result.bytes).parse : undefined;
      if (parse?.kind === 'parsed') errors = parse.errors;
    },
  );
  return errors;
}
