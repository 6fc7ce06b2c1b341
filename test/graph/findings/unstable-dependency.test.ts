import assert from 'node:assert/strict';
import { findingsIn, shownIn } from './findings.js';

const unstable = (files: Readonly<Record<string, string>>): Promise<string[]> => shownIn(files, 'unstable-dependency');

/** Ten pages use the model; an import from the model leads to a wizard, which uses nine parts in three folders. */
function shop(model: string): Record<string, string> {
  const files: Record<string, string> = { 'model/order.ts': model };
  const parts = Array.from({ length: 9 }, (_, i) => ({ name: `part${i}`, path: `parts/${i % 3}/part${i}` }));
  for (let i = 0; i < 10; i++) files[`pages/page${i}.ts`] = "import { order } from '../model/order';\norder();\n";
  for (const { name, path } of parts) files[`${path}.ts`] = `export const ${name} = 1;\n`;
  files['wizard/wizard.ts'] =
    `${parts.map((p) => `import { ${p.name} } from '../${p.path}';`).join('\n')}\nexport const open = () => [${parts.map((p) => p.name)}];\n`;
  files['wizard/second.ts'] = "import { part0 } from '../parts/0/part0';\nexport const second = part0;\n";
  files['wizard/third.ts'] = "import { part1 } from '../parts/1/part1';\nexport const third = part1;\n";
  return files;
}

describe('graph/findings/unstable-dependency', () => {
  it('finds a folder that much depends on and that depends on one that changes with everything', async () => {
    const files = shop("import { open } from '../wizard/wizard';\nexport const order = () => open();\n");
    assert.deepEqual(await unstable(files), ['medium unstable-dependency: model/order.ts:1 depends on wizard/wizard.ts']);
    const [finding] = await findingsIn(files, 'unstable-dependency');
    assert.equal(finding?.key, 'unstable-dependency:model->wizard');
    assert.equal(
      finding.message,
      'The folder model, on which 10 files depend (instability 0.09), depends on wizard, which itself depends on 9 (instability 0.75): 2 references.',
    );
  });

  it('leaves alone what puts a program together out of many such parts', async () => {
    const wizards = (count: number): Record<string, string> => {
      const names = Array.from({ length: count }, (_, i) => `wizard${i}`);
      const files = shop(
        names.map((name) => `import { open as ${name} } from '../${name}/wizard';\n`).join('') + `export const order = () => [${names}];\n`,
      );
      for (const name of names) for (const part of ['wizard', 'second', 'third']) files[`${name}/${part}.ts`] = files[`wizard/${part}.ts`]!;
      return files;
    };
    assert.equal((await unstable(wizards(4))).length, 4);
    assert.deepEqual(await unstable(wizards(5)), []);
  });

  it('leaves alone what depends on something stable, on types alone, or on a folder inside its own', async () => {
    assert.deepEqual(await unstable(shop("import { part0 } from '../parts/0/part0';\nexport const order = () => part0;\n")), []);
    assert.deepEqual(
      await unstable(shop("import type { open } from '../wizard/wizard';\nexport const order = (o: typeof open) => o;\n")),
      [],
    );
    const inside = Object.entries(shop("import { open } from '../wizard/wizard';\nexport const order = () => open();\n"));
    const moved = inside.map(([path, text]) => [
      path.replace(/^wizard/, 'model/wizard'),
      path.startsWith('wizard') ? text.replaceAll('../', '../../') : text.replace('../wizard', './wizard'),
    ]);
    assert.deepEqual(await unstable(Object.fromEntries(moved)), []);
  });
});
