/** Writes what becomes of proposals into the record that `longview economics` reads. What cannot be written there keeps nobody from their files. */
import type * as vscode from 'vscode';
import { AcceptanceLog, acceptanceFolder } from '../../money/acceptance/log.js';
import type { AcceptanceRow, ProposalRow } from '../../money/acceptance/row.js';
import { localDay, systemZone } from '../../money/local-day.js';
import { countsOf } from '../../proposals/counts.js';
import type { PlannedFile } from '../../proposals/plan.js';
import type { Answer } from '../requests/answer.js';
import type { Pending } from './pending.js';

export class Acceptance {
  readonly #log = new AcceptanceLog(acceptanceFolder(process.env));

  constructor(private readonly log: vscode.LogOutputChannel) {}

  /** @param accepted files that were written, of each what was. */
  async remember(
    kind: ProposalRow['kind'],
    answer: Answer,
    pending: Pending,
    workspace: string,
    accepted: readonly PlannedFile[],
  ): Promise<void> {
    const at = new Date();
    const plan = { files: pending.files.map(({ file }) => file), refused: pending.refused };
    const slash = answer.model.indexOf('/');
    await this.#append({
      ...{ kind, proposal: pending.id, requests: pending.requests, workspace, action: answer.form?.action ?? 'ask' },
      ...{ provider: answer.model.slice(0, slash), model: answer.model.slice(slash + 1) },
      ...{ at: at.toISOString(), day: localDay(at, systemZone()) },
      ...countsOf(plan, pending.changes, accepted),
    });
  }

  async undone(proposal: string): Promise<void> {
    await this.#append({ kind: 'undone', proposal, at: new Date().toISOString() });
  }

  async #append(row: AcceptanceRow): Promise<void> {
    await this.#log
      .append(row)
      .catch((error: unknown) =>
        this.log.error(`the record of proposals cannot be written: ${error instanceof Error ? error.message : String(error)}`),
      );
  }
}
