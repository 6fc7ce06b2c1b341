import assert from 'node:assert/strict';
import { recordOf, shownSymbols } from '../workspaces.js';

describe('grammars: Rust', () => {
  it('reads items, members and macros, with what is visible', async () => {
    const record = await recordOf(
      'a.rs',
      `mod inner;
pub struct Store<T> {
    pub name: String,
    size: T,
}
impl<T> Store<T> {
    pub fn open() -> Self { todo!() }
}
pub enum Kind { One, Two(u8) }
trait Closer { fn close(&self); }
impl Closer for Kind { fn close(&self) {} }
#[macro_export]
macro_rules! check { () => {} }
pub const LIMIT: u8 = 1;
fn main() { fn local() {} }
`,
    );
    assert.deepEqual(record.parse, { kind: 'parsed', errors: 0 });
    assert.deepEqual(shownSymbols(record), [
      'module inner 1-1',
      '+struct Store 2-5',
      '+field Store.name 3-3',
      'field Store.size 4-4',
      'impl Store 6-8',
      '+method Store.open 7-7',
      '+enum Kind 9-9',
      '+enumMember Kind.One 9-9',
      '+enumMember Kind.Two 9-9',
      'trait Closer 10-10',
      '+method Closer.close 10-10',
      'impl Kind 11-11',
      '+method Kind.close 11-11',
      '+macro check 12-13',
      '+constant LIMIT 14-14',
      'function main 15-15',
      'function main.local 15-15',
    ]);
  });

  it('reads each name of a use with its path, and marks what steers resolution', async () => {
    const record = await recordOf(
      'a.rs',
      `use a::{b, c::{self, d as e}, f::*};
pub use ::g::h;
#[macro_use]
extern crate i as j;
#[cfg(unix)]
#[cfg(feature = "x")]
use k;
fn f() { use l::m; }
#[path = "n.rs"]
#[cfg(not(test))]
mod o;
mod p {}
`,
    );
    assert.deepEqual(
      record.imports.map(({ specifier, names, mark }) => [specifier, names[0]?.as, mark ?? '']),
      [
        ['a::b', 'b', ''],
        ['a::c', 'c', ''],
        ['a::c::d', 'e', ''],
        ['a::f::*', '*', ''],
        ['::g::h', 'h', 'pub'],
        ['i', 'j', 'extern\nmacro_use'],
        ['k', 'k', 'cfg all(feature="x",unix)'],
        ['l::m', 'm', 'block'],
      ],
    );
    assert.deepEqual(
      record.symbols.filter((s) => s.kind === 'module').map(({ name, mark }) => [name, mark]),
      [
        ['o', 'path n.rs\ncfg all(not(test))'],
        ['p', 'inline'],
      ],
    );
  });

  it('reads paths out of the tokens of a macro, and bare names where the macro takes expressions', async () => {
    const references = async (code: string): Promise<string[]> =>
      (await recordOf('a.rs', `fn f() { ${code} }\n`)).references.map((r) => `${r.kind} ${r.qualifier} ${r.name}`.replace('  ', ' '));
    assert.deepEqual(await references('assert_eq!(a::b(), c(1), d.e(), g!());'), ['macro assert_eq', 'call a b', 'call c', 'macro g']);
    assert.deepEqual(await references('html!(div(1), a::b);'), ['macro html', 'value a b']);
    assert.deepEqual(await references('quote!(a::b());'), ['macro quote']);
  });
});
