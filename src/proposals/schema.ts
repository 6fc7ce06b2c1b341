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
