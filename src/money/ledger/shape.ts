/** Says whether a value read from a file has the members it must have. */

export type Check = (value: unknown) => boolean;
export type Shape = Readonly<Record<string, Check>>;

/** The longest name of a model, session or action. */
export const MAX_NAME = 200;

export function fits(value: unknown, shape: Shape): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const members = value as Readonly<Record<string, unknown>>;
  return Object.entries(shape).every(([key, check]) => check(members[key]));
}

export const anything: Check = () => true;
export const text: Check = (v) => typeof v === 'string';
export const name: Check = (v) => typeof v === 'string' && v.length > 0 && v.length <= MAX_NAME;
export const count: Check = (v) => Number.isSafeInteger(v) && (v as number) >= 0;
/** A time as Date's toISOString writes it. */
export const instant: Check = (v) => typeof v === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(v);

export const optional =
  (check: Check): Check =>
  (v) =>
    v === undefined || check(v);

export const oneOf =
  (...words: readonly string[]): Check =>
  (v) =>
    typeof v === 'string' && words.includes(v);

export const listOf =
  (check: Check): Check =>
  (v) =>
    Array.isArray(v) && v.every(check);

/** All members of an object. */
export const each =
  (check: Check): Check =>
  (v) =>
    typeof v === 'object' && v !== null && Object.values(v).every(check);
