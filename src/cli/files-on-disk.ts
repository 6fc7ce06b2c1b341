/** What planning asks of the workspace, answered from disk; and the plan written there. */
import { realpathSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import type { Snapshot } from '../index/snapshot.js';
import type { Redaction } from '../policy/redaction.js';
import type { PlannedFile, Present, Surroundings } from '../proposals/plan.js';
import { foldedPath } from '../proposals/safe-path.js';
import { decodeRecord } from '../syntax/codec.js';
import { readFiles } from '../syntax/pool.js';
import { classifyName } from '../workspace/classify.js';
import { readTextFile, textBytes } from '../workspace/text-file.js';
import { wouldIgnore } from '../workspace/would-ignore.js';
import { type FileWrite, writeFiles } from '../workspace/write-files.js';

export interface DiskOptions {
  /** Folder of the built worker and its grammars. */
  readonly assets: string;
  /** Patterns of `--ignore`. */
  readonly ignore: readonly string[];
}

export class FilesOnDisk implements Surroundings {
  /** Bytes as they were looked at: what is written must still stand on them. */
  readonly #seen = new Map<string, Uint8Array | undefined>();
  #folded: ReadonlyMap<string, string> | undefined;

  constructor(
    private readonly snapshot: Snapshot,
    private readonly redaction: Pick<Redaction, 'unknownPlaceholders'>,
    private readonly options: DiskOptions,
  ) {}

  readonly look = async (path: string): Promise<Present> => {
    const place = this.#placeOf(path);
    if (!place) return { kind: 'untouchable', reason: `is in none of the workspace's folders` };
    if (!isBelow(place.absolute, place.root)) return { kind: 'untouchable', reason: 'lies behind a link' };
    const file = readTextFile(place.absolute);
    if (file.kind !== 'untouchable') this.#seen.set(path, file.kind === 'text' ? file.bytes : undefined);
    return file;
  };

  async isIgnored(path: string): Promise<boolean> {
    const place = this.#placeOf(path);
    if (!place || this.snapshot.has(path)) return false;
    if (readTextFile(place.absolute).kind !== 'nothing') return true;
    return await wouldIgnore(place.root, place.inside, this.options.ignore);
  }

  async syntaxErrors(path: string, text: string): Promise<number | undefined> {
    const bytes = Buffer.from(text);
    let errors: number | undefined;
    const { assets } = this.options;
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

  unknownPlaceholders(text: string): readonly string[] {
    return this.redaction.unknownPlaceholders(text);
  }

  async sameButForCase(path: string): Promise<readonly string[]> {
    this.#folded ??= foldedNames(this.snapshot.entries.map((e) => e.path));
    const names = path.split('/');
    const around = names.map((_, i) => names.slice(0, i + 1).join('/'));
    return around.flatMap((name) => {
      const known = this.#folded!.get(foldedPath(name));
      return known === undefined || known === name ? [] : [known];
    });
  }

  /** Writes what was planned from what this object saw: all of it or nothing. Throws as {@link writeFiles} does. */
  async write(files: readonly PlannedFile[]): Promise<void> {
    const writes = files.flatMap(({ path, to, after }): FileWrite[] => {
      const before = this.#seen.get(path);
      const bytes = after === undefined ? undefined : textBytes(after, before);
      const { absolute } = this.#placeOf(path)!;
      if (to === undefined) return [{ absolute, before, after: bytes }];
      return [
        { absolute: this.#placeOf(to)!.absolute, before: undefined, after: bytes },
        { absolute, before, after: undefined },
      ];
    });
    await writeFiles(
      writes,
      this.snapshot.roots.map((r) => r.folder),
    );
  }

  #placeOf(path: string): { readonly root: string; readonly inside: string; readonly absolute: string } | undefined {
    const root = this.snapshot.roots.find((r) => path.startsWith(r.prefix));
    if (!root) return undefined;
    const inside = path.slice(root.prefix.length);
    return { root: root.folder, inside, absolute: join(root.folder, inside) };
  }
}

/** Whether the folder that a file lies in, or the nearest one that exists, is really below the root. */
function isBelow(absolute: string, root: string): boolean {
  const real = realpathSync(root);
  for (let folder = dirname(absolute); ; folder = dirname(folder)) {
    try {
      const found = realpathSync(folder);
      return found === real || found.startsWith(real.endsWith(sep) ? real : real + sep);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if ((code !== 'ENOENT' && code !== 'ENOTDIR') || dirname(folder) === folder) return false;
    }
  }
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
