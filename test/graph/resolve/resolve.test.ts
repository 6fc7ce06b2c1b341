import assert from 'node:assert/strict';
import { graphOfFiles, shownEdges } from '../../workspaces.js';

const edges = async (files: Readonly<Record<string, string>>): Promise<string[]> => shownEdges(await graphOfFiles(files));

describe('graph/resolve: JavaScript and TypeScript', () => {
  it('follows relative names through extensions, index files and JavaScript names of TypeScript files', async () => {
    assert.deepEqual(
      await edges({
        'a.ts': "import './b';\nimport './c.js';\nimport './d';\nimport './gone';\n",
        'b.tsx': '',
        'c.ts': '',
        'd/index.js': '',
      }),
      ['a.ts -> b.tsx', 'a.ts -> c.ts', 'a.ts -> d/index.js'],
    );
  });
  it('follows tsconfig paths through extends, with comments and trailing commas', async () => {
    assert.deepEqual(
      await edges({
        'tsconfig.base.json': '{ "compilerOptions": { "baseUrl": ".", "paths": { "@app/*": ["src/*"], } } } // base',
        'packages/x/tsconfig.json': '{ "extends": "../../tsconfig.base.json" }',
        'packages/x/a.ts': "import { b } from '@app/b';\n",
        'src/b.ts': 'export const b = 1;\n',
      }),
      ['packages/x/a.ts -> src/b.ts'],
    );
  });
  it('finds packages of the workspace by exports, by imports, and by the source of a build output', async () => {
    assert.deepEqual(
      await edges({
        'a.ts': "import '@acme/lib';\nimport '@acme/lib/deep/x';\nimport 'old';\nimport '#internal';\nimport 'react';\n",
        'package.json': '{ "name": "root", "imports": { "#internal": "./int.ts" } }',
        'int.ts': '',
        'lib/package.json':
          '{ "name": "@acme/lib", "exports": { ".": { "types": "./main.d.ts", "default": "./main.ts" }, "./deep/*": "./src/*.ts" } }',
        'lib/main.ts': '',
        'lib/src/x.ts': '',
        'old/package.json': '{ "name": "old", "main": "dist/index.js" }',
        'old/src/index.ts': '',
      }),
      ['a.ts -> int.ts', 'a.ts -> lib/main.ts', 'a.ts -> lib/src/x.ts', 'a.ts -> old/src/index.ts (named)'],
    );
  });
  it('joins a use through a barrel, an alias and a base class to the definition', async () => {
    assert.deepEqual(
      await edges({
        'a.ts':
          "import { make as m } from './barrel';\nimport { Child } from './child';\nexport function run(c: Child) {\n  m();\n  c.parentMethod();\n}\n",
        'barrel.ts': "export * from './impl';\n",
        'impl.ts': 'export function make() {}\n',
        'child.ts': "import { Parent } from './parent';\nexport class Child extends Parent {}\n",
        'parent.ts': 'export class Parent {\n  parentMethod() {}\n}\n',
      }),
      [
        'a.ts -> barrel.ts',
        'a.ts -> child.ts',
        'a.ts -> impl.ts (reference)',
        'a.ts -> parent.ts (reference)',
        'barrel.ts -> impl.ts',
        'child.ts -> parent.ts',
      ],
    );
  });
  it('never takes a call into a library for a symbol of the same name', async () => {
    assert.deepEqual(
      await edges({
        'a.ts': "import { parse } from 'yaml';\nparse('');\nconsole.log();\n",
        'parse.ts': 'export function parse() {}\nexport function log() {}\n',
      }),
      [],
    );
  });
  it('survives re-exports that lead round in a ring', async () => {
    assert.deepEqual(await edges({ 'a.ts': "export * from './b';\nimport { x } from './b';\nx();\n", 'b.ts': "export * from './a';\n" }), [
      'a.ts -> b.ts',
      'b.ts -> a.ts',
    ]);
  });
});

describe('graph/resolve: Python', () => {
  it('tells submodules from names, and follows relative, src-layout and namespace packages', async () => {
    assert.deepEqual(
      await edges({
        'src/pkg/__init__.py': 'from .core import run\n',
        'src/pkg/core.py': 'from . import util\nfrom ..pkg.util import helper\ndef run():\n    helper()\n',
        'src/pkg/util.py': 'def helper(): pass\n',
        'tests/test_core.py': 'import pkg.core\nfrom pkg import run, util\nimport os\n',
        'ns/part/mod.py': '',
        'main.py': 'from ns.part import mod\n',
      }),
      [
        'main.py -> ns/part/mod.py',
        'src/pkg/__init__.py -> src/pkg/core.py',
        'src/pkg/core.py -> src/pkg/util.py',
        'tests/test_core.py -> src/pkg/__init__.py',
        'tests/test_core.py -> src/pkg/core.py',
        'tests/test_core.py -> src/pkg/util.py',
      ],
    );
  });
  it('does not take the standard library for a module of the same name inside a package', async () => {
    assert.deepEqual(await edges({ 'pkg/__init__.py': '', 'pkg/typing.py': '', 'pkg/app.py': 'import typing\n' }), []);
  });
  it('marks imports under TYPE_CHECKING as types only', async () => {
    assert.deepEqual(
      await edges({ 'a.py': 'from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from b import B\n', 'b.py': 'class B: pass\n' }),
      ['a.py -> b.py (types)'],
    );
  });
});

