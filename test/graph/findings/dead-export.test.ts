import assert from 'node:assert/strict';
import { shownIn } from './findings.js';

const dead = (files: Readonly<Record<string, string>>): Promise<string[]> => shownIn(files, 'dead-export');

describe('graph/findings/dead-export', () => {
  it('finds what no import asks for, and says whether its own file does', async () => {
    assert.deepEqual(
      await dead({
        'main.ts': "import { used } from './lib';\nused();\n",
        'lib.ts': 'export const used = () => near();\nexport function near() {}\nexport class Gone {}\n',
      }),
      [
        'medium dead-export: lib.ts:3 defines and exports the class Gone',
        'low dead-export: lib.ts:2 defines and exports the function near',
      ],
    );
  });

  it('takes what its own file spells again for used there, in whatever expression', async () => {
    assert.deepEqual(
      await dead({
        'main.ts': "import { wordOf } from './lib';\nwordOf('a');\n",
        'lib.ts': "export const $WORDS = { a: 'A' };\nexport interface Word {}\nexport const wordOf = (key: 'a'): Word => $WORDS[key];\n",
      }),
      ['low dead-export: lib.ts:1 defines and exports the variable $WORDS'],
    );
  });

  it('follows re-exports, stars, renamed and default names', async () => {
    assert.deepEqual(
      await dead({
        'main.ts': "import { a, renamed, whole } from './index';\na(renamed, whole.c);\n",
        'index.ts':
          "export * from './a';\nexport { b as renamed } from './b';\nexport * as whole from './c';\nexport { default } from './d';\n",
        'a.ts': 'export const a = (...x: unknown[]) => x;\nexport const unasked = 1;\n',
        'b.ts': 'export const b = 1;\n',
        'c.ts': 'export const c = 1;\n',
        'd.ts': 'export default function d() {}\n',
      }),
      [
        'medium dead-export: a.ts:2 defines and exports the variable unasked',
        'medium dead-export: d.ts:1 defines and exports the function d',
      ],
    );
  });

  it('asks for the members behind the name of a whole module, for all where the module goes elsewhere', async () => {
    const lib = 'exports.near = function () {};\nexports.far = function () {};\n';
    assert.deepEqual(await dead({ 'main.js': "const lib = require('./lib');\nlib.near();\n", 'lib.js': lib }), [
      'medium dead-export: lib.js:2 defines and exports the function far',
    ]);
    assert.deepEqual(await dead({ 'main.js': "const lib = require('./lib');\nlib.near();\nuse(lib);\n", 'lib.js': lib }), []);
    assert.deepEqual(await dead({ 'main.ts': "import('./lib').then((lib) => lib.near());\n", 'lib.js': lib }), []);
  });

  it('leaves alone what a package gives to others, files that nothing imports, and what a component file names', async () => {
    const lib = {
      'src/lib.ts': 'export const used = 1;\nexport const api = 2;\n',
      'src/main.ts': "import { used } from './lib';\nused;\n",
    };
    const manifest = (value: object): Record<string, string> => ({
      'package.json': JSON.stringify({ name: 'p', version: '1.0.0', ...value }),
    });
    assert.equal((await dead(lib)).length, 1);
    assert.equal((await dead({ ...lib, ...manifest({ private: true }) })).length, 1);
    assert.equal((await dead({ ...lib, ...manifest({ exports: './src/main.ts' }) })).length, 1);
    assert.deepEqual(await dead({ ...lib, ...manifest({ exports: { '.': './src/main.ts', './lib': './src/lib.ts' } }) }), []);
    assert.deepEqual(await dead({ ...lib, ...manifest({ exports: { './*': './src/*.ts' } }) }), []);
    assert.deepEqual(await dead({ ...lib, ...manifest({ main: 'src/main.ts' }) }), []);
    assert.deepEqual(await dead({ ...lib, 'src/Page.vue': "<script>import { api } from './lib'</script>" }), []);
  });

  it('leaves decorated classes to their framework, and types to the functions that take them', async () => {
    assert.deepEqual(
      await dead({
        'main.ts': "import { f } from './lib';\nf({});\n",
        'lib.ts': 'export interface Options {}\nexport const f = (o: Options) => o;\n@Component({})\nexport class Page {}\n',
      }),
      [],
    );
  });

  it('goes by spelling in Go packages that nobody else may import', async () => {
    const files = {
      'go.mod': 'module example.com/shop\n',
      'internal/stock/stock.go':
        'package stock\n\nfunc Count() int { return 1 }\n\nfunc Lost() {}\n\ntype Shelf int\n\nconst Full Shelf = 1\n\nfunc Sort(s Shelf) bool { return s == Full }\n\nfunc init() { Sort(2) }\n',
      'magefile.go': 'package main\n\nfunc Build() {}\n',
      'api/api.go': 'package api\n\nimport "example.com/shop/internal/stock"\n\nfunc Public() int { return stock.Count() }\n',
    };
    assert.deepEqual(await dead(files), [
      'medium dead-export: internal/stock/stock.go:5 defines and exports the function Lost',
      'low dead-export: internal/stock/stock.go:11 defines and exports the function Sort',
    ]);
  });

  it('goes by spelling for functions in C that are not static', async () => {
    assert.deepEqual(
      await dead({
        'list.h': 'int length(void);\n',
        'list.c':
          '#include "list.h"\nint length(void) { return 0; }\nint lost(void) { return near(); }\nint near(void) { return 1; }\nstatic int own(void) { return 2; }\n#define SIZE byMacro()\nint byMacro(void) { return 3; }\n',
      }),
      ['medium dead-export: list.c:3 defines and exports the function lost'],
    );
  });
});
