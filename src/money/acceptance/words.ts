/** Economics in words, for a terminal's table and for a document. */
import { formatCount } from '../../base/count.js';
import { formatUsd, type MicroUsd } from '../micro-usd.js';
import { formatTally } from '../tally.js';
import type { EconomicGrouping, Economics } from './economics.js';

/** A table: its columns, and the cells of each row. */
export interface EconomicsTable {
  readonly columns: readonly { readonly title: string; readonly align?: 'right' }[];
  readonly rows: readonly (readonly string[])[];
}

/** With a last row for everything where there are several groups. */
export function economicsTable(by: EconomicGrouping, groups: readonly Economics[], total: Economics): EconomicsTable {
  const right = (title: string) => ({ title, align: 'right' as const });
  return {
    columns: [
      { title: by },
      right('proposals'),
      right('applied'),
      right('files'),
      right('changes'),
      right('refused'),
      { title: 'cost' },
      right('a change'),
      right('a file'),
    ],
    rows: [...groups, ...(groups.length > 1 ? [total] : [])].map(cellsOf),
  };
}

function cellsOf({ key, proposals, applied, files, changes, tally, perChange, perFile }: Economics): readonly string[] {
  return [
    key,
    formatCount(proposals),
    formatCount(applied),
    `${formatCount(files.accepted)} of ${formatCount(files.proposed)}`,
    `${formatCount(changes.accepted)} of ${formatCount(changes.proposed)}`,
    formatCount(changes.refused),
    formatTally(tally),
    formatCost(perChange),
    formatCost(perFile),
  ];
}

/** "–" where it is not known, or nothing was accepted. */
export const formatCost = (microUsd: number | undefined): string => (microUsd === undefined ? '–' : formatUsd(microUsd as MicroUsd));

/** What the table leaves out, in sentences. */
export function economicsNotes({ open, undone, missing }: Economics): readonly string[] {
  return [
    'Files and changes: accepted, of those proposed; refused are those that Longview would not make.',
    ...(undone > 0 ? [`Taken back: ${formatCount(undone)}.`] : []),
    ...(open > 0 ? [`Neither applied nor discarded: ${formatCount(open)}.`] : []),
    ...(missing > 0 ? [`Requests that the ledger does not have: ${formatCount(missing)}; what they cost is not known.`] : []),
  ];
}
