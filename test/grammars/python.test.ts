import assert from 'node:assert/strict';
import { recordOf, shownSymbols } from '../workspaces.js';

describe('grammars: Python', () => {
  it('finds what a module defines in its branches, and nothing that a function assigns', async () => {
    const record = await recordOf(
      'a.py',
      `try:
    import fast as impl
    FAST = True
except ImportError:
    FAST = False
if FAST:
    limit = 1
else:
    limit = 2
def run():
    local = 1
    try:
        other = 2
    finally:
        pass
`,
    );
    assert.deepEqual(shownSymbols(record), [
      '+constant FAST 3-3',
      '+constant FAST 5-5',
      '+variable limit 7-7',
      '+variable limit 9-9',
      '+function run 10-15',
    ]);
  });
  it('tells properties, constructors, methods and nested functions apart, with their decorators', async () => {
    const record = await recordOf(
      'a.py',
      `class A:
    size: int = 0

    def __init__(self): ...

    @property
    def name(self): ...

    @name.setter
    def name(self, value): ...

    @functools.cached_property
    def slow(self): ...

    @staticmethod
    async def make():
        def inner(): ...
`,
    );
    assert.deepEqual(shownSymbols(record), [
      '+class A 1-17',
      '+field A.size 2-2',
      '+constructor A.__init__ 4-4',
      '+property A.name 6-7',
      '+property A.name 9-10',
      '+property A.slow 12-13',
      '+method A.make 15-17',
      '+function make.inner 17-17',
    ]);
  });
  it('keeps bases in the order in which names are looked up, without type arguments and keywords', async () => {
    const { symbols } = await recordOf('a.py', 'class A(x.B[int], C, Generic[T], metaclass=M): pass\n');
    assert.deepEqual(symbols[0]?.supers, ['x.B', 'C', 'Generic']);
  });
  it('reads every form of import', async () => {
    const { imports } = await recordOf(
      'a.py',
      `import a.b, c as d
from . import e
from ...f import (g as h, i)
from j import *
if t.TYPE_CHECKING:
    from k import L
def late():
    import m
importlib.import_module("n.o")
__import__("p")
import_module(name)
`,
    );
    assert.deepEqual(
      imports.map((i) => `${i.kind} ${i.specifier} ${i.names.map((n) => `${n.name}>${n.as}`).join(' ')}`.trim()),
      [
        'import a.b *>a',
        'import c *>d',
        'import . e>e',
        'import ...f g>h i>i',
        'import j *>*',
        'type k L>L',
        'import m *>m',
        'dynamic n.o',
        'dynamic p',
      ],
    );
  });
  it('remembers every name that a function binds, with its type where one is written', async () => {
    const { bindings } = await recordOf(
      'a.py',
      `def f(a, b: "B | None", *c, d: type[D] = D, **e) -> F:
    for g, (h, *i) in a: pass
    with open(a) as j: pass
    if (k := b.make()): pass
    l = cast(L, a)
`,
    );
    assert.deepEqual(
      bindings.map((b) => `${b.name} ${b.type || '-'} ${b.init || '-'}`),
      [
        'a - -',
        'b B -',
        'c - -',
        'd - D',
        'e - -',
        'f() F -',
        'g - -',
        'h - -',
        'i - -',
        'j - open().__enter__()',
        'k - b.make()',
        'l - new L',
      ],
    );
  });
  it('takes names in quoted annotations and interpolations for uses, and follows calls before a dot', async () => {
    const { references } = await recordOf('a.py', 'x: "m.Foo | None"\ny = f"{limit}"\nz = a.b().c\n');
    assert.deepEqual(
      references.filter((r) => r.name !== 'a').map((r) => `${r.kind} ${r.qualifier} ${r.name}`),
      ['type m Foo', 'value  limit', 'call a b', 'member a.b() c'],
    );
  });
});
