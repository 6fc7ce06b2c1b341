/** A planned file as a unified diff. */
import { createTwoFilesPatch } from 'diff';
import type { PlannedFile } from './plan.js';

/** As `diff -u` writes it. */
export function diffOf({ path, to, before, after }: PlannedFile): string {
  const [from, target] = [before === undefined ? '/dev/null' : `a/${path}`, after === undefined ? '/dev/null' : `b/${to ?? path}`];
  if (before === after) return `--- ${from}\n+++ ${target}\n`;
  const patch = createTwoFilesPatch(from, target, before ?? '', after ?? '', undefined, undefined, { context: 3 });
  return patch.replace(/^=+\n/, '');
}
