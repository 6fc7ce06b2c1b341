import assert from 'node:assert/strict';
import { graphOfFiles, shownEdges } from '../../workspaces.js';

const edges = async (files: Readonly<Record<string, string>>): Promise<string[]> => shownEdges(await graphOfFiles(files));

/** A Cargo.toml of edition 2021 with some lines more. */
const cargo = (name: string, more = ''): string => `[package]\nname = "${name}"\nedition = "2021"\n${more}`;

describe('graph/resolve: Rust modules', () => {
  it('follows mod, use through re-exports and globs, and other crates of the workspace', async () => {
    assert.deepEqual(
      await edges({
        'app/Cargo.toml': cargo('app', '[dependencies]\nmy-lib = { path = "../lib" }\n'),
        'app/src/main.rs': 'mod a;\nuse my_lib::Thing;\nfn main() { crate::a::run(); }\n',
        'app/src/a.rs': 'pub fn run() {}\n',
        'lib/Cargo.toml': cargo('my-lib'),
        'lib/src/lib.rs': 'mod inner;\npub use inner::*;\n',
        'lib/src/inner/mod.rs': 'pub struct Thing;\n',
      }),
      ['app/src/main.rs -> app/src/a.rs', 'app/src/main.rs -> lib/src/inner/mod.rs', 'lib/src/lib.rs -> lib/src/inner/mod.rs'],
    );
  });

  it('finds the files of nested, inline and moved modules', async () => {
    assert.deepEqual(
      await edges({
        'Cargo.toml': cargo('a'),
        'src/lib.rs': 'mod outer;\nmod inline { mod deep; }\n#[path = "other/place.rs"]\nmod moved;\n',
        'src/outer.rs': 'mod inner;\n',
        'src/outer/inner.rs': '',
        'src/inline/deep.rs': '',
        'src/other/place.rs': 'mod beside;\n',
        'src/other/beside.rs': '',
      }),
      [
        'src/lib.rs -> src/inline/deep.rs',
        'src/lib.rs -> src/other/place.rs',
        'src/lib.rs -> src/outer.rs',
        'src/other/place.rs -> src/other/beside.rs',
        'src/outer.rs -> src/outer/inner.rs',
      ],
    );
  });

  it('reads the items that a macro passes through', async () => {
    assert.deepEqual(
      await edges({
        'Cargo.toml': cargo('a'),
        'src/lib.rs': 'cfg_net! {\n    mod tcp;\n    pub use tcp::Stream;\n}\nfeature! {\n    #![unix]\n    mod os;\n}\n',
        'src/tcp.rs': 'pub struct Stream;\n',
        'src/os.rs': 'use crate::Stream;\n',
      }),
      ['src/lib.rs -> src/os.rs', 'src/lib.rs -> src/tcp.rs', 'src/os.rs -> src/tcp.rs'],
    );
  });

  it('takes the declaration of an ordinary build where several give one name', async () => {
    const uses = async (features: string): Promise<string[]> =>
      (
        await edges({
          'Cargo.toml': cargo('a', `[features]\n${features}`),
          'src/lib.rs':
            'mod real;\nmod mock;\n#[cfg(feature = "x")]\nuse real::Clock;\n#[cfg(not(feature = "x"))]\nuse mock::Clock;\nmod user;\n',
          'src/real.rs': 'pub struct Clock;\n',
          'src/mock.rs': 'pub struct Clock;\n',
          'src/user.rs': 'use super::Clock;\n',
        })
      ).filter((e) => e.startsWith('src/user.rs'));
    assert.deepEqual(await uses('default = ["y"]\ny = ["x"]\nx = []\n'), ['src/user.rs -> src/real.rs']);
    assert.deepEqual(await uses('x = []\n'), ['src/user.rs -> src/mock.rs']);
  });

  it('knows the condition that a macro puts on what it passes through', async () => {
    const found = await edges({
      'Cargo.toml': cargo('a'),
      'src/lib.rs':
        'macro_rules! cfg_x {\n    ($($item:item)*) => { $(#[cfg(feature = "x")] $item)* }\n}\nmacro_rules! cfg_not_x {\n    ($($item:item)*) => { $(#[cfg(not(feature = "x"))] $item)* }\n}\n' +
        'mod real;\nmod mock;\ncfg_x! {\n    use real::Clock;\n}\ncfg_not_x! {\n    use mock::Clock;\n}\nmod user;\n',
      'src/real.rs': 'pub struct Clock;\n',
      'src/mock.rs': 'pub struct Clock;\n',
      'src/user.rs': 'use super::Clock;\n',
    });
    assert.deepEqual(
      found.filter((e) => e.startsWith('src/user.rs')),
      ['src/user.rs -> src/mock.rs'],
    );
  });

  it('reads paths of use from the root of the crate before 2018, and from the module after', async () => {
    const from = async (edition: string): Promise<string[]> =>
      (
        await edges({
          'Cargo.toml': `[package]\nname = "a"\n${edition}`,
          'src/lib.rs': 'mod tool;\nmod user;\n',
          'src/tool.rs': 'pub fn run() {}\n',
          'src/user.rs': 'mod tool;\nuse tool::run;\n',
          'src/user/tool.rs': 'pub fn run() {}\n',
        })
      ).filter((e) => e.startsWith('src/user.rs'));
    assert.deepEqual(await from(''), ['src/user.rs -> src/tool.rs', 'src/user.rs -> src/user/tool.rs']);
    assert.deepEqual(await from('edition = "2018"\n'), ['src/user.rs -> src/user/tool.rs']);
  });

  it('lets an external name hide what a glob would bring, and leaves private names where they are', async () => {
    assert.deepEqual(
      await edges({
        'Cargo.toml': cargo('a', '[dependencies]\nother = "1"\n'),
        'src/lib.rs': 'mod names;\nmod user;\n',
        'src/names.rs': 'pub struct Result;\nstruct Hidden;\npub struct Seen;\n',
        'src/user.rs': 'use crate::names::*;\nuse other::Result;\nfn f(r: Result, h: Hidden) {}\n',
      }),
      ['src/lib.rs -> src/names.rs', 'src/lib.rs -> src/user.rs', 'src/user.rs -> src/names.rs'],
    );
  });

  it('survives re-exports that lead round in a ring', async () => {
    assert.deepEqual(
      await edges({
        'Cargo.toml': cargo('a'),
        'src/lib.rs': 'mod b;\nmod c;\npub use b::*;\nuse b::Gone;\n',
        'src/b.rs': 'pub use super::c::*;\npub use crate::c::Gone;\n',
        'src/c.rs': 'pub use crate::b::*;\npub use crate::b::Gone;\nfn f() { gone(); }\n',
      }),
      ['src/b.rs -> src/c.rs', 'src/c.rs -> src/b.rs', 'src/lib.rs -> src/b.rs', 'src/lib.rs -> src/c.rs'],
    );
  });
});

