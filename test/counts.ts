/** What a run of tests came to, as the processes that run them tell each other. */
import { readFileSync } from 'node:fs';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export interface Selection {
  /** Absolute paths of bundled test files. */
  readonly files: readonly string[];
  /** Only tests whose full title matches. */
  readonly grep?: string | undefined;
}

export const NONE: Counts = { passed: 0, failed: 0, skipped: 0 };

/** What a test process wrote of itself; nothing written is one failure. */
export function readCounts(file: string): Counts {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Counts;
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

export function sum(a: Counts, b: Counts): Counts {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

export function inWords({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
