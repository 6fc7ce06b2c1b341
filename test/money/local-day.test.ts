import assert from 'node:assert/strict';
import fc from 'fast-check';
import { localDay, monthOf } from '../../src/money/local-day.js';

describe('money/local-day', () => {
  const day = (at: string, zone: string) => localDay(new Date(at), zone);

  it('is the calendar day where the user is', () => {
    assert.equal(day('2026-11-21T23:30:00Z', 'UTC'), '2026-11-21');
    assert.equal(day('2026-11-21T23:30:00Z', 'Europe/Berlin'), '2026-11-22');
    assert.equal(day('2026-11-21T23:30:00Z', 'America/Los_Angeles'), '2026-11-21');
    assert.equal(day('2026-11-21T10:30:00Z', 'Pacific/Kiritimati'), '2026-11-22');
    assert.equal(monthOf(day('2026-11-30T23:30:00Z', 'Asia/Kolkata')), '2026-12');
  });

  it('has 23 hours when clocks go forward and 25 when they go back', () => {
    const hours = (date: string, zone: string): number => {
      const from = Date.parse(`${date}T00:00:00Z`) - 86_400_000;
      return Array.from({ length: 72 }, (_, h) => localDay(new Date(from + h * 3_600_000), zone)).filter((d) => d === date).length;
    };
    assert.equal(hours('2026-03-29', 'Europe/Berlin'), 23);
    assert.equal(hours('2026-10-25', 'Europe/Berlin'), 25);
    assert.equal(hours('2026-11-01', 'America/New_York'), 25);
    assert.equal(hours('2026-11-21', 'America/New_York'), 24);
  });

  it('knows zones of half hours, and clocks that change at midnight', () => {
    assert.equal(day('2026-11-21T18:29:59Z', 'Asia/Kolkata'), '2026-11-21');
    assert.equal(day('2026-11-21T18:30:00Z', 'Asia/Kolkata'), '2026-11-22');
    // Cuba: 23:59:59 is followed by 01:00.
    assert.equal(day('2026-03-08T04:59:59Z', 'America/Havana'), '2026-03-07');
    assert.equal(day('2026-03-08T05:00:00Z', 'America/Havana'), '2026-03-08');
  });

  it('never goes back', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true }),
        fc.nat(1e8),
        fc.constantFrom('Europe/Berlin', 'America/Havana', 'Australia/Lord_Howe', 'UTC'),
        (at, ms, zone) => {
          assert.ok(localDay(at, zone) <= localDay(new Date(at.getTime() + ms), zone));
        },
      ),
    );
  });

  it('refuses a zone that there is not', () => {
    assert.throws(() => localDay(new Date(), 'Europe/Atlantis'), RangeError);
  });
});
