import assert from 'node:assert/strict';
import { graphOfFiles, shownEdges } from '../../workspaces.js';

const edges = async (files: Readonly<Record<string, string>>): Promise<string[]> => shownEdges(await graphOfFiles(files));

/** Edges of `a.py` to where things are defined, beside the import itself; its only import is of `hub.py`. */
async function reached(source: string, hub: string): Promise<string[]> {
  const all = await edges({
    'a.py': `from hub import *\nfrom hub import App, make, current, Other\n${source}`,
    'hub.py': hub,
    'base.py': 'class Base:\n    @property\n    def debug(self): ...\n    def run(self): ...\n',
    'store.py': 'class Store:\n    def save(self): ...\n    def __enter__(self) -> "Store": ...\n',
  });
  return all.filter((e) => e.startsWith('a.py') && !e.startsWith('a.py -> hub.py'));
}

const HUB = `from base import Base
from store import Store
class App(Base):
    def __init__(self, store: Store):
        self.kept = store
        self.debug = True
    @property
    def store(self) -> Store: ...
    def open(self) -> Store: ...
    def myself(self) -> Self: ...
class Other: ...
def make() -> App: ...
current: App = LocalProxy()
`;

describe('graph/resolve: Python values', () => {
  const follows: readonly [string, string][] = [
    ['a constructor', 'App().open().save()\n'],
    ['what a function says it returns', 'make().open().save()\n'],
    ['an annotated variable of another module', 'current.open().save()\n'],
    ['an annotated parameter', 'def f(app: "App | None" = None):\n    app.open().save()\n'],
    ['a property', 'current.store.save()\n'],
    ['an attribute that a method assigns', 'current.kept.save()\n'],
    ['Self', 'current.myself().open().save()\n'],
    ['a cast', 'x = cast(App, y)\nx.open().save()\n'],
    ['a context manager', 'with current.open() as s:\n    s.save()\n'],
    ['a subclass of its own', 'class Mine(App):\n    def go(self):\n        super().open().save()\n        self.open().save()\n'],
  ];
  for (const [what, source] of follows) {
    it(`follows ${what}`, async () => {
      assert.ok((await reached(source, HUB)).includes('a.py -> store.py (reference)'));
    });
  }
  it('joins a member to the base class that defines it, a property before an attribute of the same name', async () => {
    assert.deepEqual(await reached('make().debug\n', HUB), ['a.py -> base.py (reference)']);
  });
  it('lets parameters, loop variables and inner functions hide the names of the module', async () => {
    const hidden = [
      'def f(current):\n    current.open().save()\n',
      'def f(xs):\n    for current in xs:\n        current.open().save()\n',
      'def f():\n    def make(): ...\n    make().open().save()\n',
      'f = lambda current: current\ndef g():\n    current, x = 1, 2\n    current.store.save()\n',
    ];
    for (const source of hidden) assert.deepEqual(await reached(source, HUB), [], source);
  });
  it('does not let a class hide the names of the module from its methods', async () => {
    const source = 'class C:\n    current = 1\n    def f(self):\n        current.store.save()\n';
    assert.deepEqual(await reached(source, HUB), ['a.py -> store.py (reference)']);
  });
  it('invents nothing for values of unknown or library types', async () => {
    const source = 'import requests\ndef f(x):\n    x.save()\n    requests.get().save()\n    Other().save()\n    make.save()\n';
    assert.deepEqual(await reached(source, HUB), []);
  });
  it('survives classes that are their own bases and assignments that lead round in a ring', async () => {
    assert.deepEqual(
      await edges({
        'a.py':
          'from b import B\nclass A(B):\n    def f(self):\n        self.x = self.y\n        self.y = self.x\n        self.x.go()\nA().nothing()\n',
        'b.py': 'from a import A\nclass B(A): ...\n',
      }),
      ['a.py -> b.py', 'b.py -> a.py'],
    );
  });
});

describe('graph/resolve: Python modules', () => {
  it('follows relative imports up to the package that holds them, and no further than the workspace', async () => {
    assert.deepEqual(
      await edges({
        'p/__init__.py': '',
        'p/q/__init__.py': '',
        'p/q/a.py': 'from ..r import x\nfrom .... import lost\nfrom . import b\n',
        'p/q/b.py': '',
        'p/r.py': 'x = 1\n',
      }),
      ['p/q/a.py -> p/q/b.py', 'p/q/a.py -> p/r.py'],
    );
  });
  it('takes the folder of a script for a root, and that of a package not', async () => {
    assert.deepEqual(
      await edges({
        'tools/run.py': 'import shared\n',
        'tools/shared.py': '',
        'pkg/__init__.py': '',
        'pkg/json.py': '',
        'pkg/a.py': 'import json\n',
      }),
      ['tools/run.py -> tools/shared.py'],
    );
  });
  it('joins a name through a package that passes it on and through a star', async () => {
    assert.deepEqual(
      await edges({
        'a.py': 'import pkg\npkg.deep()\n',
        'pkg/__init__.py': 'from .one import *\n',
        'pkg/one.py': 'from .two import deep\n',
        'pkg/two.py': 'def deep(): ...\n',
      }),
      ['a.py -> pkg/__init__.py', 'a.py -> pkg/two.py (reference)', 'pkg/__init__.py -> pkg/one.py', 'pkg/one.py -> pkg/two.py'],
    );
  });
  it('finds a stub where there is no source', async () => {
    assert.deepEqual(await edges({ 'a.py': 'import fast\nimport both\n', 'fast.pyi': '', 'both.py': '', 'both.pyi': '' }), [
      'a.py -> both.py',
      'a.py -> fast.pyi',
    ]);
  });
});
