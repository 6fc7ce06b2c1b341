/** The record of proposals on disk: one file a month beside the ledger, which all windows and commands append to and nobody changes. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dataFolder } from '../../base/user-folders.js';
import { appendLine, listSegments, segmentOf } from '../ledger/segment.js';
import { type AcceptanceRow, type ProposalRow, readAcceptance, writeAcceptance } from './row.js';

export function acceptanceFolder(env: Readonly<Record<string, string | undefined>>): string {
  return join(dataFolder(env), 'proposals');
}

/** What became of a proposal in the end. */
export interface Fate extends Omit<ProposalRow, 'kind'> {
  /** `open`: shown, and nobody has said what becomes of it. */
  readonly state: 'open' | 'decided' | 'undone';
}

export interface Fates {
  /** In the order in which they were first shown. */
  readonly fates: readonly Fate[];
  /** Lines that are no row. */
  readonly damaged: number;
}

export class AcceptanceLog {
  constructor(
    readonly folder: string,
    private readonly options: { readonly durable?: boolean } = {},
  ) {}

  /** On disk when this returns. Rejects where it cannot be written. */
  async append(row: AcceptanceRow): Promise<void> {
    const line = writeAcceptance(row);
    const whole = await appendLine(this.folder, segmentOf(new Date(row.at)), line, this.options.durable ?? true);
    if (!whole) throw new Error(`The record of proposals in "${this.folder}" does not keep what is written to it. Is the disk full?`);
  }

  /** Of all proposals since a day (calendar day of the user's), or since ever. Writes nothing. */
  async read(since?: string): Promise<Fates> {
    const fates = new Map<string, Fate>();
    const undone = new Set<string>();
    let damaged = 0;
    for (const segment of await listSegments(this.folder)) {
      const text = await readFile(join(this.folder, `${segment}.jsonl`), 'utf8');
      for (const line of text.split('\n')) {
        if (line === '') continue;
        const read = readAcceptance(line);
        if (read.kind !== 'row') damaged++;
        else if (read.row.kind === 'undone') undone.add(read.row.proposal);
        else fates.set(read.row.proposal, fateOf(read.row, fates.get(read.row.proposal)));
      }
    }
    const all = [...fates.values()].map((fate): Fate => (undone.has(fate.proposal) ? { ...fate, state: 'undone' } : fate));
    return { fates: all.filter(({ day }) => since === undefined || day >= since), damaged };
  }
}

/** A proposal that is decided stays so, whatever a slower process still says of it. */
function fateOf({ kind, ...row }: ProposalRow, before: Fate | undefined): Fate {
  if (kind === 'shown' && before && before.state !== 'open') return before;
  return { ...row, state: kind === 'shown' ? 'open' : 'decided' };
}
