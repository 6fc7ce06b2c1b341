/** Options of the commands that ask a model. */
import { ENDPOINTS } from '../models/providers/presets.js';
import type { parseCommand } from './command.js';
import { ROUTING_OPTIONS } from './routing.js';

export const ASK_OPTIONS = {
  ...ROUTING_OPTIONS,
  kind: { type: 'string' },
  budget: { type: 'string', default: '32k' },
  session: { type: 'string' },
  count: { type: 'boolean', default: false },
  'max-output': { type: 'string', default: '8k' },
  yes: { type: 'boolean', default: false },
  'dry-run': { type: 'boolean', default: false },
  apply: { type: 'boolean', default: false },
  'answer-form': { type: 'string', default: 'auto' },
  fix: { type: 'boolean', default: false },
  'check-rules': { type: 'string' },
  'max-cost': { type: 'string' },
  budgets: { type: 'string' },
  'allow-file': { type: 'string', multiple: true, default: [] as string[] },
  'local-only': { type: 'boolean', default: false },
  'audit-paths': { type: 'string', default: 'listed' },
  prices: { type: 'string' },
} as const;

export type AskValues = ReturnType<typeof parseCommand<typeof ASK_OPTIONS>>['values'];

/** What is known of keys and secrets, for the beginning of a help text. */
export const KEYS_HELP = `The key is read from the environment: ${ENDPOINTS.flatMap((e) => e.keyVariable ?? [])
  .slice(0, 4)
  .join(', ')}, …
Secrets in the text are replaced before it leaves, and put back into the answer.
Environment files, private keys and other credentials are left out of the pack.`;

/** From `--budget` to `--dry-run`, then from `--max-cost` on. */
export const ASK_HELP = `  --budget N          o200k tokens of the prompt: 2k to 2m (default 32k)
  --session NAME      go on with a session, or begin one: the model has what was sent and
                      answered before, and only what is new is added (docs/sessions.md);
                      longview session lists them and forgets them
  --max-output N      tokens the answer may have (default 8k)
  --yes               send without asking first; needed where there is no terminal
  --count             let the provider count the prompt, where it can: the quote is exact, and
                      the prompt is sent there for it before you agree to the price
  --dry-run           say what it would cost, send nothing`;
/** Of the commands that may have changes proposed. */
export const PROPOSING_HELP = `  --fix               changes that cannot be made go back to the model once, with the reason:
                      without asking; at a terminal you are asked, with the price
  --check-rules MODEL this model, usually a cheaper one, says which of the project's rules (AGENTS.md,
                      CLAUDE.md, .github/copilot-instructions.md, .longview/rules.md) a proposal
                      breaks, before you decide; its price is told first
  --answer-form FORM  how changes are written: schema (the provider holds the answer to a JSON
                      schema), text (blocks between markers), or auto: by a schema where model
                      and endpoint are known to take one, in a session as its answers
                      came before (default)`;
export const SENDING_HELP = `  --max-cost USD      refuse if it could cost more
  --budgets FILE      budgets to hold, as in longview cost --help
  --allow-unpriced    send even if the price is not known, under a budget too
  --allow-file FILE   let out a file that holds credentials by its name; repeatable
  --local-only        ask only servers on this machine
  --audit-paths HOW   files in the audit log (longview audit): listed (default) or hashed
  --base-url URL      another address of the model's provider
  --endpoints FILE    providers of your own: JSON of "id": {"baseUrl", "name"?, "protocol"?,
                      "keyVariable"?, "deviations"?, …} (docs/providers.md)
  --prices FILE       prices of your own, as in longview models --help
  --ledger DIR        another ledger (default: the user's data folder)`;
