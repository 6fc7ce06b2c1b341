/** Other circumstances to replay a ledger under: prices that fall or rise, a provider that is gone. */
import { costOfEntry } from './ledger/account.js';
import type { SettledRow } from './ledger/row.js';
import type { KnownPrice, Rates, Unknown } from './price.js';
import { RATE_NAMES } from './price.js';
import { type Replacement, replay } from './replay.js';
import { inputOf, outputOf } from './spending.js';

/** A model that could have been asked. */
export interface Candidate {
  readonly provider: string;
  readonly model: string;
  /** How good it is, greater for better; undefined if nobody said. */
  readonly rank: number | undefined;
  /** Its tokens for one of o200k. */
  readonly ratio: number;
  readonly window: number | undefined;
}

export interface Circumstances {
  /** All prices times this. Default 1. */
  readonly factor?: number | undefined;
  /** A provider that nobody can ask any more. */
  readonly without?: string | undefined;
  readonly candidates: readonly Candidate[];
  readonly priceOf: (provider: string, model: string, at: Date) => KnownPrice | Unknown;
}

/**
 * What each request is replayed as: itself, or, where its provider is gone, the next best model.
 * That is one that is at least as good and takes the prompt; of those the least good, and of
 * these the one that this request would have cost least at.
 */
export function underCircumstances({ factor = 1, without, candidates, priceOf }: Circumstances): (entry: SettledRow) => Replacement {
  const others = candidates.filter((c) => c.provider !== without);
  return (entry) => {
    const { provider, model, reserved } = entry;
    const at = new Date(reserved);
    const priced = (name: string, id: string): KnownPrice | Unknown => timesFactor(priceOf(name, id, at), factor);
    if (provider !== without) return { provider, model, price: priced(provider, model), scale: 1 };
    const asked = candidates.find((c) => c.provider === provider && c.model === model);
    let best: { readonly rank: number; readonly cost: number; readonly by: Replacement } | undefined;
    for (const other of others) {
      const { rank } = other;
      if (rank === undefined || rank < (asked?.rank ?? 0) || (best && rank > best.rank)) continue;
      const scale = other.ratio / (asked?.ratio ?? 1);
      if (other.window !== undefined && tokensOf(entry) * scale > other.window) continue;
      const by: Replacement = { provider: other.provider, model: other.model, price: priced(other.provider, other.model), scale };
      const [replayed] = replay([entry], () => by);
      const cost = costOfEntry(replayed!);
      if (cost !== undefined && (!best || rank < best.rank || cost < best.cost)) best = { rank, cost, by };
    }
    return best?.by ?? { provider, model, price: { kind: 'unknown', reason: 'no other model is known to be as good' }, scale: 1 };
  };
}

const tokensOf = ({ usage }: SettledRow): number => (usage ? inputOf(usage) + outputOf(usage) : 0);

function timesFactor(price: KnownPrice | Unknown, factor: number): KnownPrice | Unknown {
  if (price.kind === 'unknown' || factor === 1) return price;
  const { tiers, ...rates } = price.rates;
  const times = <R extends Partial<Rates>>(of: R): R => {
    const changed = { ...of };
    for (const name of RATE_NAMES) if (of[name] !== undefined) Object.assign(changed, { [name]: of[name] * factor });
    return changed;
  };
  return { ...price, rates: { ...times(rates), ...(tiers ? { tiers: tiers.map(times) } : {}) } };
}
