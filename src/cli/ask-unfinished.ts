/** An answer of the command line that broke off: kept until it is finished, with the command that goes on from it. */
import { dataFolder } from '../base/user-folders.js';
import { deniedClass } from '../policy/file-classes.js';
import type { Basis } from '../proposals/proposal.js';
import type { SettledEvent } from '../request.js';
import { UnfinishedAnswers, unfinishedFolder } from '../session/unfinished.js';
import type { Undertaking } from './ask-carry-out.js';
import { ASK_OPTIONS, type AskValues } from './ask-options.js';
import type { AskSetting } from './ask-setting.js';
import { COMMON_OPTIONS, type CommandContext, type Terminal } from './command.js';

export interface Broken {
  readonly end: SettledEvent;
  /** What was answered, as it came. */
  readonly came: string;
  readonly undertaking: Undertaking;
  readonly basis: Basis | undefined;
  /** Where it is a turn of a session: that has it. */
  readonly kept: boolean;
  /** Its id in the ledger. */
  readonly request: string;
}

/** What a user can do about an answer that broke off. */
export interface Further {
  /** Under which it is kept; undefined where it cannot be gone on with. */
  readonly id?: string;
  readonly words: string;
}

/** Undefined for an answer that has its end, or no beginning; what was kept of it goes then. */
export async function keepUnfinished(
  { end, came, undertaking, basis, kept, request }: Broken,
  setting: AskSetting,
  values: AskValues,
  { terminal }: CommandContext,
): Promise<Further | undefined> {
  const { action, session, title, form, next, onward } = undertaking;
  const { prepared, ended, receipt } = end;
  const answers = openUnfinished(terminal, setting.workspace);
  const { kind } = ended.outcome;
  if (kind === 'complete' && onward) await answers.forget(onward.id);
  if (kind === 'complete' || kind === 'declined') return undefined;
  // Nothing came: what was kept before is still all of it.
  if (came.trim() === '') return onward && { id: onward.id, words: hint(onward.id, values) };
  const why = !kept ? 'its session went on elsewhere' : whyNot(prepared.cleared);
  if (why !== undefined) return { words: `It cannot be gone on with: ${why}.` };
  const before = onward?.before.kind === 'alone' ? onward.before : undertaking.plan.question.asBefore(prepared, receipt);
  // Letters that a shell leaves alone, and nobody has to type.
  const id = onward?.id ?? request.slice(0, 8);
  const { provider, model } = prepared.cleared;
  try {
    await answers.keep({
      ...{ id, before, provider, model, session, action, title, answer: (onward?.answer ?? '') + came },
      at: setting.at.toISOString(),
      budget: undertaking.budget,
      ...(form && basis ? { form: { key: form.key, basis: [...basis], next } } : {}),
    });
  } catch (error) {
    return { words: `It cannot be gone on with: it could not be kept (${(error as Error).message}).` };
  }
  return { id, words: hint(id, values) };
}

export function openUnfinished({ env }: Pick<Terminal, 'env'>, workspace: string): UnfinishedAnswers {
  return new UnfinishedAnswers(unfinishedFolder(dataFolder(env), workspace));
}

function whyNot({ answerSchema, files }: SettledEvent['prepared']['cleared']): string | undefined {
  if (answerSchema)
    return 'it was written by a schema, and the rest of an object is no object. Ask again with a larger --max-output, or with --answer-form text';
  const denied = files.find((path) => deniedClass(path));
  return denied === undefined ? undefined : `its prompt has ${denied}, which is not kept on disk`;
}

/** Options that decide who is asked, under what, and what becomes of the answer. */
const CARRIED = [
  ...['repo', 'ignore', 'huge', 'store', 'no-store', 'max-output', 'max-cost', 'budgets', 'allow-unpriced', 'allow-file'],
  ...['local-only', 'audit-paths', 'base-url', 'endpoints', 'prices', 'ledger', 'yes', 'apply', 'fix', 'check-rules'],
];

function hint(id: string, values: AskValues): string {
  const options = new Map<string, object>(Object.entries({ ...ASK_OPTIONS, ...COMMON_OPTIONS }));
  const given = new Map<string, unknown>(Object.entries(values));
  const words = CARRIED.flatMap((name) => {
    const value = given.get(name);
    const usual = (options.get(name) as { readonly default?: unknown }).default;
    if (value === undefined || value === false || value === usual) return [];
    return [value].flat().flatMap((one) => (one === true ? [`--${name}`] : [`--${name}`, quoted(String(one))]));
  });
  return `Go on from here: ${['longview ask --continue', id, ...words].join(' ')}`;
}

/** For a shell that quotes as POSIX has it, where it needs to be. */
function quoted(text: string): string {
  const plain = process.platform === 'win32' ? /^[\w@%+=:,./\\-]+$/ : /^[\w@%+=:,./-]+$/;
  return plain.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
