import assert from 'node:assert/strict';
import { findingsIn, shownIn } from './findings.js';

/** A file that `fanIn` others import, and that imports `fanOut` others, among three hundred that keep to themselves. */
function star(fanIn: number, fanOut: number, centre: string): Record<string, string> {
  const files: Record<string, string> = {};
  const below = Array.from({ length: fanOut }, (_, i) => `below${i}`);
  for (const name of below) files[`${name}.ts`] = `export const ${name} = 1;\n`;
  for (let i = 0; i < fanIn; i++) files[`above${i}.ts`] = "import { work } from './centre';\nwork();\n";
  for (let i = 0; i < 300; i++) files[`pair${i}.ts`] = `import './lone';\n`;
  files['lone.ts'] = 'export {};\n';
  files['centre.ts'] = centre.replace('IMPORTS', below.map((name) => `import { ${name} } from './${name}';`).join('\n'));
  return files;
}

const CODE = 'IMPORTS\nexport function work() { return [below0, below0, below1]; }\n';

describe('graph/findings/hub', () => {
  it('finds a file that much depends on and that depends on much', async () => {
    const [hub, ...others] = await findingsIn(star(12, 11, CODE), 'hub');
    assert.deepEqual(others, []);
    assert.equal(
      hub?.message,
      '12 files depend on centre.ts, and it depends on 11: a change in any of these may reach all of those through it.',
    );
    assert.deepEqual(
      hub.evidence.slice(0, 2).map((e) => `${e.line + 1} ${e.words}`),
      ['12 12 files depend on this one', '1 depends on below0.ts: 3 references'],
    );
  });

  it('leaves alone what is only used, what only uses, and what passes on the exports of others', async () => {
    assert.deepEqual(await shownIn(star(30, 3, CODE), 'hub'), []);
    assert.deepEqual(await shownIn(star(3, 30, CODE), 'hub'), []);
    const door = Array.from({ length: 11 }, (_, i) => `export * from './below${i}';`).join('\n');
    assert.deepEqual(await shownIn(star(12, 11, door), 'hub'), []);
  });

  it('counts no imports of types', async () => {
    const files = star(12, 11, CODE);
    files['centre.ts'] = files['centre.ts']!.replaceAll('import {', 'import type {');
    assert.deepEqual(await shownIn(files, 'hub'), []);
  });

  it('counts in Rust no mod and no pub use: a root of modules only lists what is below it', async () => {
    const rust = (body: string): Promise<string[]> => {
      const names = Array.from({ length: 12 }, (_, i) => `part${i}`);
      const files: Record<string, string> = { 'Cargo.toml': '[package]\nname = "parts"\n' };
      for (const name of names) files[`src/all/${name}.rs`] = 'use crate::all::work;\npub fn run() { work(); }\n';
      for (let i = 0; i < 300; i++) files[`src/pair${i}.rs`] = 'use crate::lone::lone;\npub fn run() { lone(); }\n';
      files['src/lone.rs'] = 'pub fn lone() {}\n';
      files['src/lib.rs'] = `mod all;\nmod lone;\n${Array.from({ length: 300 }, (_, i) => `mod pair${i};\n`).join('')}`;
      files['src/all.rs'] =
        `${names.map((name) => `mod ${name};\n`).join('')}pub fn work() {}\npub fn start() {\n${names.map((name) => body.replace('NAME', name)).join('')}}\n`;
      return shownIn(files, 'hub');
    };
    assert.deepEqual(await rust(''), []);
    assert.equal((await rust('    NAME::run();\n')).length, 1);
  });
});
