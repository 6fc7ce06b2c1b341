import assert from 'node:assert/strict';
import { recordOf, shownSymbols } from '../workspaces.js';

/** References as "kind qualifier name", in the order of their lines. */
async function references(source: string): Promise<string[]> {
  const record = await recordOf('a.go', `package p\n\n${source}\n`);
  return record.references.map(({ kind, qualifier, name }) => `${kind} ${qualifier} ${name}`.replace('  ', ' '));
}

describe('grammars: Go', () => {
  it('reads functions, methods, types, fields and package-level names, and leaves locals out', async () => {
    const record = await recordOf(
      'a.go',
      `// Package p.
package p

import . "fmt"

// Store keeps.
type Store struct {
	Name, path string
	inner      struct{ deep int }
}

type Closer interface {
	Close() error
}

const limit, Max = 1, 2

var (
	all []Store
	_   Closer = all[0]
)

func (s *Store) Close() error {
	local := 1
	return nil
}

func Open[T any](x T) (*Store, error) {
	return nil, nil
}
`,
    );
    assert.deepEqual(record.parse, { kind: 'parsed', errors: 0 });
    assert.deepEqual(record.package, 'p');
    assert.deepEqual(shownSymbols(record), [
      '+struct Store 7-10',
      '+field Store.Name 8-8',
      'field Store.path 8-8',
      'field Store.inner 9-9',
      '+interface Closer 12-14',
      '+method Closer.Close 13-13',
      'constant limit 16-16',
      '+constant Max 16-16',
      'variable all 19-19',
      '+method Close 23-26',
      '+function Open 28-30',
    ]);
    assert.deepEqual(
      record.bindings.filter((b) => b.name.endsWith('()')).map(({ name, type, init }) => [name, type, init]),
      [
        ['Close()', 'func(error)', ''],
        ['Store.Close()', 'func(error)', ''],
        ['Open()', 'func(Store,error)', 'T'],
      ],
    );
  });

  it('says what a local name stands for instead of naming it', async () => {
    assert.deepEqual(await references('func f(s *store.Store) {\n\ts.Close()\n}'), ['type store Store', 'call (store.Store) Close']);
    assert.deepEqual(await references('func f() {\n\ts, err := store.Open()\n\ts.Close()\n\terr.Error()\n}'), [
      'value store',
      'call store Open',
      'call store.Open() Close',
      'call store.Open()1 Error',
    ]);
    assert.deepEqual(await references('func f(m map[K]V) {\n\tfor k, v := range m {\n\t\tk.a()\n\t\tv.b()\n\t}\n}'), [
      'type K',
      'type V',
      'call (map[K]V)[0] a',
      'call (map[K]V)[1] b',
    ]);
  });

  it('keeps the constraint of a build in one form', async () => {
    const constraint = async (line: string): Promise<unknown> =>
      (await recordOf('a.go', `${line}\n\npackage p\n\n//go:build late\n`)).bindings.map((b) => b.init);
    assert.deepEqual(await constraint('//go:build linux && !cgo'), ['(linux && !cgo)']);
    assert.deepEqual(await constraint('// +build linux,!cgo darwin'), ['((linux && !cgo) || (darwin))']);
    assert.deepEqual(await constraint('// about'), []);
  });
});
