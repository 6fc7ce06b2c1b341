/** Names that the clouds give Claude's models. */
import type { Model } from './catalogue.js';

const CLOUDS = /^(?:bedrock|vertex|vertex-regional|foundry)$/;

/**
 * What a cloud calls "us.anthropic.claude-opus-5-v1:0" or "claude-opus-5@20260701" is
 * Anthropic's claude-opus-5: the same tokens and, as far as Anthropic says, the same limits.
 * Undefined if none of `known` is meant.
 */
export function claudeAt(provider: string, id: string, known: readonly Model[]): Model | undefined {
  if (!CLOUDS.test(provider)) return undefined;
  const plain = /^(?:.*\.)?(claude-[a-z0-9-]+?)(?:[-@]20\d{6})?(?:-v\d+(?::\d+)?)?$/.exec(id)?.[1];
  const model = known.find((m) => m.provider === 'anthropic' && m.id === plain);
  return model && { ...model, provider, id, source: `as anthropic/${model.id}: ${model.source}` };
}
