/**
 * Reads what a provider says was used and billed: the JSON pages of its usage and cost
 * reports. Shapes as in the types of @anthropic-ai/sdk 1.11.0 and openai 7.55.0, and
 * Anthropic's Admin API reference for `usage_report/messages` and `cost_report`.
 */

/** What tokens are compared by: providers do not report every bucket apart. */
export const TOKEN_CLASSES = ['input', 'cacheRead', 'cacheWrite', 'cacheWriteLong', 'output'] as const;
export type TokenClass = (typeof TOKEN_CLASSES)[number];
export type TokenCounts = Readonly<Record<TokenClass, number>>;

export const NO_TOKENS: TokenCounts = { input: 0, cacheRead: 0, cacheWrite: 0, cacheWriteLong: 0, output: 0 };

/** One line of a report. */
export interface ReportLine {
  readonly provider: 'anthropic' | 'openai';
  /** The time it covers, in ms since 1970; its end is not part of it. */
  readonly from: number;
  readonly to: number;
  /** Undefined in a report that was not grouped by model. */
  readonly model?: string | undefined;
  readonly requests?: number | undefined;
  readonly tokens?: TokenCounts | undefined;
  /** In micro-dollars, with as many decimals as the report has. */
  readonly billed?: number | undefined;
}

export type ReadReport =
  | {
      readonly kind: 'read';
      readonly lines: readonly ReportLine[] /** The provider has more pages than the file. */;
      readonly more: boolean;
    }
  | { readonly kind: 'invalid'; readonly reason: string };

/** `value` is one page of a report, or a list of pages; pages of usage and of cost can be mixed. */
export function readReport(value: unknown): ReadReport {
  const lines: ReportLine[] = [];
  const pages = Array.isArray(value) ? value : [value];
  let more = false;
  for (const page of pages) {
    const data = isRecord(page) ? page.data : undefined;
    if (!isRecord(page) || !Array.isArray(data))
      return { kind: 'invalid', reason: 'it is not a page of a usage or cost report: it has no "data"' };
    // Only the last page can say that there are more.
    more = page.has_more === true;
    for (const bucket of data) {
      const from = timeOf(bucket, 'starting_at', 'start_time');
      const to = timeOf(bucket, 'ending_at', 'end_time');
      if (!isRecord(bucket) || from === undefined || to === undefined || from >= to)
        return { kind: 'invalid', reason: 'a bucket has no start or end' };
      const results = bucket.results ?? [bucket];
      if (!Array.isArray(results)) return { kind: 'invalid', reason: 'a bucket has no results' };
      for (const result of results) {
        const line = isRecord(result) ? readLine(result) : undefined;
        if (!line)
          return {
            kind: 'invalid',
            reason: `a result is neither usage nor cost of Anthropic or OpenAI: ${JSON.stringify(result)?.slice(0, 120)}`,
          };
        lines.push({ ...line, from, to });
      }
    }
  }
  return { kind: 'read', lines, more };
}

type Line = Omit<ReportLine, 'from' | 'to'>;

function readLine(result: Fields): Line | undefined {
  if (result.object === 'organization.usage.completions.result') return openAiUsage(result);
  if (result.object === 'organization.costs.result') return openAiCost(result);
  // Anthropic's newer reports keep dimensions and figures apart.
  const group = isRecord(result.group) ? result.group : result;
  if (isRecord(result.usage)) return anthropicUsage(result.usage, group);
  if (isRecord(result.cost)) return anthropicCost(result.cost, group);
  return 'amount' in result ? anthropicCost(result, group) : 'uncached_input_tokens' in result ? anthropicUsage(result, group) : undefined;
}

function anthropicUsage(usage: Fields, group: Fields): Line | undefined {
  const written = isRecord(usage.cache_creation) ? usage.cache_creation : {};
  const tokens = {
    input: count(usage.uncached_input_tokens),
    cacheRead: count(usage.cache_read_input_tokens),
    cacheWrite: count(written.ephemeral_5m_input_tokens),
    cacheWriteLong: count(written.ephemeral_1h_input_tokens),
    output: count(usage.output_tokens),
  };
  return isWhole(tokens) ? { provider: 'anthropic', ...modelOf(group.model), ...requestsOf(usage.requests), tokens } : undefined;
}

/** Amounts are in cents, as a decimal text. */
function anthropicCost({ amount, currency, requests }: Fields, group: Fields): Line | undefined {
  const cents = typeof amount === 'string' && /^-?\d+(\.\d+)?$/.test(amount) ? Number(amount) : Number.NaN;
  if (!Number.isFinite(cents) || currency !== 'USD') return undefined;
  return { provider: 'anthropic', ...modelOf(group.model), ...requestsOf(requests), billed: cents * 10_000 };
}

/** Its input counts what was read from the cache and written to it too. */
function openAiUsage(result: Fields): Line | undefined {
  const written = count(result.input_cache_write_tokens);
  const cacheWriteLong = count(result.input_cache_write_12h_tokens);
  const cacheRead = count(result.input_cached_tokens);
  const tokens = {
    input: count(result.input_tokens) - cacheRead - written,
    cacheRead,
    cacheWrite: written - cacheWriteLong,
    cacheWriteLong,
    output: count(result.output_tokens),
  };
  return isWhole(tokens) ? { provider: 'openai', ...modelOf(result.model), ...requestsOf(result.num_model_requests), tokens } : undefined;
}

/** Amounts are in dollars. A line item is "gpt-6-sol, cached input". */
function openAiCost({ amount, line_item: item }: Fields): Line | undefined {
  if (!isRecord(amount) || typeof amount.value !== 'number' || !Number.isFinite(amount.value) || amount.currency !== 'usd')
    return undefined;
  return { provider: 'openai', ...modelOf(typeof item === 'string' ? item.split(', ', 1)[0] : undefined), billed: amount.value * 1e6 };
}

type Fields = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** 0 if it is not there; not a number if it is no count. */
function count(value: unknown): number {
  return value === undefined || value === null ? 0 : typeof value === 'number' ? value : Number.NaN;
}

const isWhole = (tokens: TokenCounts): boolean => TOKEN_CLASSES.every((c) => Number.isSafeInteger(tokens[c]) && tokens[c] >= 0);

const modelOf = (model: unknown): Pick<ReportLine, 'model'> => (typeof model === 'string' ? { model } : {});

const requestsOf = (requests: unknown): Pick<ReportLine, 'requests'> => (typeof requests === 'number' ? { requests } : {});

/** RFC 3339 from Anthropic, seconds since 1970 from OpenAI. */
function timeOf(bucket: unknown, text: string, seconds: string): number | undefined {
  if (!isRecord(bucket)) return undefined;
  const at =
    typeof bucket[text] === 'string' ? Date.parse(bucket[text]) : typeof bucket[seconds] === 'number' ? bucket[seconds] * 1000 : Number.NaN;
  return Number.isFinite(at) ? at : undefined;
}
