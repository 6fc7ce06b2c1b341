// The layer rules of ARCHITECTURE.md, checked by `npm run lint`.
const ENGINE = ['base', 'workspace', 'syntax', 'graph', 'index', 'context', 'actions', 'engine'];

/** Rooms that `room` may import from; itself is always allowed. */
const MAY_KNOW = {
  base: [],
  workspace: ['base', 'syntax'],
  syntax: ['base', 'workspace'],
  graph: ['base', 'workspace', 'syntax'],
  index: ['base', 'workspace', 'syntax', 'graph'],
  context: ['base', 'workspace', 'syntax', 'graph', 'index'],
  actions: ['base', 'workspace', 'syntax', 'graph', 'index', 'context'],
  engine: ['base', 'workspace', 'syntax', 'graph', 'index', 'context', 'actions'],
  money: ['base', 'models'],
  models: ['base', 'money', 'policy'],
  policy: ['base', 'models', 'workspace'],
  proposals: ['base', 'workspace'],
  session: ['base', 'workspace', 'context', 'models', 'money'],
};

/** Rooms that know `base`, and of each other the types alone. */
const MONEY = ['money', 'models', 'policy'];

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    { name: 'no-orphans', severity: 'error', from: { orphan: true, pathNot: '\\.d\\.ts$' }, to: {} },
    ...Object.keys(MAY_KNOW).map((room) => ({
      name: `${room}-knows`,
      severity: 'error',
      from: { path: `^src/${room}/` },
      to: { path: '^src/', pathNot: `^src/(${[room, ...MAY_KNOW[room]].join('|')})/` },
    })),
    ...MONEY.flatMap((room) => [
      {
        name: `${room}-knows-types-of-others`,
        severity: 'error',
        from: { path: `^src/${room}/` },
        to: { path: `^src/(${MONEY.filter((r) => r !== room).join('|')})/`, dependencyTypesNot: ['type-only'] },
      },
    ]),
    {
      name: 'only-the-build-knows-the-price-package',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/money/bundled-prices\\.ts$' },
      to: { path: 'genai-prices|^src/money/bundled-prices\\.ts$' },
    },
    {
      name: 'only-providers-ask-the-network',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/models/providers/' },
      to: { path: 'node_modules/(openai|@anthropic-ai)/' },
    },
    {
      name: 'only-vscode-knows-the-editor',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(vscode/|extension\\.ts$)' },
      to: { path: '^vscode$' },
    },
    {
      name: 'actions-and-proposals-never-touch-disk',
      severity: 'error',
      from: { path: '^src/(actions|proposals)/', pathNot: '^src/proposals/journal\\.ts$' },
      to: {
        path: '^(fs|fs/promises|child_process|worker_threads)$|^src/(base/whole-files|workspace/(git|change|read-file|write-files|walk|scan|history))\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'pages-know-types-of-others',
      severity: 'error',
      from: { path: '^src/webview/' },
      to: { path: '^src/', pathNot: '^src/webview/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'only-vscode-knows-pages',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(webview|vscode)/' },
      to: { path: '^src/webview/' },
    },
    {
      name: 'grammars-know-syntax-only',
      severity: 'error',
      from: { path: '^grammars/' },
      to: { path: '^src/', pathNot: '^src/(syntax|base)/' },
    },
    {
      name: 'only-the-registry-knows-grammars',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/syntax/(flow/)?languages\\.ts$' },
      to: { path: '^grammars/.*\\.ts$' },
    },
    {
      name: 'engine-without-editor-and-network',
      severity: 'error',
      from: { path: `^src/(${[...ENGINE, ...MONEY, 'session'].join('|')})/`, pathNot: '^src/models/providers/' },
      to: { path: '^(vscode|http|https|net|tls|dns|dgram|undici)$' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.scm'] },
  },
};
