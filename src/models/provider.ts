/** What every provider is to Longview: something that streams an answer and says how it ended. */
import type { ClearedRequest } from '../policy/gate.js';

export interface Provider {
  /** Streams the answer; the last event, and only that, is `ended`. Never throws: what goes wrong is how it ended. */
  stream(request: ClearedRequest, signal: AbortSignal): AsyncGenerator<AnswerEvent, void>;
  /** Models that the endpoint offers now, with the limits it states. Rejects with a {@link ProviderError}. */
  listModels(signal: AbortSignal): Promise<readonly OfferedModel[]>;
  /** Tokens of the prompt by the provider's own count; undefined where it has none. Rejects with a {@link ProviderError}. */
  countTokens?(request: ClearedRequest, signal: AbortSignal): Promise<number>;
}

export interface OfferedModel {
  readonly id: string;
  readonly window?: number | undefined;
  readonly maxOutput?: number | undefined;
}

export type AnswerEvent =
  | { readonly kind: 'text'; readonly text: string }
  /** What the model lets be seen of its reasoning. */
  | { readonly kind: 'thinking'; readonly text: string }
  | Ended;

export interface Ended {
  readonly kind: 'ended';
  readonly outcome:
    | { readonly kind: 'complete' }
    /** The answer's limit, or the window, was reached: it can be continued. */
    | { readonly kind: 'length' }
    /** The provider declined to answer. */
    | { readonly kind: 'declined'; readonly reason: string }
    /** The stream broke off after it began: what came is kept. */
    | { readonly kind: 'cut'; readonly error: ProviderError }
    | { readonly kind: 'cancelled' }
    /** Before the first token. */
    | { readonly kind: 'failed'; readonly error: ProviderError };
  /** Undefined if none was reported. Of a stream that was cut: what was reported until then, which is the only evidence of its cost. */
  readonly usage: WireUsage | undefined;
  /** Whether `usage` is the provider's final word. */
  readonly final: boolean;
  /** What the provider calls the request, for its support. */
  readonly requestId?: string | undefined;
}

/** Usage as the provider reports it, in the words of its protocol. */
export interface WireUsage {
  readonly protocol: 'anthropic' | 'openai';
  readonly fields: object;
  /** The tier that was billed, where the answer states it beside the usage. */
  readonly serviceTier?: string | undefined;
}

/** What to do about an error, as far as its kind tells. */
export type ErrorKind =
  /** 401, 403: open until the key is changed. */
  | 'key'
  /** 402, out of credit, spend limit: open until the user acts. */
  | 'credit'
  /** 429. */
  | 'rate'
  /** 500 and above, 529. */
  | 'overloaded'
  /** No connection, reset, or no answer in time. */
  | 'network'
  /** The prompt is longer than the model takes. */
  | 'too-long'
  /** 404. */
  | 'unknown-model'
  /** Any other answer of 4xx, or one that is not in the protocol. */
  | 'request';

export class ProviderError extends Error {
  /** What it is known by across bundles. */
  override readonly name = 'ProviderError';

  /**
   * @param message for the user: what happened, at whom, and what to do; never a key.
   * @param retryAfterMs as the provider asked for.
   * @param unsent the request never arrived anywhere.
   */
  constructor(
    readonly kind: ErrorKind,
    message: string,
    readonly status?: number,
    readonly retryAfterMs?: number,
    readonly unsent: boolean = false,
  ) {
    super(message);
  }
}