describe('graph/resolve: C and C++', () => {
  it('finds headers beside, under an include folder, and by a unique end of their path', async () => {
    assert.deepEqual(
      await edges({
        'src/a.c': '#include "b.h"\n#include <lib/c.h>\n#include <stdio.h>\n#include "deep/d.h"\nint main(void) { return run(); }\n',
        'src/b.h': 'int run(void);\n',
        'src/b.c': '#include "b.h"\nint run(void) { return 1; }\n',
        'include/lib/c.h': '',
        'vendor/x/deep/d.h': '',
        'compat/stdio.h': '',
      }),
      [
        'src/a.c -> include/lib/c.h',
        'src/a.c -> src/b.c (reference)',
        'src/a.c -> src/b.h',
        'src/a.c -> vendor/x/deep/d.h',
        'src/b.c -> src/b.h',
      ],
    );
  });
  it('reads an include where the grammar has none, and none out of a comment', async () => {
    assert.deepEqual(await edges({ 'a.c': 'int x[] = {\n#include "list.h"\n};\n/*\n#include "no.h"\n*/\n', 'list.h': '', 'no.h': '' }), [
      'a.c -> list.h',
    ]);
  });
});

describe('graph/resolve: Java', () => {
  it('sees imports, the own package, and types reached through calls', async () => {
    assert.deepEqual(
      await edges({
        'a/A.java': 'package a;\nimport b.B;\nclass A { void run(B b) { b.make().go(); Same s; } }\n',
        'a/Same.java': 'package a;\nclass Same {}\n',
        'b/B.java': 'package b;\npublic class B { public C make() { return null; } }\n',
        'b/C.java': 'package b;\npublic class C { public void go() {} }\n',
        'c/String.java': 'package c;\npublic class String {}\n',
      }),
      ['a/A.java -> a/Same.java (use)', 'a/A.java -> b/B.java', 'a/A.java -> b/C.java (use)', 'b/B.java -> b/C.java (use)'],
    );
  });
});

describe('graph/resolve: C# and PHP', () => {
  it('resolves C# names by enclosing namespaces and using directives', async () => {
    assert.deepEqual(
      await edges({
        'A.cs': 'using App.Core;\nnamespace App.Web;\nclass A { Service s; Local l; Console c; }\n',
        'Service.cs': 'namespace App.Core;\npublic class Service {}\n',
        'Local.cs': 'namespace App.Web\n{\n  class Local {}\n}\n',
        'Console.cs': 'namespace Other;\nclass Console {}\n',
      }),
      ['A.cs -> Local.cs (use)', 'A.cs -> Service.cs (use)'],
    );
  });
  it('resolves PHP names by use, by namespace and by autoload prefix', async () => {
    assert.deepEqual(
      await edges({
        'composer.json': '{ "autoload": { "psr-4": { "App\\\\": "src/" } } }',
        'src/A.php':
          '<?php\nnamespace App;\nuse App\\Log\\Logger;\nclass A extends Base {\n  function run(Logger $l) { $l->write(); new \\DateTime(); }\n}\n',
        'src/Base.php': '<?php\nnamespace App;\nclass Base {}\n',
        'src/Log/Logger.php': '<?php\nnamespace App\\Log;\nclass Logger { function write() {} }\n',
        'old/Logger.php': '<?php\nnamespace App\\Log;\nclass Logger {}\n',
        'other/DateTime.php': '<?php\nnamespace Other;\nclass DateTime {}\n',
      }),
      ['src/A.php -> src/Base.php (use)', 'src/A.php -> src/Log/Logger.php'],
    );
  });
});

describe('graph/resolve: Kotlin, Scala, HTML, CSS and Bash', () => {
  it('sees imports and the own package of Kotlin and Scala, beside Java', async () => {
    assert.deepEqual(
      await edges({
        'a/Main.kt': 'package a\n\nimport b.Tool\nimport c.*\n\nfun main() {\n  Tool()\n  helper()\n  Star()\n  println()\n}\n',
        'a/Helper.kt': 'package a\n\nfun helper() {}\n',
        'b/Tool.java': 'package b;\npublic class Tool {}\n',
        'c/Star.scala': 'package c\n\nclass Star\n',
        'd/Print.kt': 'package d\n\nfun println() {}\n',
      }),
      ['a/Main.kt -> a/Helper.kt (use)', 'a/Main.kt -> b/Tool.java', 'a/Main.kt -> c/Star.scala (use)'],
    );
  });
  it('follows paths of pages, style sheets and scripts', async () => {
    assert.deepEqual(
      await edges({
        'index.html':
          '<html><head><link rel="stylesheet" href="style/a.css"><script src="/app.js?v=1"></script><script src="https://x.org/y.js"></script></head></html>\n',
        'style/a.css': '@import "b.css";\nbody { color: red; }\n',
        'style/b.css': '',
        'app.js': '',
        'bin/run.sh': 'source "$HERE/lib.sh"\n. ./other.sh\n',
        'share/lib.sh': 'f() { :; }\n',
        'bin/other.sh': '',
      }),
      [
        'bin/run.sh -> bin/other.sh',
        'bin/run.sh -> share/lib.sh (named)',
        'index.html -> app.js',
        'index.html -> style/a.css',
        'style/a.css -> style/b.css',
      ],
    );
  });
});
