/** Numbers as the sidebar says them. */

export function count(n: number): string {
  return n.toLocaleString('en-US');
}

/** "1 file", "14 files". */
export function files(n: number): string {
  return `${count(n)} ${n === 1 ? 'file' : 'files'}`;
}

/** "31,496", or of an estimate "40,945–51,968". */
export function range({ low, high }: { readonly low: number; readonly high: number }): string {
  return low === high ? count(low) : `${count(low)}–${count(high)}`;
}

/** Share of `whole` in percent, with a figure that says something: "0.4 %", "25 %". */
export function percent(part: number, whole: number): string {
  const share = whole > 0 ? (100 * part) / whole : 0;
  return `${share > 0 && share < 10 ? Math.max(0.1, share).toFixed(1) : Math.round(share)} %`;
}

/** "64000", "64,000", "64k", "1.5M"; undefined for anything else. */
export function readTokens(text: string): number | undefined {
  const read = /^\s*(\d[\d,_ ]*(?:\.\d+)?)\s*([km]?)\s*$/i.exec(text);
  if (!read) return undefined;
  const unit = { k: 1e3, m: 1e6, '': 1 }[read[2]!.toLowerCase() as 'k' | 'm' | ''];
  return Math.round(Number(read[1]!.replace(/[,_ ]/g, '')) * unit);
}
