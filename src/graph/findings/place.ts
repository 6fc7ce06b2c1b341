/** Where a definition of the project stands. */
import type { SymbolRecord } from '../../syntax/record.js';
import type { WorkspacePath } from '../../workspace/entry.js';

/** A type or member of the project. */
export interface Place {
  readonly path: WorkspacePath;
  /** Index in the record's `symbols`. */
  readonly index: number;
  readonly symbol: SymbolRecord;
}

export const keyOf = (path: WorkspacePath, index: number): string => `${path}#${index}`;

/** What stands before the name of a type in a sentence. */
export const article = (name: string): string => (/^[AEIOU]/.test(name) ? 'an' : 'a');
