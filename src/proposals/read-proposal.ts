/** Reads the changes out of a model's answer, whichever way it wrote them: in blocks of text, or as an object by a schema. */
import { MarkerReader, unquoted } from './markers.js';
import type { Misread, Proposal, ProposedChange } from './proposal.js';
import { type ChangeObject, isProposalObject } from './schema.js';

/**
 * The proposal in an answer. Nothing is guessed: a block that is not whole is a misread, and
 * changes nothing. Never throws, whatever the answer holds.
 * @param key that the request was written with; see {@link file://./markers.ts}.
 */
export function readProposal(answer: string, key: string): Proposal {
  const text = answer.replace(/\r\n?/g, '\n');
  const object = objectIn(text);
  if (object === CUT_OFF) return { message: '', changes: [], misread: [{ line: 1, reason: 'the answer breaks off before its end' }] };
  if (object === undefined) return readBlocks(text.split('\n'), new MarkerReader(key));
  if (isProposalObject(object)) return { message: object.message, changes: together(object.changes.map(fromObject)), misread: [] };
  return {
    message: '',
    changes: [],
    misread: [{ line: 1, reason: 'the answer is an object, but not one of the form that was asked for' }],
  };
}

const CUT_OFF = Symbol('the beginning of an object');

/** An answer that is nothing but an object, with or without a code fence around it. */
function objectIn(answer: string): unknown {
  const text = answer.trim();
  const [, inner = text] = /^```(?:json)?[ \t]*\n([\s\S]*)\n```$/.exec(text) ?? [];
  if (!inner.trimStart().startsWith('{')) return undefined;
  try {
    return JSON.parse(inner);
  } catch {
    return /^\s*\{\s*"(?:message|changes)"\s*:/.test(inner) ? CUT_OFF : undefined;
  }
}

/** With secrets in place of their placeholders: in what was read, for in an object a secret would have to be written with escapes. */
export function restored({ message, changes, misread }: Proposal, restore: (text: string) => string): Proposal {
  return { message: restore(message), changes: changes.map((change) => restoredChange(change, restore)), misread };
}

function restoredChange(change: ProposedChange, restore: (text: string) => string): ProposedChange {
  switch (change.kind) {
    case 'edit':
      return { ...change, replacements: change.replacements.map((r) => ({ find: restore(r.find), replace: restore(r.replace) })) };
    case 'create':
      return { ...change, content: restore(change.content) };
    case 'move':
    case 'delete':
      return change;
  }
}

function fromObject(change: ChangeObject): ProposedChange {
  const path = unquoted(change.path);
  const lines = (text: string): string => text.replace(/\r\n?/g, '\n');
  switch (change.kind) {
    case 'edit':
      return { kind: 'edit', path, replacements: [{ find: lines(change.find), replace: lines(change.replace) }] };
    case 'create':
      return { kind: 'create', path, content: lines(change.content) };
    case 'move':
      return { kind: 'move', path, to: unquoted(change.to) };
    case 'delete':
      return { kind: 'delete', path };
  }
}

/** A block that has been opened. */
interface Open {
  readonly verb: ProposedChange['kind'];
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  /** Lines up to the divider, and behind it. */
  readonly parts: string[][];
}

function readBlocks(lines: readonly string[], markers: MarkerReader): Proposal {
  const message: string[] = [];
  const changes: ProposedChange[] = [];
  const misread: Misread[] = [];
  let open: Open | undefined;
  const unfinished = (block: Open): void => {
    misread.push({ line: block.line, reason: `the block that is to ${block.verb} ${block.path} has no end` });
  };
  for (const [i, text] of lines.entries()) {
    const marker = markers.read(text);
    const line = i + 1;
    if (marker?.kind === 'open') {
      if (open) unfinished(open);
      open = { verb: marker.verb, path: marker.path, line, parts: [[]] };
    } else if (!marker) (open ? open.parts.at(-1)! : message).push(text);
    else if (!open) misread.push({ line, reason: 'the end or the middle of a block stands here without its beginning' });
    else if (marker.kind === 'divide') open.parts.push([]);
    else {
      const change = closed(open);
      if (typeof change === 'string') misread.push({ line: open.line, reason: change });
      else changes.push(change);
      open = undefined;
    }
  }
  if (open) unfinished(open);
  return { message: withoutEmptyFences(message).trim(), changes: together(changes), misread };
}

/** The change of a whole block, or what is wrong with it. */
function closed({ verb, path, parts }: Open): ProposedChange | string {
  const [first = [], second] = parts;
  if (parts.length > (verb === 'edit' ? 2 : 1)) return `the block that is to ${verb} ${path} has a divider too many`;
  switch (verb) {
    case 'edit':
      if (!second) return `the block that is to edit ${path} does not say what is to stand there instead`;
      return { kind: 'edit', path, replacements: [{ find: joined(first), replace: joined(second) }] };
    case 'create':
      return { kind: 'create', path, content: joined(first) };
    case 'delete':
      return first.every(isBlank) ? { kind: 'delete', path } : `the block that is to delete ${path} has lines in it`;
    case 'move': {
      const named = first.filter((l) => !isBlank(l));
      return named.length === 1
        ? { kind: 'move', path, to: unquoted(named[0]!) }
        : `the block that is to move ${path} names not one new path`;
    }
  }
}

/** Lines as text, each with its line break. */
const joined = (lines: readonly string[]): string => lines.map((l) => `${l}\n`).join('');
const isBlank = (line: string): boolean => line.trim() === '';

/** Replacements of one file in one edit, where the first of them stands. */
function together(changes: readonly ProposedChange[]): readonly ProposedChange[] {
  const out: ProposedChange[] = [];
  const edits = new Map<string, number>();
  for (const change of changes) {
    const at = change.kind === 'edit' ? edits.get(change.path) : undefined;
    const earlier = at === undefined ? undefined : out[at];
    if (change.kind === 'edit' && earlier?.kind === 'edit')
      out[at!] = { ...earlier, replacements: [...earlier.replacements, ...change.replacements] };
    else {
      if (change.kind === 'edit') edits.set(change.path, out.length);
      out.push(change);
    }
  }
  return out;
}

/** Models put blocks into code fences all the same: without the block, an empty fence is left. */
function withoutEmptyFences(lines: readonly string[]): string {
  const out: string[] = [];
  for (const line of lines) {
    const isFence = /^ {0,3}```/.test(line);
    if (isFence && line.trim() === '```' && out.at(-1) !== undefined && /^ {0,3}```/.test(out.at(-1)!)) out.pop();
    else out.push(line);
  }
  return out.join('\n').replace(/\n{3,}/g, '\n\n');
}
