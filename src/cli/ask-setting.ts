/** What every request of the command line is sent under: prices, budgets, what may leave, who was asked before. */
import { dataFolder } from '../base/user-folders.js';
import type { Snapshot } from '../index/snapshot.js';
import type { HealthFile } from '../models/health/health-file.js';
import type { Budgets } from '../money/budgets.js';
import { Ledger } from '../money/ledger/ledger.js';
import { systemZone } from '../money/local-day.js';
import { microUsd } from '../money/micro-usd.js';
import type { PriceTable } from '../money/price-table.js';
import type { EgressPolicy } from '../policy/gate.js';
import { machineKey } from '../policy/machine-key.js';
import { Redaction } from '../policy/redaction.js';
import { FORM_WISHES, type FormWish } from '../proposing.js';
import { workspaceId } from '../workspace/id.js';
import type { AskValues } from './ask-options.js';
import { type CommandContext, CommandError, EXIT } from './command.js';
import { userBudgets } from './cost.js';
import { ledgerOption } from './ledger.js';
import { openHealth } from './routing.js';
import { findFile } from './workspace.js';

export interface AskSetting {
  readonly at: Date;
  readonly snapshot: Snapshot;
  /** Its id in the ledger. */
  readonly workspace: string;
  readonly prices: PriceTable;
  readonly budgets: Budgets;
  readonly policy: EgressPolicy;
  /** Of the ledger. */
  readonly folder: string;
  readonly ledger: Ledger;
  readonly health: HealthFile;
  /** Of this machine. */
  readonly secret: Uint8Array;
  readonly redaction: Redaction;
  /** How changes are to be written. */
  readonly wish: FormWish;
}

export function budgetsOf(values: Pick<AskValues, 'budgets' | 'max-cost'>, context: CommandContext): Budgets {
  const stated = values.budgets === undefined ? { providers: {} } : userBudgets(values.budgets, context);
  return { ...stated, ...(values['max-cost'] === undefined ? {} : { request: parseUsd(values['max-cost']) }) };
}

/** Throws a CommandError for a file that is to be allowed and is none of the workspace. */
export async function openSetting(
  values: AskValues,
  known: Pick<AskSetting, 'at' | 'snapshot' | 'prices' | 'budgets' | 'wish'>,
  context: CommandContext,
): Promise<AskSetting> {
  const { terminal } = context;
  const folder = ledgerOption(values.ledger, terminal);
  const secret = await machineKey(dataFolder(terminal.env));
  return {
    ...known,
    workspace: workspaceId(known.snapshot.roots),
    policy: {
      localOnly: values['local-only'],
      allowed: new Set(values['allow-file'].map((f) => findFile(known.snapshot, f, context))),
    },
    folder,
    ledger: new Ledger(folder, { zone: systemZone() }),
    health: openHealth(terminal),
    secret,
    redaction: new Redaction(secret),
  };
}

export function wishedForm(text: string): FormWish {
  const wish = FORM_WISHES.find((w) => w === text);
  if (!wish) throw new CommandError(`--answer-form "${text}" is none of ${FORM_WISHES.join(', ')}.`, EXIT.usage);
  return wish;
}

function parseUsd(text: string): ReturnType<typeof microUsd> {
  const usd = Number(text.replace(/^\$/, ''));
  if (text.trim() === '' || !(usd >= 0 && usd < 1e6))
    throw new CommandError(`--max-cost "${text}" is not an amount of US dollars. Write it like 0.25.`, EXIT.usage);
  return microUsd(Math.round(usd * 1e6));
}
