/** States of the sidebar for tests of its page: a usual one, and changes that make the others. */
import type { AnswerView, QuoteView, RouteView, SidebarState } from '../../src/webview/sidebar/protocol.js';

const amount = (text: string, most: number) => ({ text, most });

export const MODELS: readonly QuoteView[] = [
  {
    ...{ id: 'acme/large', provider: 'acme', name: 'Acme Large 5', window: 1_000_000, room: 600_000, fits: 'yes' },
    tokens: { low: 10_279, high: 13_047 },
    cost: {
      ...{ kind: 'known', cold: amount('$0.0755–$0.0941', 94_100), warm: amount('$0.0142–$0.0177', 17_700) },
      ...{ worst: amount('$0.31', 310_000), source: 'price table: genai-prices 0.1.8, 2026-09-23' },
    },
  },
  {
    ...{ id: 'acme/small', provider: 'acme', name: 'Acme Small 5', window: 16_000, room: 7_000, fits: 'perhaps' },
    tokens: { low: 7_907, high: 7_907 },
    cost: {
      ...{ kind: 'known', cold: amount('$0.0061', 6_100), warm: amount('$0.0012', 1_200) },
      ...{ worst: amount('$0.02', 20_000), source: 'your prices: longview.prices' },
    },
  },
  {
    ...{ id: 'other/secret', provider: 'other', name: 'Secret', window: undefined, room: undefined, fits: 'unknown' },
    tokens: { low: 7_900, high: 9_100 },
    cost: { kind: 'unknown', reason: 'the price table has no other/secret' },
  },
  {
    ...{ id: 'other/tiny', provider: 'other', name: 'Tiny', window: 4_000, room: 2_000, fits: 'no' },
    tokens: { low: 7_900, high: 9_100 },
    cost: {
      ...{ kind: 'known', cold: amount('$0.0011', 1_100), warm: amount('$0.0011', 1_100) },
      ...{ worst: amount('$0.002', 2_000), source: 'price table: genai-prices 0.1.8, 2026-09-23' },
    },
  },
];

export const USUAL: SidebarState = {
  workspace: { kind: 'ready', files: 213, tokens: 188_559, problems: 2, notice: undefined },
  trusted: true,
  task: { text: 'ask a carrier again when booking fails', edit: 0 },
  focus: { choice: 'editor', label: 'src/carriers/booking.ts, lines 3–9', outside: false },
  budget: {
    ...{ tokens: 8_000, least: 2_000, most: 2_000_000 },
    presets: [
      { label: 'Acme Large 5', hint: '600,000 tokens: what surely fits the window of Acme Large 5', tokens: 600_000 },
      { label: '8k', hint: '8,000 tokens', tokens: 8_000 },
      { label: '32k', hint: '32,000 tokens', tokens: 32_000 },
      { label: '200k', hint: '200,000 tokens', tokens: 200_000 },
      { label: '1M', hint: '1,000,000 tokens', tokens: 1_000_000 },
    ],
  },
  pack: {
    kind: 'packed',
    figures: {
      ...{ tokens: 7_907, budget: 8_000, whole: false, frame: 640, left: 199 },
      levels: [
        { level: 'full', files: 5, tokens: 4_800 },
        { level: 'signatures', files: 3, tokens: 1_500 },
        { level: 'outline', files: 4, tokens: 800 },
        { level: 'path', files: 2, tokens: 167 },
      ],
    },
  },
  quotes: { tokens: 7_907, of: 'pack', chosen: 'acme/large', automatic: false, models: MODELS },
  route: { kind: 'none' },
  ask: {
    send: { kind: 'ready', price: '$0.0142–$0.0941', quote: 3, model: undefined },
    session: undefined,
    obstacles: [],
    answer: undefined,
    asked: { title: '', proposes: false },
    proposal: undefined,
  },
};

export const ROUTE: RouteView = {
  kind: 'routed',
  why: 'acme/large: the best by cost and time of the standard tier, the lowest that is good enough.',
  rows: [
    { id: 'acme/large', verdict: 'chosen', words: 'first', cost: '$0.0492', time: '12 s', reasons: '' },
    {
      ...{ id: 'other/middle', verdict: 'fallback', words: 'fallback 1', cost: '$0.0787', time: '35 s?' },
      reasons: 'dearer ($0.0787 for $0.0492)',
    },
    {
      ...{ id: 'other/tiny', verdict: 'rejected', words: 'not asked', cost: '$0.0011', time: '35 s?' },
      reasons: 'of the light tier: the task needs standard; the prompt has at least 7,900 tokens, and 2,000 fit',
    },
  ],
};

export const ANSWER: AnswerView = {
  ...{ id: 'a1', state: 'complete', model: 'Acme Large 5', task: 'ask a carrier again when booking fails' },
  ...{
    excerpt: 'Wrap the call in `withRetry`.\n\nIt is in src/retry.ts.',
    characters: 53,
    thinking: '',
    notes: [],
    ending: undefined,
    canGoOn: false,
  },
  receipts: [
    {
      ...{ request: 'a1', cost: '$0.0312', quoted: '$0.0142–$0.0941' },
      buckets: [
        { name: 'Prompt, not cached', tokens: 1_204 },
        { name: 'Read from the cache', tokens: 9_300 },
        { name: 'Answer', tokens: 412 },
      ],
    },
  ],
};

