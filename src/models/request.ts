/** What is asked of a model, before it may leave: the same for every provider. */

/** A stretch of text. Where a later request will begin just as this one up to its end, `cache` asks the provider to keep it. */
export interface PromptPart {
  readonly text: string;
  readonly cache?: 'short' | '1h';
}

export interface Message {
  readonly role: 'user' | 'assistant';
  readonly parts: readonly PromptPart[];
}

/** What an answer is to be: a JSON value by a schema, in the subset that the strict modes of OpenAI and Anthropic take. */
export interface AnswerSchema {
  /** Letters, digits, "_" and "-". */
  readonly name: string;
  readonly schema: { readonly [keyword: string]: unknown };
}

export interface ModelRequest {
  /** As the price table and the settings call it. */
  readonly provider: string;
  /** As the provider calls it. */
  readonly model: string;
  /** Instructions; part of the prefix that stays. */
  readonly system: readonly PromptPart[];
  readonly messages: readonly Message[];
  /** Paths of the files whose text is in it, for the rules that know files by name. */
  readonly files: readonly string[];
  /** Tokens that the answer may have. */
  readonly maxOutput: number;
  /** Names requests that begin alike, the same for a workspace every time; tells nothing about it. */
  readonly cacheKey: string;
  /** Only for a model and an endpoint that take one. Providers count it among the prompt, before all else: what was cached without it is not read with it. */
  readonly answerSchema?: AnswerSchema | undefined;
}

/** The parts with those joined between which no cached stretch ends: as few blocks as the request needs. */
export function joinParts(parts: readonly PromptPart[]): readonly PromptPart[] {
  const joined: PromptPart[] = [];
  let text = '';
  for (const part of parts) {
    text += part.text;
    if (!part.cache) continue;
    joined.push({ text, cache: part.cache });
    text = '';
  }
  return text === '' ? joined : [...joined, { text }];
}
