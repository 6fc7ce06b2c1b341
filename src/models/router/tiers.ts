/** Which models are good enough for a task: three tiers, stated and never measured here, and the one that a task needs. */

/** From the least to the most able. */
export const TIERS = ['light', 'standard', 'strong'] as const;
export type QualityTier = (typeof TIERS)[number];

export interface StatedTier {
  readonly level: QualityTier;
  /** Whose judgement it is. */
  readonly source: string;
}

/** What a task asks of a model. */
export const TASK_TIERS = {
  /** Telling what is there: a summary, a commit message. */
  summary: 'light',
  /** A question about the code. */
  question: 'standard',
  /** Code that is to work. */
  change: 'strong',
} as const satisfies Readonly<Record<string, QualityTier>>;
export type TaskKind = keyof typeof TASK_TIERS;

/** 0 for the least able. */
export const rankOf = (tier: QualityTier): number => TIERS.indexOf(tier);

export function readTier(word: string): QualityTier | undefined {
  return TIERS.find((tier) => tier === word);
}

export type ReadTiers =
  | { readonly kind: 'read'; readonly tiers: ReadonlyMap<string, QualityTier> }
  /** One sentence for each mistake, naming the entry. */
  | { readonly kind: 'invalid'; readonly problems: readonly string[] };

/** The user's own: an object of `"provider/model": "light" | "standard" | "strong"`, which goes before what the catalogue states. */
export function readTiers(value: unknown): ReadTiers {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { kind: 'invalid', problems: ['tiers must be an object like { "ollama/qwen3:32b": "standard" }'] };
  const tiers = new Map<string, QualityTier>();
  const problems: string[] = [];
  for (const [name, word] of Object.entries(value)) {
    const tier = typeof word === 'string' ? readTier(word) : undefined;
    if (!/^[^/]+\/./.test(name)) problems.push(`"${name}": name it "provider/model", like "anthropic/claude-sonnet-5"`);
    else if (tier) tiers.set(name, tier);
    else problems.push(`"${name}" must be one of ${TIERS.join(', ')}`);
  }
  return problems.length > 0 ? { kind: 'invalid', problems } : { kind: 'read', tiers };
}