/** By what one would call them. */
export const STATES: Readonly<Record<string, SidebarState>> = {
  usual: USUAL,
  'no folder': { ...USUAL, workspace: { kind: 'no-folder', virtual: false } },
  virtual: { ...USUAL, workspace: { kind: 'no-folder', virtual: true } },
  asleep: { ...USUAL, workspace: { kind: 'asleep' }, pack: { kind: 'nothing-asked' } },
  'looking for files': {
    ...USUAL,
    workspace: { kind: 'indexing', done: 0, total: 0, first: true },
    pack: { kind: 'packing', last: undefined },
  },
  indexing: { ...USUAL, workspace: { kind: 'indexing', done: 1_200, total: 5_300, first: false } },
  paused: { ...USUAL, workspace: { kind: 'paused' } },
  failed: {
    ...USUAL,
    workspace: { kind: 'failed', message: 'The engine needs more than 4,096 MB.' },
    pack: { kind: 'failed', message: 'No index.' },
  },
  'nothing asked': {
    ...USUAL,
    task: { text: '', edit: 0 },
    focus: { choice: 'editor', label: undefined, outside: false },
    pack: { kind: 'nothing-asked' },
    quotes: { ...USUAL.quotes, of: 'budget', chosen: '' },
  },
  refused: { ...USUAL, pack: { kind: 'refused', message: 'The pinned files alone have 9,120 tokens: raise the budget or release one.' } },
  restricted: {
    ...USUAL,
    trusted: false,
    workspace: { kind: 'ready', files: 1, tokens: 10, problems: 0, notice: 'The engine ended and was started again.' },
  },
  'a file from elsewhere': { ...USUAL, focus: { choice: 'place', label: '/etc/hosts', outside: true } },
  preparing: { ...USUAL, ask: { ...USUAL.ask, send: { kind: 'preparing' } } },
  answering: {
    ...USUAL,
    ask: {
      ...USUAL.ask,
      ...{ send: { kind: 'answering' }, session: undefined, obstacles: [] },
      answer: { ...ANSWER, state: 'answering', thinking: 'A carrier is asked in booking.ts.', receipts: [] },
    },
  },
  'in a session': {
    ...USUAL,
    ask: {
      ...USUAL.ask,
      send: {
        ...{ kind: 'ready', price: '$0.0142', quote: 3, model: undefined },
        foreseen: '0 of 19,940 tokens are expected from the provider’s cache',
        again: '18,204 tokens are billed again, for $0.0874: the model is another than before (acme/small).',
      },
      ...{
        session: { turns: 2, tokens: 18_616 },
        obstacles: [],
        answer: { ...ANSWER, receipts: [{ ...ANSWER.receipts[0]!, expectedRead: 9_000 }] },
      },
    },
  },
  waiting: {
    ...USUAL,
    ask: {
      ...USUAL.ask,
      send: { kind: 'answering' },
      session: undefined,
      obstacles: [],
      answer: { ...ANSWER, state: 'answering', excerpt: '', characters: 0, receipts: [] },
    },
  },
  'asked by an action': {
    ...USUAL,
    ask: { ...USUAL.ask, asked: { title: 'Break the cycle src/booking.ts → src/carriers/express.ts → src/booking.ts', proposes: true } },
  },
  'a proposal': {
    ...USUAL,
    ask: {
      ...{ ...USUAL.ask, answer: ANSWER, asked: { title: '', proposes: true } },
      proposal: { words: '2 of 3 files, 5 of 6 hunks accepted', canApply: true, files: 3, refused: 1, fixable: 1 },
    },
  },
  'a proposal of nothing': {
    ...USUAL,
    ask: {
      ...USUAL.ask,
      answer: ANSWER,
      proposal: { words: 'The answer changes no file.', canApply: false, files: 0, refused: 0, fixable: 0 },
    },
  },
  answered: { ...USUAL, ask: { ...USUAL.ask, answer: ANSWER } },
  'broken off': {
    ...USUAL,
    ask: {
      ...USUAL.ask,
      answer: { ...ANSWER, state: 'cut', ending: 'The answer broke off. Acme: the connection failed.', canGoOn: true },
    },
  },
  'not sent': {
    ...USUAL,
    ask: {
      ...USUAL.ask,
      obstacles: [{ message: 'config/.env (environment file) does not leave this machine.', fixes: ['Drop It', 'Allow It'] }],
    },
  },
  'nothing may be sent': {
    ...USUAL,
    ask: {
      ...USUAL.ask,
      send: { kind: 'off', obstacle: { message: 'Restricted Mode: nothing is sent.', fixes: ['Manage Trust'] } },
    },
  },
  'chosen by the router': {
    ...USUAL,
    quotes: { ...USUAL.quotes, automatic: true },
    route: ROUTE,
    ask: {
      ...USUAL.ask,
      send: { kind: 'ready', price: '$0.0142–$0.0941', quote: 4, model: 'Acme Large 5' },
      answer: { ...ANSWER, notes: ['Other: the key was not accepted. Acme Large 5 was asked instead, for $0.0142–$0.0941.'] },
    },
  },
  'no price': { ...USUAL, quotes: { ...USUAL.quotes, chosen: 'other/secret' } },
  'too long': { ...USUAL, quotes: { ...USUAL.quotes, chosen: 'other/tiny' } },
};
