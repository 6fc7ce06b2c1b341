/** The ledger for other programs: a table of attempts, as CSV for spreadsheets or as plain objects. */
import { costOfEntry, type Entry } from './ledger/account.js';
import { inputOf, isSent, outputOf } from './spending.js';

export type Cell = string | number | null;

/** One attempt a row; null is what is not known or does not apply. Costs are in micro-dollars. */
export type ExportedAttempt = Readonly<Record<(typeof COLUMNS)[number], Cell>>;

export const COLUMNS = [
  'reserved',
  'settled',
  'day',
  'request',
  'number',
  'attempt',
  'session',
  'workspace',
  'workspaceName',
  'provider',
  'model',
  'action',
  'outcome',
  'cost',
  'costByPriceTable',
  'costByProvider',
  'worst',
  'quoteLow',
  'quoteHigh',
  'withoutCache',
  'unknown',
  'input',
  'plainInput',
  'cacheRead',
  'expectedCacheRead',
  'cacheWrite5m',
  'cacheWrite1h',
  'cacheWrite12h',
  'cacheWriteOther',
  'output',
  'reasoning',
  'webSearches',
  'mode',
  'priceEntry',
  'priceSource',
  'priceDate',
] as const;

/** Every attempt that was sent. */
export function exportAttempts(entries: readonly Entry[]): ExportedAttempt[] {
  return entries.filter(isSent).map((entry) => {
    const settled = entry.kind === 'settled' ? entry : undefined;
    const usage = settled?.usage;
    const bucket = (name: keyof NonNullable<typeof usage>): Cell => (usage ? (usage[name] ?? 0) : null);
    return {
      reserved: entry.reserved,
      settled: settled?.at ?? null,
      day: entry.day,
      request: entry.request,
      number: entry.number,
      attempt: entry.attempt,
      session: entry.session,
      workspace: entry.workspace,
      workspaceName: entry.workspaceName ?? null,
      provider: entry.provider,
      model: entry.model,
      action: entry.action,
      outcome: settled?.outcome ?? (entry.kind === 'lost' ? 'lost' : 'on its way'),
      cost: costOfEntry(entry) ?? null,
      costByPriceTable: settled && 'microUsd' in settled.cost ? settled.cost.microUsd : null,
      costByProvider: settled?.reported ?? null,
      worst: entry.worst ?? null,
      quoteLow: entry.quote?.low ?? null,
      quoteHigh: entry.quote?.high ?? null,
      withoutCache: settled?.uncached ?? null,
      unknown: settled && 'unknown' in settled.cost ? settled.cost.unknown : null,
      input: usage ? inputOf(usage) : null,
      plainInput: bucket('input'),
      cacheRead: bucket('cacheRead'),
      expectedCacheRead: entry.expectedCacheRead,
      cacheWrite5m: bucket('cacheWrite5m'),
      cacheWrite1h: bucket('cacheWrite1h'),
      cacheWrite12h: bucket('cacheWrite12h'),
      cacheWriteOther: bucket('cacheWriteOther'),
      output: usage ? outputOf(usage) : null,
      reasoning: bucket('reasoning'),
      webSearches: bucket('webSearches'),
      mode: settled?.mode ?? null,
      priceEntry: settled?.price?.entry ?? null,
      priceSource: settled?.price?.name ?? null,
      priceDate: settled?.price?.date ?? null,
    };
  });
}

/**
 * CSV by RFC 4180, its titles first. A text that a spreadsheet would take for a formula has
 * an apostrophe before it (OWASP, CSV Injection): names of models and sessions come from elsewhere.
 */
export function toCsv(columns: readonly string[], rows: readonly Readonly<Record<string, Cell>>[]): string {
  return [columns, ...rows.map((row) => columns.map((column) => row[column] ?? null))]
    .map((cells) => `${cells.map(cell).join(',')}\r\n`)
    .join('');
}

function cell(value: Cell): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r\n＝＋－＠]/.test(value) ? `'${value}` : value;
  return /[",\r\n\t;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
