/** A candidate that may be asked, and a need that it meets; what a test says of them goes before. */
import { UNMEASURED } from '../../../src/models/health/health.js';
import type { Candidate, Need } from '../../../src/models/router/route.js';
import { microUsd } from '../../../src/money/micro-usd.js';

export const cents = (n: number): Candidate['cost'] => ({ expected: microUsd(n * 10_000), worst: microUsd(n * 40_000) });

export function candidate(name: string, own: Partial<Candidate> = {}): Candidate {
  return {
    name,
    chosenByUser: false,
    tier: { level: 'standard', source: 'test' },
    capabilities: {},
    barred: [],
    input: { tokens: 10_000, low: 9_000, high: 11_000, exact: false },
    fits: 'yes',
    room: 200_000,
    warm: 0,
    cost: cents(1),
    verdict: { kind: 'closed' },
    latency: UNMEASURED,
    ...own,
  };
}

export function need(own: Partial<Need> = {}): Need {
  return {
    tier: 'standard',
    capabilities: [],
    expectedOutput: 2_000,
    preference: 'balanced',
    allowUnpriced: false,
    named: [],
    at: new Date('2026-11-21T12:00:00Z'),
    ...own,
  };
}
