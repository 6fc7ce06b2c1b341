/** What the sidebar shows, from what the services know. Pure, so that it can be tested without an editor. */
import { formatCount } from '../../base/count.js';
import { MAX_BUDGET, MIN_BUDGET } from '../../context/budget.js';
import type { SentPack } from '../../engine/protocol.js';
import { formatUsd } from '../../money/micro-usd.js';
import type { PriceSource } from '../../money/price.js';
import { type CostRange, promptRoom } from '../../money/quote.js';
import type {
  Amount,
  BudgetPreset,
  BudgetView,
  FocusView,
  PackFigures,
  PackView,
  QuotesView,
  QuoteView,
  ShownLevel,
  WorkspaceView,
} from '../../webview/sidebar/protocol.js';
import { BUDGET_PRESETS } from '../budget-presets.js';
import type { PackState } from '../current-pack.js';
import type { FocusChoice, FocusPlace } from '../focus.js';
import type { ModelQuote } from '../price-quotes.js';
import type { IndexState } from '../workspace-index.js';

const LEVELS: readonly ShownLevel[] = ['full', 'signatures', 'outline', 'path'];

export function workspaceView(state: IndexState): WorkspaceView {
  switch (state.kind) {
    case 'indexing':
      return { kind: 'indexing', done: state.done, total: state.total, first: !state.last };
    case 'ready': {
      const { files, tokens, problems } = state.last;
      return { kind: 'ready', files, tokens, problems: problems.length, notice: state.notice };
    }
    case 'failed':
      return { kind: 'failed', message: state.message };
    case 'paused':
      return { kind: 'paused' };
    case 'no-folder':
    case 'asleep':
      return state;
  }
}

/** @param named path of a file as the user knows it. */
export function focusView(
  choice: FocusChoice,
  place: FocusPlace | undefined,
  state: PackState,
  named: (absolute: string) => string,
): FocusView {
  return {
    choice: choice.kind,
    label: place && labelOf(place, named),
    outside: place !== undefined && state.kind === 'packed' && state.request.focus === undefined,
  };
}

function labelOf({ absolute, lines }: FocusPlace, named: (absolute: string) => string): string {
  if (!lines) return named(absolute);
  const [first, last] = [lines.start + 1, lines.end + 1];
  return `${named(absolute)}, ${first === last ? `line ${first}` : `lines ${first}–${last}`}`;
}

/** The chosen model's window comes first: it is what a budget is for. */
export function budgetView(tokens: number, chosen: QuoteView | undefined): BudgetView {
  const room = Math.min(chosen?.room ?? 0, MAX_BUDGET);
  const ofModel: BudgetPreset[] =
    chosen && room >= MIN_BUDGET
      ? [{ label: chosen.name, hint: `${formatCount(room)} tokens: what surely fits the window of ${chosen.name}`, tokens: room }]
      : [];
  const others = BUDGET_PRESETS.map((n) => ({ label: shortly(n), hint: `${formatCount(n)} tokens`, tokens: n }));
  return { tokens, least: MIN_BUDGET, most: MAX_BUDGET, presets: [...ofModel, ...others] };
}

export function packView(state: PackState): PackView {
  switch (state.kind) {
    case 'packing':
      return { kind: 'packing', last: state.last && figuresOf(state.last) };
    case 'packed':
      return { kind: 'packed', figures: figuresOf(state.pack) };
    default:
      return state;
  }
}

export function figuresOf({ files, tokens, budget, whole, left }: SentPack): PackFigures {
  const sums = new Map(LEVELS.map((level) => [level, { level, files: 0, tokens: 0 }]));
  for (const file of files) {
    const sum = file.level === 'nothing' ? undefined : sums.get(file.level);
    if (!sum) continue;
    sum.files++;
    sum.tokens += file.tokens;
  }
  const levels = [...sums.values()].filter((sum) => sum.files > 0);
  const ofFiles = levels.reduce((n, sum) => n + sum.tokens, 0);
  return { tokens, budget, whole, levels, frame: Math.max(0, tokens - ofFiles), left: left.paths.length };
}

/**
 * @param tokens o200k tokens that the quotes are for.
 * @param maxAnswer tokens of the longest answer, which a window has to hold too.
 */
export function quotesView(
  quotes: readonly ModelQuote[],
  of: {
    readonly tokens: number;
    readonly of: 'pack' | 'budget';
    readonly chosen: string;
    readonly automatic: boolean;
    readonly maxAnswer: number;
  },
): QuotesView {
  return {
    tokens: of.tokens,
    of: of.of,
    chosen: of.chosen,
    automatic: of.automatic,
    models: quotes.map((q) => quoteView(q, of.maxAnswer)),
  };
}

function quoteView({ model, input, fits, cost }: ModelQuote, maxAnswer: number): QuoteView {
  const room = promptRoom(maxAnswer, model);
  return {
    id: `${model.provider}/${model.id}`,
    provider: model.provider,
    name: model.name,
    window: model.window,
    room: room === undefined ? undefined : Math.max(0, Math.floor(room / model.tokens.high)),
    fits,
    tokens: { low: input.low, high: input.high },
    cost:
      cost.kind === 'known'
        ? {
            kind: 'known',
            cold: amountOf(cost.cold),
            warm: amountOf(cost.warm),
            worst: amountOf({ low: cost.worst, high: cost.worst }),
            source: sourceOf(cost.source),
          }
        : { kind: 'unknown', reason: cost.reason },
  };
}

function amountOf({ low, high }: CostRange): Amount {
  const [from, to] = [formatUsd(low), formatUsd(high)];
  return { text: from === to ? to : `${from}–${to}`, most: high };
}

function sourceOf({ kind, name, date }: PriceSource): string {
  const whose = { provider: 'the provider', user: 'your prices', longview: 'Longview', table: 'price table' }[kind];
  return `${whose}: ${name}${date ? `, ${date}` : ''}`;
}

function shortly(tokens: number): string {
  return tokens >= 1e6 ? `${tokens / 1e6}M` : `${tokens / 1e3}k`;
}