describe('graph/resolve: Rust crates', () => {
  const library = { 'log/Cargo.toml': cargo('log'), 'log/src/lib.rs': 'pub fn info() {}\n' };
  const joins = async (manifest: string, code = 'use log::info;\n', more: Readonly<Record<string, string>> = {}): Promise<boolean> =>
    (await edges({ ...library, ...more, 'app/Cargo.toml': manifest, 'app/src/lib.rs': code })).includes('app/src/lib.rs -> log/src/lib.rs');

  it('names a crate of the workspace only as a dependency by path', async () => {
    assert.equal(await joins(cargo('app', '[dependencies]\nlog = { path = "../log" }\n')), true);
    assert.equal(await joins(cargo('app', '[dependencies]\nlog = "0.4"\n')), false);
    assert.equal(await joins(cargo('app', '[dependencies]\nlog = { version = "0.4", features = ["std"] }\n')), false);
    assert.equal(await joins(cargo('app')), false);
    assert.equal(await joins(cargo('app', '[dev-dependencies]\nlog = { path = "../log" }\n')), true);
    assert.equal(await joins(cargo('app', '[target.\'cfg(unix)\'.dependencies]\nlog = { path = "../log", optional = true }\n')), true);
    assert.equal(await joins(cargo('app', '[build-dependencies]\nlog = { path = "../log" }\n')), false);
  });

  it('knows a renamed dependency by its new name alone', async () => {
    const renamed = cargo('app', '[dependencies]\nmy-log = { path = "../log", package = "log" }\n');
    assert.equal(await joins(renamed, 'use my_log::info;\n'), true);
    assert.equal(await joins(renamed), false);
    const ownName = { 'log/Cargo.toml': cargo('log', '[lib]\nname = "logging"\n') };
    assert.equal(await joins(cargo('app', '[dependencies]\nlog = { path = "../log" }\n'), 'use logging::info;\n', ownName), true);
  });

  it('takes dependencies from the workspace, and what it patches', async () => {
    const root = '[workspace]\nmembers = ["app", "log"]\n';
    const shared = cargo('app', '[dependencies]\nlog.workspace = true\n');
    const app = async (text: string, manifest = shared): Promise<boolean> => await joins(manifest, undefined, { 'Cargo.toml': text });
    assert.equal(await app(`${root}[workspace.dependencies]\nlog = { path = "log" }\n`), true);
    assert.equal(await app(`${root}[workspace.dependencies]\nlog = "0.4"\n`), false);
    assert.equal(await app(`${root}[patch.crates-io]\nlog = { path = "log" }\n`, cargo('app', '[dependencies]\nlog = "0.4"\n')), true);
  });

  it('follows extern crate under another name, also through a facade', async () => {
    assert.deepEqual(
      await edges({
        ...library,
        'all/Cargo.toml': cargo('all', '[dependencies]\nlog = { path = "../log" }\n'),
        'all/src/lib.rs': 'pub extern crate log as logging;\n',
        'app/Cargo.toml': cargo('app', '[dependencies]\nall = { path = "../all" }\n'),
        'app/src/lib.rs': 'use all::logging::info;\n',
      }),
      ['all/src/lib.rs -> log/src/lib.rs', 'app/src/lib.rs -> log/src/lib.rs'],
    );
  });

  it('gives binaries, tests and examples the library of their package, and build scripts only what they build with', async () => {
    const use = 'use app::run;\n';
    assert.deepEqual(
      await edges({
        'Cargo.toml': cargo('app', '[[test]]\nname = "all"\npath = "checks/all.rs"\n'),
        'build.rs': use,
        'src/lib.rs': 'pub fn run() {}\n',
        'src/main.rs': use,
        'src/bin/tool/main.rs': use,
        'tests/it.rs': `mod common;\n${use}`,
        'tests/common/mod.rs': use,
        'checks/all.rs': use,
        'examples/show.rs': use,
        'benches/speed.rs': use,
      }),
      [
        'benches/speed.rs -> src/lib.rs',
        'checks/all.rs -> src/lib.rs',
        'examples/show.rs -> src/lib.rs',
        'src/bin/tool/main.rs -> src/lib.rs',
        'src/main.rs -> src/lib.rs',
        'tests/common/mod.rs -> src/lib.rs',
        'tests/it.rs -> src/lib.rs',
        'tests/it.rs -> tests/common/mod.rs',
      ],
    );
  });
});

