import assert from 'node:assert/strict';
import { recordOf, shownSymbols } from '../workspaces.js';

describe('grammars: C and C++ where macros lead the grammar astray', () => {
  it('names a function by its name where a macro stands before the type', async () => {
    const c = await recordOf('a.c', 'LUA_API lua_CFunction lua_atpanic (lua_State *L) {\n  return 0;\n}\n');
    assert.deepEqual(shownSymbols(c), ['+function lua_atpanic 1-3']);
    const header = await recordOf('a.h', 'ALWAYS_INLINE size_t\nsize_of(void *p) {\n  return 1;\n}\nAPI size_t twice(int n);\n');
    assert.deepEqual(shownSymbols(header), ['+function size_of 1-4', '+function twice 5-5']);
    assert.deepEqual(
      header.symbols.map((s) => s.mark),
      [undefined, 'declaration'],
    );
  });
  it('never takes a statement for a function', async () => {
    const { symbols } = await recordOf('a.c', 'X(y)\nif (a) {\n  b();\n}\nint run(void) { return 1; }\n');
    assert.deepEqual(
      symbols.map((s) => s.name),
      ['run'],
    );
  });
  it('keeps conversion operators and members outside their class as methods', async () => {
    const record = await recordOf(
      'a.cpp',
      `struct A {
  operator bool() const { return true; }
  T const& operator*() const { return t; }
  T* operator->() { return &t; }
};
int app::A::size() { return 1; }
A::operator T*() { return &t; }
`,
    );
    assert.deepEqual(
      record.symbols.map((s) => `${s.kind} ${s.name} ${s.mark ?? ''}`.trim()),
      ['struct A', 'method operator bool', 'method operator*', 'method operator->', 'method size app::A', 'method operator T* A'],
    );
  });
});
