/** Calendar days where the user is. */

const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * The calendar day of an instant in an IANA time zone, as "2026-11-21". The zone's own rules
 * count, so a day of 23 or 25 hours is one day. Throws a RangeError if there is no such zone.
 */
export function localDay(at: Date, zone: string): string {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en', {
      timeZone: zone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    formats.set(zone, format);
  }
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${part.year!.padStart(4, '0')}-${part.month}-${part.day}`;
}

/** "2026-11" of "2026-11-21". */
export const monthOf = (day: string): string => day.slice(0, 7);

/** The zone that this process runs in. */
export const systemZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