describe('graph/resolve: Rust macros', () => {
  const exported = '#[macro_export]\nmacro_rules! check { () => {} }\n';
  const calls = async (code: string, manifest = '', made = exported): Promise<boolean> =>
    (
      await edges({
        'Cargo.toml': cargo('app', manifest),
        'src/lib.rs': code,
        'tools/Cargo.toml': cargo('tools'),
        'tools/src/lib.rs': made,
      })
    ).some((e) => e.startsWith('src/lib.rs -> tools/src/lib.rs'));
  const depends = '[dependencies]\ntools = { path = "tools" }\n';

  it('joins a macro of another crate through a path, a use or macro_use, never by its name', async () => {
    assert.equal(await calls('fn f() { check!(); }\n'), false);
    assert.equal(await calls('fn f() { check!(); }\n', depends), false);
    assert.equal(await calls('fn f() { tools::check!(); }\n'), false);
    assert.equal(await calls('fn f() { assert!(tools::check!()); }\n', depends), true);
    assert.equal(await calls('use tools::check;\nfn f() { check!(); }\n', depends), true);
    assert.equal(await calls('#[macro_use]\nextern crate tools;\nfn f() { check!(); }\n', depends), true);
    assert.equal(await calls('use tools::check;\n', depends, 'macro_rules! check { () => {} }\n'), false);
  });

  it('sees macros of the modules around, of macro_use modules, and exported ones at the root', async () => {
    assert.deepEqual(
      await edges({
        'Cargo.toml': cargo('app'),
        'src/lib.rs': 'macro_rules! around { () => {} }\n#[macro_use]\nmod shared;\nmod closed;\nmod user;\n',
        'src/shared.rs': 'macro_rules! spread { () => {} }\n',
        'src/closed.rs': 'macro_rules! kept { () => {} }\n#[macro_export]\nmacro_rules! given { () => {} }\n',
        'src/user.rs': 'fn f() {\n    around!();\n    spread!();\n    kept!();\n    crate::given!();\n}\n',
      }),
      [
        'src/lib.rs -> src/closed.rs',
        'src/lib.rs -> src/shared.rs',
        'src/lib.rs -> src/user.rs',
        'src/user.rs -> src/closed.rs (use)',
        'src/user.rs -> src/lib.rs (reference)',
        'src/user.rs -> src/shared.rs (reference)',
      ],
    );
  });
});

