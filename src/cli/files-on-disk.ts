/** What planning asks of the workspace, answered from disk; and the plan written there. */
import { dirname } from 'node:path';
import type { Snapshot } from '../index/snapshot.js';
import { isLeftOut, sameButForCase, syntaxErrors } from '../index/would-be.js';
import type { Redaction } from '../policy/redaction.js';
import type { FileTraits, PlannedFile, Present, Surroundings } from '../proposals/plan.js';
import { isBelowRoot, placeIn } from '../workspace/place.js';
import { isMarked, readTextFile, textBytes } from '../workspace/text-file.js';
import { type FileWrite, HalfWrittenError, removeUnfinished, WriteRefusedError, writeFiles } from '../workspace/write-files.js';
import { CommandError } from './command.js';

export interface DiskOptions {
  /** Folder of the built worker and its grammars. */
  readonly assets: string;
  /** Patterns of `--ignore`. */
  readonly ignore: readonly string[];
}

export class FilesOnDisk implements Surroundings {
  /** Bytes as they were looked at: what is written must still stand on them. */
  readonly #seen = new Map<string, { readonly bytes: Uint8Array; readonly mode: number } | undefined>();

  constructor(
    private readonly snapshot: Snapshot,
    private readonly redaction: Pick<Redaction, 'unknownPlaceholders' | 'countIn'>,
    private readonly options: DiskOptions,
  ) {}

  readonly look = async (path: string): Promise<Present> => {
    const place = placeIn(this.snapshot.roots, path);
    if (!place) return { kind: 'untouchable', reason: `is in none of the workspace's folders` };
    if (!isBelowRoot(place)) return { kind: 'untouchable', reason: 'lies behind a link' };
    const file = readTextFile(place.absolute);
    if (file.kind !== 'untouchable') this.#seen.set(path, file.kind === 'text' ? file : undefined);
    return file;
  };

  isIgnored(path: string): Promise<boolean> {
    return isLeftOut(this.snapshot, path, this.options.ignore);
  }

  syntaxErrors(path: string, text: string): Promise<number | undefined> {
    return syntaxErrors(path, text, this.options.assets);
  }

  unknownPlaceholders(text: string): readonly string[] {
    return this.redaction.unknownPlaceholders(text);
  }

  secretsIn(text: string): ReadonlyMap<string, number> {
    return this.redaction.countIn(text);
  }

  async sameButForCase(path: string): Promise<readonly string[]> {
    return sameButForCase(this.snapshot, path);
  }

  /** Of a file that was looked at. */
  readonly traitsOf = (path: string): FileTraits | undefined => {
    const seen = this.#seen.get(path);
    return seen && { marked: isMarked(seen.bytes), mode: seen.mode };
  };

  /**
   * Writes what was planned from what this object saw: all of it or nothing. Throws a {@link HalfWrittenError}
   * where it is neither, and a CommandError where it is nothing.
   */
  async write(files: readonly PlannedFile[]): Promise<void> {
    const writes = files.flatMap(({ path, to, after, traits = this.traitsOf(path) }): FileWrite[] => {
      const before = this.#seen.get(path)?.bytes;
      const bytes = after === undefined ? undefined : textBytes(after, traits?.marked === true);
      const { absolute } = placeIn(this.snapshot.roots, path)!;
      const mode = traits?.mode;
      if (to === undefined) return [{ absolute, before, after: bytes, mode }];
      return [
        { absolute: placeIn(this.snapshot.roots, to)!.absolute, before: undefined, after: bytes, mode },
        { absolute, before, after: undefined, mode },
      ];
    });
    try {
      await writeFiles(
        writes,
        this.snapshot.roots.map((r) => r.folder),
      );
    } catch (error) {
      if (error instanceof HalfWrittenError) throw error;
      if (error instanceof WriteRefusedError) throw new CommandError(error.message);
      throw new CommandError(`The files could not be written (${(error as Error).message}). All are as they were.`);
    }
  }

  /** Removes what a write that was killed has left beside these files. */
  async removeUnfinished(paths: readonly string[]): Promise<void> {
    const places = paths.flatMap((path) => placeIn(this.snapshot.roots, path) ?? []).filter(isBelowRoot);
    await removeUnfinished(places.map(({ absolute }) => dirname(absolute)));
  }
}
