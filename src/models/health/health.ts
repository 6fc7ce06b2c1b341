/**
 * How endpoints have answered lately: a circuit breaker and the measured speed of each
 * endpoint and model. Plain values and pure functions; {@link file://./health-file.ts} keeps them.
 */
import type { ErrorKind } from '../provider.js';

/** Where a request goes, in words that tell nothing of what is asked. */
export interface Place {
  /** Host and path of the endpoint. */
  readonly endpoint: string;
  readonly model: string;
  /** Tells one key from another, and nothing else of it; undefined where none is needed. */
  readonly key?: string | undefined;
}

/** Why an endpoint is left alone. */
export type Cause = Extract<ErrorKind, 'key' | 'credit' | 'rate' | 'overloaded' | 'network' | 'unknown-model'>;

/** The breaker has opened. Times are ms since 1970. */
export interface Opened {
  readonly cause: Cause;
  /** When one request may try again; undefined: not before the key is another. */
  readonly until?: number | undefined;
  /** The key that was refused. */
  readonly key?: string | undefined;
  /** When that one request left, so that no second one follows it. */
  readonly probed?: number | undefined;
}

/** One answer. */
export interface Measured {
  readonly at: number;
  /** Milliseconds from sending to the first text. */
  readonly firstToken: number;
  /** Tokens of the answer per second from then on, where there were enough of them to tell. */
  readonly speed?: number | undefined;
}

export interface Standing {
  /** In a row, of those that are the provider's trouble. */
  readonly failures: number;
  readonly open?: Opened | undefined;
  /** Oldest first. */
  readonly measured: readonly Measured[];
}

/** By place; what holds for all models of an endpoint is under the model "*". */
export type Health = ReadonlyMap<string, Standing>;

export type Verdict =
  | { readonly kind: 'closed' }
  /** The wait is over: one request may find out. */
  | { readonly kind: 'half-open'; readonly cause: Cause }
  | { readonly kind: 'open'; readonly cause: Cause; readonly until?: number | undefined };

const NEVER_ASKED: Standing = { failures: 0, measured: [] };

/** Failures in a row after which an endpoint is left alone. */
const FAILURES_TO_OPEN = 3;

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;

/** The first wait; each further failure doubles it, up to the longest. */
const COOL_DOWN = 5 * SECOND;
const LONGEST_COOL_DOWN = 300 * SECOND;

/** A server may ask for days; after this one request looks whether it still means it. */
const LONGEST_RETRY_AFTER = HOUR;

/** How long a model that is not there stays so: keys are given new models. */
const UNKNOWN_MODEL_FOR = 24 * HOUR;

/** A probe of which nothing is heard for so long has died. */
const PROBE_TAKES = 60 * SECOND;

/** Whether `place` may be asked at `now`. */
export function verdictOf(health: Health, place: Place, now: number): Verdict {
  const verdicts = [nameOf(place, ALL), nameOf(place)].map((name) => verdictOn(health.get(name)?.open, place, now));
  return verdicts.find((v) => v.kind === 'open') ?? verdicts.find((v) => v.kind === 'half-open') ?? { kind: 'closed' };
}

function verdictOn(open: Opened | undefined, place: Place, now: number): Verdict {
  if (!open || (open.key !== undefined && open.key !== place.key)) return { kind: 'closed' };
  const { cause, until, probed } = open;
  if (until === undefined || now < until) return { kind: 'open', cause, until };
  return probed !== undefined && now >= probed && now < probed + PROBE_TAKES
    ? { kind: 'open', cause, until: probed + PROBE_TAKES }
    : { kind: 'half-open', cause };
}

/** A request is about to leave: where the breaker is half open it is the probe. */
export function asking(health: Health, place: Place, now: number): Health {
  const probed = [nameOf(place, ALL), nameOf(place)].flatMap((name): [string, Standing][] => {
    const standing = health.get(name);
    const isHalfOpen = standing?.open && verdictOn(standing.open, place, now).kind === 'half-open';
    return isHalfOpen ? [[name, { ...standing, open: { ...standing.open!, probed: now } }]] : [];
  });
  return probed.length === 0 ? health : new Map([...health, ...probed]);
}

