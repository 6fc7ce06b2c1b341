/** What planning asks of the workspace, answered from disk; and the plan written there. */
import type { Snapshot } from '../index/snapshot.js';
import { isLeftOut, sameButForCase, syntaxErrors } from '../index/would-be.js';
import type { Redaction } from '../policy/redaction.js';
import type { PlannedFile, Present, Surroundings } from '../proposals/plan.js';
import { isBelowRoot, placeIn } from '../workspace/place.js';
import { readTextFile, textBytes } from '../workspace/text-file.js';
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
    if (file.kind !== 'untouchable') this.#seen.set(path, file.kind === 'text' ? file.bytes : undefined);
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

  /** Writes what was planned from what this object saw: all of it or nothing. Throws as {@link writeFiles} does. */
  async write(files: readonly PlannedFile[]): Promise<void> {
    const writes = files.flatMap(({ path, to, after }): FileWrite[] => {
      const before = this.#seen.get(path);
      const bytes = after === undefined ? undefined : textBytes(after, before);
      const { absolute } = placeIn(this.snapshot.roots, path)!;
      if (to === undefined) return [{ absolute, before, after: bytes }];
      return [
        { absolute: placeIn(this.snapshot.roots, to)!.absolute, before: undefined, after: bytes },
        { absolute, before, after: undefined },
      ];
    });
    await writeFiles(
      writes,
      this.snapshot.roots.map((r) => r.folder),
    );
  }
}
