/** The models that can be asked, with their limits: facts in models.json, each with its source. */
import file from './models.json';
import { readTier, type StatedTier } from './router/tiers.js';
import { type TokenFamily, tokenFamilies } from './token-counter.js';

export interface Model {
  /** As the price table calls it: "anthropic", "openai", "google", "x-ai". */
  readonly provider: string;
  /** As the provider's interface calls it. */
  readonly id: string;
  readonly name: string;
  /** Tokens of prompt and answer together; undefined if not published. */
  readonly window?: number | undefined;
  /** Tokens of the prompt alone, where that is less than the window. */
  readonly maxInput?: number | undefined;
  /** Tokens of one answer. */
  readonly maxOutput?: number | undefined;
  readonly tokens: TokenFamily;
  /** A shorter prefix is not cached by the provider. */
  readonly cacheMinimum?: number | undefined;
  /** What is not stated is not known. */
  readonly capabilities: {
    readonly tools?: boolean;
    readonly images?: boolean;
    readonly structuredOutput?: boolean;
    readonly reasoning?: boolean;
  };
  /** Which tasks it is good enough for; undefined if nobody said. */
  readonly tier?: StatedTier | undefined;
  /** ISO date. */
  readonly retires?: string | undefined;
  /** Where limits and capabilities are from. */
  readonly source: string;
}

/** One entry of models.json. */
export interface ModelEntry extends Omit<Model, 'tokens' | 'capabilities' | 'tier' | 'source'> {
  /** Name of a family in tokens.json. */
  readonly tokens: string;
  readonly capabilities?: Model['capabilities'];
  readonly tier: string;
  /** Key in `sources`. */
  readonly source: string;
}

export interface ModelsFile {
  /** Where the tiers are from. */
  readonly tiers: string;
  readonly sources: Readonly<Record<string, string>>;
  readonly models: readonly ModelEntry[];
}

/** Models in the order of the file; throws on a family, source or tier that is not there. */
export function readModels({ sources, tiers, models }: ModelsFile): readonly Model[] {
  return models.map((entry) => {
    const tokens = tokenFamilies[entry.tokens];
    const source = sources[entry.source];
    if (!tokens || source === undefined) throw new Error(`models.json: ${entry.id}: no such ${tokens ? 'source' : 'token family'}`);
    const level = readTier(entry.tier);
    if (!level) throw new Error(`models.json: ${entry.id}: no such tier`);
    return { ...entry, tokens, capabilities: entry.capabilities ?? {}, tier: { level, source: tiers }, source };
  });
}

/** The models that ship, in the order in which they are shown. */
export function openCatalogue(): readonly Model[] {
  return readModels(file);
}