/** It answered: whatever was open is closed. */
export function answered(health: Health, place: Place, measured: Measured | undefined): Health {
  const next = new Map(health);
  next.delete(nameOf(place, ALL));
  const { measured: before } = health.get(nameOf(place)) ?? NEVER_ASKED;
  return put(next, nameOf(place), { failures: 0, measured: (measured ? [...before, measured] : before).slice(-KEPT) });
}

/** What of an error counts. */
export interface Failure {
  readonly kind: ErrorKind;
  readonly status?: number | undefined;
  readonly retryAfterMs?: number | undefined;
}

/** It failed. What the request itself is to blame for changes nothing. */
export function failed(health: Health, place: Place, { kind, status, retryAfterMs }: Failure, now: number): Health {
  const asked = retryAfterMs === undefined ? undefined : Math.min(retryAfterMs, LONGEST_RETRY_AFTER);
  const before = health.get(nameOf(place)) ?? NEVER_ASKED;
  const failures = before.failures + 1;
  const change = (name: string, standing: Standing): Health => put(new Map(health), name, standing);
  switch (kind) {
    case 'key':
    case 'credit': {
      // 403 may concern this one model; all else the account.
      const name = status === 403 ? nameOf(place) : nameOf(place, ALL);
      // Nobody tells when an account is topped up, so that a request looks now and then; it is not billed.
      const until = kind === 'credit' || place.key === undefined ? { until: now + HOUR } : {};
      return change(name, { ...(health.get(name) ?? NEVER_ASKED), open: { cause: kind, ...until, key: place.key } });
    }
    case 'unknown-model':
      return change(nameOf(place), { ...before, open: { cause: kind, until: now + UNKNOWN_MODEL_FOR, key: place.key } });
    case 'rate':
      return change(nameOf(place), { ...before, failures, open: { cause: kind, until: now + (asked ?? coolDown(failures)) } });
    case 'overloaded':
    case 'network': {
      // A probe that fails opens it again at once, and for longer.
      const opens = failures >= FAILURES_TO_OPEN || before.open !== undefined || asked !== undefined;
      const until = now + (asked ?? coolDown(failures - FAILURES_TO_OPEN + 1));
      return change(nameOf(place), { ...before, failures, ...(opens ? { open: { cause: kind, until } } : {}) });
    }
    case 'too-long':
    case 'request':
      return health;
  }
}

/** Of the `n`th failure that opens, counted from 1. */
function coolDown(n: number): number {
  return Math.min(COOL_DOWN * 2 ** Math.max(0, n - 1), LONGEST_COOL_DOWN);
}

export interface Latency {
  /** Milliseconds to the first text. */
  readonly firstToken: number;
  /** Tokens per second. */
  readonly speed: number;
  /** How many answers it is the median of; 0: none, it is only reckoned with. */
  readonly measured: number;
}

/** Reckoned with where too little was measured: a middling hosted model, and no claim about any. */
export const UNMEASURED: Latency = { firstToken: 2 * SECOND, speed: 60, measured: 0 };

/** Answers that one place is remembered by, and for how long. */
const KEPT = 15;
const REMEMBERED_FOR = 7 * 24 * HOUR;

/** Fewer tell nothing. */
const ENOUGH = 3;

/** Medians of the newest answers. */
export function latencyOf(health: Health, place: Place, now: number): Latency {
  const recent = (health.get(nameOf(place))?.measured ?? []).filter(({ at }) => at > now - REMEMBERED_FOR);
  if (recent.length < ENOUGH) return UNMEASURED;
  const speeds = recent.flatMap(({ speed }) => speed ?? []);
  return {
    firstToken: median(recent.map((m) => m.firstToken)),
    speed: speeds.length < ENOUGH ? UNMEASURED.speed : median(speeds),
    measured: recent.length,
  };
}

/** Of a list that is not empty; the lower of two middle ones. */
function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[(values.length - 1) >> 1]!;
}

/** As a model's name: all of them. */
const ALL = '*';

/** No name of a model has a blank. */
const nameOf = ({ endpoint, model }: Place, of = model): string => `${endpoint} ${of}`;

/** Places that are remembered: those heard of last. */
export const MOST_PLACES = 200;

function put(health: Map<string, Standing>, name: string, standing: Standing): Health {
  // Behind all others: the first ones are those of which nothing was heard for longest.
  health.delete(name);
  health.set(name, standing);
  return health.size <= MOST_PLACES ? health : new Map([...health].slice(-MOST_PLACES));
}
