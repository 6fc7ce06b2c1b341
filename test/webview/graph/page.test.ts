import assert from 'node:assert/strict';
import { usePages, type WebviewPage } from '../page.js';
import { messagesOf } from './models.js';

const GRAPH = messagesOf(
  'src/app.ts -> src/graph/model.ts, src/app.ts -> src/graph/view.ts, src/graph/view.ts -> src/graph/model.ts, ' +
    'src/graph/model.ts => src/types.ts, tools/a.py -> tools/b.py, tools/b.py -> tools/a.py, README.md',
);

describe('webview/graph: the page', () => {
  const open = usePages('graph');

  /** A page of the usual size that shows the graph above. */
  async function shown(options: Parameters<typeof open>[0] = {}): Promise<WebviewPage> {
    const page = await open({ width: 1200, height: 800, ...options });
    await page.tells({ kind: 'ready' });
    for (const message of GRAPH) await page.send(message);
    await page.page.getByRole('heading', { name: 'Workspace' }).waitFor();
    return page;
  }

  const selected = async ({ page }: WebviewPage): Promise<string | null> =>
    /Selected: (.*)$/.exec((await page.locator('#drawing').getAttribute('aria-label')) ?? '')?.[1] ?? null;

  for (const theme of ['dark', 'light', 'high-contrast'] as const) {
    it(`is accessible and breaks no rule of its policy (${theme})`, async () => {
      const webview = await shown({ theme });
      const { page } = webview;
      assert.deepEqual(await webview.seriousViolations(), []);
      await page.getByRole('button', { name: /Filters/ }).click();
      assert.deepEqual(await webview.seriousViolations(), []);
      await page.getByRole('combobox', { name: 'Find a file or folder' }).fill('model');
      assert.deepEqual(await webview.seriousViolations(), []);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'model.ts' }).waitFor();
      assert.deepEqual(await webview.seriousViolations(), []);
      await page.getByRole('tab', { name: /Shown/ }).click();
      assert.deepEqual(await webview.seriousViolations(), []);
      // The driver that draws without a graphics card complains of its own slowness.
      assert.deepEqual(
        webview.complaints.filter((c) => !c.includes('GL Driver Message')),
        [],
      );
    });
  }

  it('is used by keyboard alone: search, along dependencies, open, neighbourhood and back', async () => {
    const webview = await shown();
    const { page } = webview;
    await page.locator('#drawing').focus();
    await page.keyboard.press('/');
    await page.keyboard.type('app');
    await page.keyboard.press('Enter');
    assert.equal(await selected(webview), 'src/app.ts');
    await page.keyboard.press('n');
    await page.keyboard.press('ArrowRight');
    assert.match((await selected(webview)) ?? '', /^src\/graph\/(model|view)\.ts$/);
    await page.keyboard.press('Enter');
    await webview.tells({ kind: 'open', path: (await selected(webview)) ?? '', line: 0 });
    await page.keyboard.press('Escape');
    assert.match((await page.locator('#drawing').getAttribute('aria-label')) ?? '', /^Dependency graph: 7 files/);
    await page.keyboard.press('Backspace');
    assert.equal(await selected(webview), 'src/graph');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    assert.equal(await selected(webview), null);
  });

  it('tells a file’s facts and does what can be done with it', async () => {
    const webview = await shown();
    const { page } = webview;
    await page.getByRole('combobox', { name: 'Find' }).fill('tools/a');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'In a cycle of 2 files' }).waitFor();
    for (const [button, kind] of [
      ['Pack Around This', 'pack-around'],
      ['Pin to Context', 'pin'],
      ['Run Action…', 'act'],
      ['Reveal in Explorer', 'reveal'],
    ] as const) {
      await page.getByRole('button', { name: button }).click();
      await webview.tells({ kind, path: 'tools/a.py' });
    }
    await page.getByRole('button', { name: /^Open line .* of b\.py$/ }).click();
    assert.ok((await webview.told()).some((m) => (m as { path?: string }).path === 'tools/b.py'));
  });

  it('filters by language, and says so where nothing is left', async () => {
    const { page } = await shown();
    await page.getByRole('button', { name: /Filters/ }).click();
    for (const language of ['typescript', 'python']) await page.getByRole('checkbox', { name: language }).uncheck();
    assert.match((await page.locator('#drawing').getAttribute('aria-label')) ?? '', /: 1 files/);
    await page.getByRole('checkbox', { name: /^other/ }).uncheck();
    await page.getByText('The filters leave no file.').waitFor();
  });

  it('comes back as it was after it was hidden, and keeps its place when the graph changes', async () => {
    const webview = await shown();
    const { page } = webview;
    await page.getByRole('combobox', { name: 'Find' }).fill('view');
    await page.keyboard.press('Enter');
    await page.keyboard.press('+');
    await page.waitForTimeout(800);
    const kept = await page.evaluate(() => sessionStorage.getItem('state'));
    await page.reload();
    for (const message of GRAPH) await webview.send(message);
    await page.getByRole('heading', { name: 'view.ts' }).waitFor();
    for (const message of messagesOf('src/app.ts -> src/graph/view.ts, src/new.ts')) await webview.send({ ...message, revision: 2 });
    await page.waitForTimeout(500);
    assert.equal(await selected(webview), 'src/graph/view.ts');
    const camera = (text: string | null): unknown => (JSON.parse(text ?? '{}') as { camera?: unknown }).camera;
    assert.ok(camera(kept));
    assert.deepEqual(camera(await page.evaluate(() => sessionStorage.getItem('state'))), camera(kept));
  });

  it('says why there is no graph, and offers what helps', async () => {
    const webview = await open({ width: 900, height: 600 });
    await webview.send({ kind: 'workspace', state: 'indexing', done: 1200, total: 5000 });
    await webview.page.getByText('1,200 of 5,000 files').waitFor();
    assert.deepEqual(await webview.seriousViolations(), []);
    await webview.send({ kind: 'workspace', state: 'paused' });
    await webview.page.getByRole('button', { name: 'Resume' }).click();
    await webview.tells({ kind: 'resume' });
  });

  it('has the same files and facts in a list where nothing can be drawn', async () => {
    const webview = await open({ width: 900, height: 600 });
    const { page } = webview;
    await page.addInitScript(() => {
      HTMLCanvasElement.prototype.getContext = () => null;
    });
    await page.reload();
    for (const message of GRAPH) await webview.send(message);
    await page.getByText('Nothing can be drawn here without WebGL.').waitFor();
    const list = page.getByRole('listbox', { name: 'Drawn files and folders' });
    assert.equal(await list.getByRole('option').count(), 7);
    await list.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await webview.tells({ kind: 'open', path: 'src/app.ts', line: 0 });
    await page.getByRole('tab', { name: 'Facts' }).click();
    await page.getByRole('heading', { name: 'Depends on 2' }).waitFor();
    assert.deepEqual(await webview.seriousViolations(), []);
  });
});