describe('graph/resolve: Rust scopes', () => {
  const OTHERS = {
    'Cargo.toml': cargo('app'),
    'src/names.rs': 'pub fn run() {}\npub struct Item;\npub mod config {\n    pub fn load() {}\n}\n',
  };
  const edgesOf = async (body: string): Promise<string[]> =>
    (
      await edges({
        ...OTHERS,
        'src/lib.rs': 'mod names;\nmod far;\nmod user;\n',
        'src/far.rs': 'pub use crate::names::*;\n',
        'src/user.rs': `use crate::far::*;\n${body}\n`,
      })
    )
      .filter((e) => e.startsWith('src/user.rs -> src/names.rs'))
      .map((e) => e.replace(' (reference)', ''));

  it('knows calls, types and paths that mean what a glob brings', async () => {
    for (const body of ['fn f() { run(); }', 'fn f(i: Item) {}', 'fn f() { config::load(); }', 'fn f() { assert!(run() == 1); }'])
      assert.deepEqual(await edgesOf(body), ['src/user.rs -> src/names.rs'], body);
  });

  it('lets parameters, variables, patterns and closures hide functions', async () => {
    for (const body of [
      'fn f(run: fn()) { run(); }',
      'fn f() { let run = || 1; run(); }',
      'fn f() { let g = |run: fn()| run(); }',
      'fn f(x: Option<fn()>) { if let Some(run) = x { run(); } }',
      'fn f(x: Option<fn()>) { match x { Some(run) => run(), None => {} } }',
      'fn f(list: Vec<fn()>) { for run in list { run(); } }',
      'fn f(run: fn() -> u8) { assert_eq!(run(), 1); }',
      'fn f() { fn run() {} run(); }',
    ])
      assert.deepEqual(await edgesOf(body), [], body);
  });

  it('lets type parameters and items of a block hide types', async () => {
    for (const body of ['fn f<Item>(x: Item) {}', 'struct S<Item>(Item);', 'fn f() { struct Item; let x: Item = Item; }'])
      assert.deepEqual(await edgesOf(body), [], body);
  });

  it('takes a method of a value for no path', async () => {
    assert.deepEqual(await edgesOf('fn f(config: u8) { config.load(); }'), []);
  });

  it('keeps a use to its block', async () => {
    const inBlock = async (body: string): Promise<string[]> =>
      (
        await edges({ ...OTHERS, 'src/lib.rs': 'mod names;\nmod user;\nmod again { pub use crate::names::run; }\n', 'src/user.rs': body })
      ).filter((e) => e.startsWith('src/user.rs'));
    assert.deepEqual(await inBlock('fn f() { use crate::names::Item; }\n'), ['src/user.rs -> src/names.rs']);
    assert.deepEqual(await inBlock('fn f() { use crate::again; again::run(); }\n'), [
      'src/user.rs -> src/lib.rs',
      'src/user.rs -> src/names.rs (reference)',
    ]);
    assert.deepEqual(await inBlock('fn f() { use crate::again; }\nfn g() { again::run(); }\n'), ['src/user.rs -> src/lib.rs']);
  });

  it('says nothing of names where a macro is defined, but for its own crate', async () => {
    assert.deepEqual(await edgesOf('macro_rules! m { () => { run(); } }'), []);
    assert.deepEqual(await edgesOf('macro_rules! m { () => { config::load(); } }'), []);
    assert.deepEqual(await edgesOf('macro_rules! m { () => { $crate::names::run(); } }'), ['src/user.rs -> src/names.rs (use)']);
  });

  it('leads variants and functions of a type to the file of the type', async () => {
    assert.deepEqual(
      await edges({
        'Cargo.toml': cargo('app'),
        'src/lib.rs': 'mod kind;\nmod user;\npub use kind::Kind;\n',
        'src/kind.rs': 'pub enum Kind { One }\nimpl Kind { pub fn new() -> Kind { Kind::One } }\n',
        'src/user.rs': 'fn f() { let x = crate::Kind::One; crate::Kind::new(); }\n',
      }),
      ['src/lib.rs -> src/kind.rs', 'src/lib.rs -> src/user.rs', 'src/user.rs -> src/kind.rs (use)'],
    );
  });
});
