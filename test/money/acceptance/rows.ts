/** Rows of the record of proposals. */
import type { ProposalRow } from '../../../src/money/acceptance/row.js';

/** Of two files one is accepted; of five changes three. */
export function proposal(id: string, other: Partial<ProposalRow> = {}): ProposalRow {
  return {
    kind: 'decided',
    proposal: id,
    requests: [`request-${id}`],
    workspace: 'w1',
    action: 'ask',
    provider: 'anthropic',
    model: 'claude-opus-5-5',
    at: '2026-11-21T10:00:00.000Z',
    day: '2026-11-21',
    files: { proposed: 2, accepted: 1, refused: 1 },
    changes: { proposed: 5, accepted: 3, refused: 2 },
    ...other,
  };
}
