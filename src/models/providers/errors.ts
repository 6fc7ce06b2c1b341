/** Turns what an SDK or the network throws into a {@link ProviderError}, without anything of the key. */
import { type ErrorKind, ProviderError } from '../provider.js';

/** The fields that the errors of both SDKs share. */
interface ApiErrorFields {
  readonly status?: number | undefined;
  readonly code?: string | number | null | undefined;
  readonly type?: string | null | undefined;
  readonly headers?: Headers | undefined;
  readonly message: string;
}

const TOO_LONG =
  /context[ _-]?(?:length|window)|too (?:long|many tokens)|maximum (?:context|prompt)|prompt is too long|exceeds? .{0,40}tokens/i;
const NO_CREDIT = /insufficient_quota|billing|spend_limit|credit/i;

/** Whom a request is sent to. */
export interface Addressee {
  /** Its name for people. */
  readonly name: string;
  /** Taken out of whatever a server says. Local servers need none. */
  readonly key?: string | undefined;
  /** What to do about credentials that are not a key; ends without a full stop. */
  readonly signIn?: string | undefined;
}

export function providerError(error: unknown, { name, key, signIn }: Addressee): ProviderError {
  if (error instanceof ProviderError) return error;
  const { status, code, type, headers, message } = fieldsOf(error);
  const kind = kindOf(status, `${code ?? ''} ${type ?? ''}`, message);
  const said = withoutKey(message, key).slice(0, 500);
  const advice =
    status !== undefined && status >= 300 && status < 400
      ? 'the server points to another address, which is not followed. Check the address.'
      : kind === 'key' && signIn !== undefined
        ? `the credentials were not accepted. ${signIn}.`
        : ADVICE[kind];
  return new ProviderError(
    kind,
    `${name}: ${advice} (${status ?? code ?? 'no answer'}: ${said})`,
    status,
    retryAfter(headers),
    neverArrived(error),
  );
}

/** What Node says of a connection that did not come about, by the code of a system call. */
const NO_CONNECTION = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);

/** Whether no connection came about, which the SDKs wrap in errors of their own. */
function neverArrived(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, errors } = error as { readonly code?: unknown; readonly errors?: unknown };
  if (typeof code === 'string' && NO_CONNECTION.has(code)) return true;
  // One for each address that was tried.
  if (Array.isArray(errors) && errors.length > 0) return errors.every(neverArrived);
  return neverArrived(error.cause);
}

const ADVICE: Readonly<Record<ErrorKind, string>> = {
  key: 'the key was not accepted. Set it again.',
  credit: 'the account has no credit left, or its limit is reached. Top it up, or choose another provider.',
  rate: 'too many requests for now. Wait a little, or choose another model.',
  overloaded: 'the provider has trouble. Try again, or choose another model.',
  network: 'the connection failed. Check the network and the address.',
  'too-long': 'the prompt is longer than the model takes. Lower the token budget, or choose a model with a larger window.',
  'unknown-model': 'there is no such model for this key. Choose another.',
  request: 'the request was not understood.',
};

function kindOf(status: number | undefined, codes: string, message: string): ErrorKind {
  if (status === undefined) return kindOfEvent(codes, message);
  if (status === 402 || NO_CREDIT.test(codes)) return 'credit';
  if (status === 401 || status === 403) return 'key';
  if (status === 404) return 'unknown-model';
  if (status === 429) return 'rate';
  if (status === 408 || status === 409 || status >= 500) return 'overloaded';
  return status === 413 || TOO_LONG.test(codes) || TOO_LONG.test(message) ? 'too-long' : 'request';
}

/** Of an error that came in a stream, by its type: in the words of the providers, and in those of Bedrock (throttlingException). */
function kindOfEvent(codes: string, message: string): ErrorKind {
  if (/overloaded|server_error|api_error|internalServer|serviceUnavailable|modelStreamError|modelTimeout/.test(codes)) return 'overloaded';
  if (/rate|throttling/.test(codes)) return 'rate';
  if (/validationException/.test(codes)) return TOO_LONG.test(message) ? 'too-long' : 'request';
  // What the SDKs of the clouds say when their chain of credentials finds none.
  return /\bcredentials\b/i.test(message) ? 'key' : 'network';
}

function fieldsOf(error: unknown): ApiErrorFields {
  if (!(error instanceof Error)) return { message: String(error) };
  const { status, code, type, headers } = error as Partial<ApiErrorFields>;
  // Gateways put the status of what is behind them into an event of a stream that itself answered 200.
  const told = status ?? (/^[45]\d\d$/.test(String(code)) ? Number(code) : undefined);
  // A reset connection is "terminated"; what it came from says more.
  const cause = error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
  return { status: told, code, type, headers, message: cause };
}

function withoutKey(text: string, key: string | undefined): string {
  const hidden = key ? text.replaceAll(key, '…') : text;
  // Servers quote the beginning and end of a key they do not know; AWS repeats all of a request whose signature it does not accept.
  return hidden.replace(
    /\b(?:(?:sk|key|xai|gsk|hf)[-_][A-Za-z0-9_*-]{6,}|(?:AKIA|ASIA)[A-Z0-9]{12,}|ya29\.[A-Za-z0-9_.-]{6,}|[A-Za-z0-9+/=_-]{40,})/g,
    '…',
  );
}

/** Milliseconds that `retry-after-ms` or `retry-after` (seconds or a date) ask for. */
function retryAfter(headers: Headers | undefined): number | undefined {
  const ms = Number(headers?.get('retry-after-ms') ?? Number.NaN);
  if (ms >= 0) return ms;
  const value = headers?.get('retry-after');
  if (value === null || value === undefined) return undefined;
  const seconds = Number(value);
  const wait = Number.isNaN(seconds) ? Date.parse(value) - Date.now() : seconds * 1000;
  return wait >= 0 ? wait : undefined;
}
