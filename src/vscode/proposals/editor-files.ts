/** What planning asks of the workspace, answered from the editor's documents, unsaved text included, and else from disk. */
import * as vscode from 'vscode';
import type { Redaction } from '../../policy/redaction.js';
import type { FileTraits, Present, Surroundings } from '../../proposals/plan.js';
import { splitLines } from '../../proposals/text-lines.js';
import { isBelowRoot, type Place, placeIn } from '../../workspace/place.js';
import { isMarked, readTextFile } from '../../workspace/text-file.js';
import type { WorkspaceIndex } from '../workspace-index.js';

export class EditorFiles implements Surroundings {
  /** @param redaction is needed to plan, not to write. */
  constructor(
    private readonly index: WorkspaceIndex,
    private readonly redaction?: Pick<Redaction, 'unknownPlaceholders' | 'countIn'>,
  ) {}

  /** Where a path lies; undefined where it is in none of the workspace's folders. */
  place(path: string): Place | undefined {
    return placeIn(this.index.last?.roots ?? [], path);
  }

  readonly look = async (path: string): Promise<Present> => this.see(path);

  /** As {@link look}, at once: nothing can change between this and what follows it. */
  see(path: string): Present {
    const place = this.place(path);
    if (!place) return { kind: 'untouchable', reason: `is in none of the workspace's folders` };
    if (!isBelowRoot(place)) return { kind: 'untouchable', reason: 'lies behind a link' };
    const { absolute } = place;
    if (vscode.workspace.notebookDocuments.some((n) => n.isDirty && n.uri.scheme === 'file' && n.uri.fsPath === absolute))
      return { kind: 'untouchable', reason: 'is a notebook with changes that are not saved' };
    const file = readTextFile(absolute);
    const unsaved = documentAt(absolute);
    const present: Present = unsaved?.isDirty && file.kind !== 'untouchable' ? { kind: 'text', text: unsaved.getText() } : file;
    if (present.kind === 'text' && new Set(splitLines(present.text).ends.filter((end) => end !== '')).size > 1)
      return { kind: 'untouchable', reason: 'has line breaks of several kinds, which the editor would make one. Make them one first' };
    return present;
  }

  /** Of a file that is there, on disk. */
  readonly traitsOf = (path: string): FileTraits | undefined => {
    const place = this.place(path);
    const file = place && readTextFile(place.absolute);
    return file?.kind === 'text' ? { marked: isMarked(file.bytes), mode: file.mode } : undefined;
  };

  unknownPlaceholders(text: string): readonly string[] {
    return this.redaction?.unknownPlaceholders(text) ?? [];
  }

  secretsIn(text: string): ReadonlyMap<string, number> {
    return this.redaction?.countIn(text) ?? new Map();
  }

  isIgnored(path: string): Promise<boolean> {
    return this.index.ask('leftOut', path);
  }

  syntaxErrors(path: string, text: string): Promise<number | undefined> {
    return this.index.ask('syntaxErrors', { path, text });
  }

  sameButForCase(path: string): Promise<readonly string[]> {
    return this.index.ask('sameButForCase', path);
  }
}

/** The document of a file, if the editor has it in memory. */
export function documentAt(absolute: string): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((d) => d.uri.scheme === 'file' && d.uri.fsPath === absolute && !d.isClosed);
}
