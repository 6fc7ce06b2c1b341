/** The form of a proposal for models that answer by a JSON schema. In the subset that OpenAI's and Anthropic's strict modes take: every property required, no other allowed. */
import type { ProposedChange } from './proposal.js';

const text = (description: string) => ({ type: 'string', description }) as const;
const change = (kind: ProposedChange['kind'], properties: Readonly<Record<string, ReturnType<typeof text>>>) =>
  ({
    type: 'object',
    properties: { kind: { type: 'string', enum: [kind] }, path: text('path in the repository, as the prompt writes it'), ...properties },
    required: ['kind', 'path', ...Object.keys(properties)],
    additionalProperties: false,
  }) as const;

export const PROPOSAL_SCHEMA = {
  type: 'object',
  properties: {
    message: text('what is changed and why, for the user, in Markdown'),
    changes: {
      type: 'array',
      items: {
        anyOf: [
          change('edit', {
            find: text('lines of the file as they are now, with enough around them that the place is the only one'),
            replace: text('what is to stand there instead; empty to delete the lines'),
          }),
          change('create', { content: text('all of the new file') }),
          change('move', { to: text('new path') }),
          change('delete', {}),
        ],
      },
    },
  },
  required: ['message', 'changes'],
  additionalProperties: false,
} as const;

/** How a model is told to write changes where its answer is held to {@link PROPOSAL_SCHEMA}. */
export function describeSchema(): string {
  return `Answer with one object of the form that is asked for: in "message" say what is changed and why, in "changes" put every change of a file.

An edit replaces lines of a file. In "find" repeat them as they stand in it, indentation included, with enough lines around them that the place is the only one. Several edits may change one file: each speaks of the file as it is now, and no two of the same lines. Never shorten with "…" or "rest as before". A question that asks for no change has no changes in its answer.`;
}

/** One change as the schema has it: of an edit, one replacement. */
export type ChangeObject =
  | { readonly kind: 'edit'; readonly path: string; readonly find: string; readonly replace: string }
  | { readonly kind: 'create'; readonly path: string; readonly content: string }
  | { readonly kind: 'move'; readonly path: string; readonly to: string }
  | { readonly kind: 'delete'; readonly path: string };

export interface ProposalObject {
  readonly message: string;
  readonly changes: readonly ChangeObject[];
}

const STRINGS: Readonly<Record<ChangeObject['kind'], readonly string[]>> = {
  edit: ['path', 'find', 'replace'],
  create: ['path', 'content'],
  move: ['path', 'to'],
  delete: ['path'],
};

export function isProposalObject(value: unknown): value is ProposalObject {
  return isObject(value) && typeof value.message === 'string' && Array.isArray(value.changes) && value.changes.every(isChange);
}

function isChange(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { kind } = value;
  return (
    typeof kind === 'string' &&
    Object.hasOwn(STRINGS, kind) &&
    STRINGS[kind as ChangeObject['kind']].every((p) => typeof value[p] === 'string')
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
