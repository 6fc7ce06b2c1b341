/** Collects what a scan could not take in: each once, in an order of its own. */
import type { ScanProblem, ScanProblemKind } from './entry.js';

export class Problems {
  readonly #found = new Map<string, ScanProblem>();

  report(path: string, kind: ScanProblemKind, detail: string): void {
    const key = `${path}\0${kind}`;
    if (!this.#found.has(key)) this.#found.set(key, { path, kind, detail });
  }

  /** The same collection for paths below a folder or root: `prefix` goes before them. */
  below(prefix: string): Pick<Problems, 'report'> {
    return { report: (path, kind, detail) => this.report(prefix + path, kind, detail) };
  }

  /** Sorted by path, then by kind. */
  list(): ScanProblem[] {
    return [...this.#found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, problem]) => problem);
  }
}

/** What went wrong in the file system, in the fewest words: its code. */
export const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? String(error);
