import assert from 'node:assert/strict';
import { join, resolve } from 'node:path';
import { Engine, EngineLostError } from '../../src/engine/engine.js';
import { EngineService } from '../../src/engine/service.js';
import type { WorkspacePath } from '../../src/workspace/entry.js';
import { Folder } from '../folders.js';

const assets = resolve('dist');

describe('engine/engine', () => {
  let folder: Folder;
  let store: Folder;
  let engine: Engine;
  beforeEach(() => {
    folder = new Folder({
      'a.ts': "import { b } from './b';\nb();\nimport './gone';\n",
      'b.ts': '/** Doc. */\nexport function b() {}\n',
    });
    store = new Folder();
    engine = new Engine(join(assets, 'engine.js'), { roots: [folder.path], assets, store: store.path });
  });
  afterEach(async () => {
    await engine.close();
    folder.remove();
    store.remove();
  });

  it('answers from the workspace as it is, unsaved text counted in', async () => {
    const first = await engine.ask('update', { unsaved: [] });
    assert.deepEqual([first.files, first.edges, first.resolved], [2, 1, 2]);
    const a = await engine.ask('file', join(folder.path, 'a.ts'));
    assert.deepEqual(
      a?.dependencies.map((d) => [d.path, d.line]),
      [['b.ts', 0]],
    );
    assert.deepEqual(a?.unresolved, [{ specifier: './gone', line: 2 }]);
    await engine.ask('update', { unsaved: [{ absolute: join(folder.path, 'b.ts'), text: "import './a';\nexport function b() {}\n" }] });
    assert.deepEqual(
      (await engine.ask('cycles', {})).map((c) => c.files),
      [['a.ts', 'b.ts']],
    );
    await engine.ask('update', { unsaved: [] });
    assert.deepEqual(await engine.ask('cycles', {}), []);
  });

  it('updates by itself when it is asked something first', async () => {
    const result = await engine.ask('pack', { task: 'what does b do', budget: 4_000 });
    assert.equal(result.kind === 'packed' && result.pack.whole, true);
    const graph = await engine.ask('graph', undefined);
    assert.deepEqual([graph.files, [...graph.from], [...graph.to], graph.kinds[graph.kind[0]!]], [['a.ts', 'b.ts'], [0], [1], 'import']);
    assert.ok((await engine.ask('why', { path: 'b.ts', task: 'b', focus: undefined }))?.rank);
    assert.equal(await engine.ask('file', '/elsewhere/c.ts'), undefined);
    const { heap, buffers } = await engine.ask('memory', undefined);
    assert.ok(heap > 1_000_000 && buffers > 0);
  });

  it('lists findings by the rules of the folder, and says what is wrong with those', async () => {
    folder.write('.longview/rules.json', '{"suppress": [{"kind": "dead-export", "path": "b.ts"}]}');
    folder.write('b.ts', "import './a';\nexport function b() {}\n");
    await engine.ask('update', { unsaved: [] });
    const wrong = await engine.ask('findings', undefined);
    assert.deepEqual([wrong.findings.map((f) => f.kind), wrong.suppressed], [['cycle'], 0]);
    assert.deepEqual(wrong.wrongRules, [
      {
        path: '.longview/rules.json',
        absolute: join(folder.path, '.longview/rules.json'),
        problems: ['"suppress" 1: "reason" is missing. Say why this is accepted.'],
      },
    ]);
    const text = '{"suppress": [{"kind": "cycle", "path": "*.ts", "reason": "known"}]}';
    await engine.ask('update', { unsaved: [{ absolute: join(folder.path, '.longview/rules.json'), text }] });
    assert.deepEqual(await engine.ask('findings', undefined), { findings: [], suppressed: 1, wrongRules: [] });
  });

  it('plans a turn of a conversation: all of it first, then what is new', async () => {
    const request = { task: 'what does b do', budget: 4_000 };
    const first = await engine.ask('turn', { request });
    assert.ok(first.kind === 'turn');
    assert.deepEqual([...first.shown.keys()], ['a.ts', 'b.ts']);
    assert.match(first.context, /export function b/);
    folder.write('b.ts', '/** Doc. */\nexport function b(): void {}\n');
    await engine.ask('update', { unsaved: [] });
    const second = await engine.ask('turn', { request, after: { shown: first.shown, room: 2_000 } });
    assert.ok(second.kind === 'turn');
    assert.match(second.context, /b\.ts.*changed[\s\S]*b\(\): void/);
    assert.doesNotMatch(second.context, /gone/);
    assert.deepEqual(second.shown.get('a.ts' as WorkspacePath), first.shown.get('a.ts' as WorkspacePath));
  });

  it('draws the graph with its cycles, and the same one again at the same places', async () => {
    folder.write('b.ts', "import './a';\nexport function b() {}\n");
    const { facts, layout, cycles } = await engine.ask('layout', undefined);
    assert.deepEqual([facts.files, layout.folders.paths, [...layout.folders.folderOf]], [['a.ts', 'b.ts'], [''], [0, 0]]);
    assert.deepEqual(
      cycles.map((c) => [...c.files, ...c.shortest]),
      [[0, 1, 0, 1]],
    );
    assert.deepEqual(
      [[...facts.lines], [...facts.line], [...facts.typeOnly]],
      [
        [3, 2],
        [0, 0],
        [0, 0],
      ],
    );
    await engine.ask('update', { unsaved: [{ absolute: join(folder.path, 'b.ts'), text: "import './a';\nexport function c() {}\n" }] });
    assert.deepEqual((await engine.ask('layout', undefined)).layout, layout);
    await assert.rejects(engine.ask('layout', undefined, AbortSignal.abort()), { name: 'AbortError' });
  });

  it('sends the files of a pack without their text, and those without room apart', async () => {
    for (let i = 0; i < 200; i++) folder.write(`more/file${i}.ts`, `export const f${i} = ${'1 + '.repeat(20)}1;\n`);
    const result = await engine.ask('pack', { task: '', focus: { path: 'b.ts' }, budget: 2_000, drops: ['a.ts'] });
    assert.ok(result.kind === 'packed');
    const { files, left } = result.pack;
    assert.equal(files[0]?.path, 'b.ts');
    assert.ok(files.every((f) => f.level !== 'nothing' && !('text' in f)));
    assert.ok(left.paths.length > 0 && left.paths.length === left.scores.length);
    assert.equal(new Set([...files.map((f) => f.path), ...left.paths]).size, 201);
  });

  it('lets go of a question that is cancelled and answers the next one', async () => {
    for (let i = 0; i < 40; i++) folder.write(`more/f${i}.ts`, 'export const x = 1;\n'.repeat(200));
    const abort = new AbortController();
    const update = engine.ask('update', { unsaved: [] }, abort.signal);
    setTimeout(() => abort.abort(), 30);
    await assert.rejects(update, { name: 'AbortError' });
    assert.equal((await engine.ask('update', { unsaved: [] })).files, 42);
  });

  it('gives up packing when the question is cancelled, and says so', async () => {
    const service = new EngineService({ roots: [folder.path], assets }, () => undefined);
    const abort = new AbortController();
    const packing = service.answer('pack', { task: 'b', budget: 4_000 }, abort.signal);
    abort.abort();
    await assert.rejects(packing, { name: 'AbortError' });
    assert.equal((await service.answer('pack', { task: 'b', budget: 4_000 }, new AbortController().signal)).kind, 'packed');
  });

  it('starts again after its thread was lost, and says so', async () => {
    await engine.ask('update', { unsaved: [] });
    const lost = engine.ask('pack', { task: 'b', budget: 4_000 });
    const closing = engine.close();
    await assert.rejects(lost, EngineLostError);
    await closing;
    assert.equal((await engine.ask('update', { unsaved: [] })).files, 2);
  });
});
