/** An entry in the rules file that accepts a finding with all of its files. */
import { findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';
import type { Finding } from '../../graph/findings/finding.js';
import { readRules } from '../../graph/findings/rules.js';

/** More files than these in one entry are no reading matter. */
const MOST_FILES = 20;

/** Whether one entry can mean all files of the finding: they are in the folder of the rules, and not too many. */
export const canAcceptByRule = ({ files }: Finding, prefix: string): boolean =>
  files.length <= MOST_FILES && files.every((f) => f.startsWith(prefix));

/**
 * The text of the rules file with one entry more; what stands there keeps its form.
 * Undefined where the text is wrong as it is: an entry would not count.
 * @param text "" for a file that is not there yet.
 * @param prefix what stands before the paths of the folder's files ("" for a single root).
 */
export function acceptByRule(text: string, { kind, files }: Finding, reason: string, prefix: string): string | undefined {
  const before = text.trim() === '' ? '{}\n' : text;
  if (readRules(before, prefix).kind === 'wrong') return undefined;
  const paths = files.map((f) => escapeGlob(f.slice(prefix.length)));
  const path = paths.length === 1 ? JSON.stringify(paths[0]) : `[${paths.map((p) => JSON.stringify(p)).join(', ')}]`;
  const entry = `{ "kind": "${kind}", "path": ${path}, "reason": ${JSON.stringify(reason)} }`;
  return withEntry(before, entry);
}

/** @param text of a rules file that is right. */
function withEntry(text: string, entry: string): string {
  const root = parseTree(text)!;
  const list = findNodeAtLocation(root, ['suppress']);
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const indent = /^([ \t]+)\S/m.exec(text)?.[1] ?? '  ';
  const array = `[${eol}${indent}${indent}${entry}${eol}${indent}]`;
  const behind = ({ offset, length }: Node, added: string): string => text.slice(0, offset + length) + added + text.slice(offset + length);
  const inPlaceOf = ({ offset, length }: Node, put: string): string => text.slice(0, offset) + put + text.slice(offset + length);
  const lastEntry = list?.children?.at(-1);
  if (lastEntry) return behind(lastEntry, `,${eol}${indent}${indent}${entry}`);
  if (list) return inPlaceOf(list, array);
  const lastField = root.children?.at(-1);
  if (lastField) return behind(lastField, `,${eol}${indent}"suppress": ${array}`);
  return inPlaceOf(root, `{${eol}${indent}"suppress": ${array}${eol}}`);
}

/** A path as the pattern that means it alone. */
const escapeGlob = (path: string): string => path.replace(/[*?[\\]/g, '\\$&');
