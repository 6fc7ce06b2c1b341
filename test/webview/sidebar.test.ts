import assert from 'node:assert/strict';
import type { SidebarState } from '../../src/webview/sidebar/protocol.js';
import { THEMES, usePages } from './page.js';
import { ROUTE, STATES, USUAL } from './sidebar-states.js';

describe('The page of the sidebar', () => {
  const open = usePages('sidebar');
  const opened = async (state: SidebarState, options = {}) => {
    const webview = await open(options);
    await webview.send(state);
    return webview;
  };

  it('asks for the state when it is loaded', async () => {
    await (await open()).tells({ kind: 'ready' });
  });

  it('does nothing in any state that its policy refuses', async () => {
    const webview = await open();
    for (const state of Object.values(STATES)) await webview.send(state);
    await webview.page.getByRole('button', { name: 'Compare 4 models' }).click();
    assert.deepEqual(webview.complaints, []);
  });

  it('shows every state without a serious violation of accessibility', async () => {
    const webview = await open();
    const violations: Record<string, string[]> = {};
    for (const [name, state] of Object.entries(STATES)) {
      await webview.send(state);
      violations[name] = await webview.seriousViolations();
    }
    assert.deepEqual(violations, Object.fromEntries(Object.keys(STATES).map((name) => [name, []])));
  });

  for (const theme of THEMES) {
    it(`is accessible in a theme of the kind ${theme}, models compared`, async () => {
      const webview = await opened({ ...USUAL, quotes: { ...USUAL.quotes, chosen: '' } }, { theme });
      await webview.page.getByRole('option', { name: 'Acme Large 5' }).waitFor();
      assert.deepEqual(await webview.seriousViolations(), []);
    });
  }

  it('fits 200 pixels', async () => {
    const webview = await opened({ ...USUAL, quotes: { ...USUAL.quotes, chosen: '' } }, { width: 200 });
    await webview.page.getByRole('button', { name: 'Route', exact: true }).click();
    for (const state of [undefined, 'chosen by the router', 'answered', 'broken off', 'not sent']) {
      if (state !== undefined) await webview.send(STATES[state]);
      assert.equal(await webview.page.evaluate(() => document.documentElement.scrollWidth), 200, state);
    }
  });

  it('never takes back what is typed, whatever state comes meanwhile', async () => {
    const webview = await opened(USUAL);
    const box = webview.page.getByLabel('Task', { exact: true });
    await box.fill('');
    await box.pressSequentially('retry');
    await webview.send({ ...USUAL, task: { text: 'ask a carrier again when booking fails', edit: 0 } });
    await box.pressSequentially(' the upload');
    const { edit } = await webview.tells<{ edit: number }>({ kind: 'task', text: 'retry the upload' });
    // Sent before the host heard the last of it.
    await webview.send({ ...USUAL, task: { text: 'retry', edit: edit - 1 } });
    assert.equal(await box.inputValue(), 'retry the upload');
  });

  it('shows a task that was set elsewhere', async () => {
    const webview = await opened(USUAL);
    const box = webview.page.getByLabel('Task', { exact: true });
    await box.fill('retry');
    const { edit } = await webview.tells<{ edit: number }>({ kind: 'task', text: 'retry' });
    await webview.send({ ...USUAL, task: { text: 'from the palette', edit } });
    assert.equal(await box.inputValue(), 'from the palette');
  });

  it('has what was typed when it comes back before it could tell', async () => {
    const webview = await opened(USUAL);
    const box = webview.page.getByLabel('Task', { exact: true });
    // In one go, so that no pause lets it tell.
    const draft = await box.evaluate((element: HTMLTextAreaElement) => {
      element.value = 'half a sen';
      element.dispatchEvent(new Event('input'));
      return sessionStorage.getItem('state') ?? '';
    });
    assert.deepEqual(JSON.parse(draft), { task: 'half a sen' });
    await webview.tells({ kind: 'task', text: 'half a sen', edit: 1 });
    await webview.page.evaluate((state) => sessionStorage.setItem('state', state), draft);
    await webview.page.reload();
    await webview.send(USUAL);
    assert.equal(await box.inputValue(), 'half a sen');
    await webview.tells({ kind: 'task', text: 'half a sen', edit: 1 });
  });

  it('sends on Ctrl+Enter, after it told the task', async () => {
    const webview = await opened(USUAL);
    await webview.page.getByLabel('Task', { exact: true }).fill('retry');
    await webview.page.keyboard.press('Control+Enter');
    await webview.tells({ kind: 'send', quote: 3 });
    assert.deepEqual((await webview.told()).slice(-2), [
      { kind: 'task', text: 'retry', edit: 1 },
      { kind: 'send', quote: 3 },
    ]);
  });

  it('takes a budget as people write it, and says what is wrong with another', async () => {
    const webview = await opened(USUAL);
    const field = webview.page.getByRole('textbox', { name: 'Token budget' });
    await field.fill('lots');
    await field.press('Enter');
    await webview.page.getByRole('alert').getByText('from 2,000 to 2,000,000').waitFor();
    await field.fill('64k');
    await field.press('Enter');
    await webview.tells({ kind: 'budget', tokens: 64_000 });
    assert.equal(await webview.page.locator('longview-budget').getByRole('alert').innerText(), '');
  });

  it('offers budgets, the pressed one said', async () => {
    const webview = await opened(USUAL);
    await webview.page.getByRole('button', { name: '8k', pressed: true }).waitFor();
    await webview.page.getByRole('button', { name: 'Acme Large 5' }).click();
    await webview.tells({ kind: 'budget', tokens: 600_000 });
  });

  it('changes where the context starts by the arrow keys', async () => {
    const webview = await opened(USUAL);
    await webview.page.getByRole('radio', { name: 'Follow the active editor' }).focus();
    await webview.page.keyboard.press('ArrowRight');
    await webview.tells({ kind: 'focus', choice: 'keep' });
    assert.equal(await webview.page.getByRole('radio', { name: 'Keep this place' }).isChecked(), true);
  });

  it('chooses a model by keyboard alone', async () => {
    const webview = await opened({ ...USUAL, quotes: { ...USUAL.quotes, chosen: '' } });
    const { page } = webview;
    // Tiny is cheapest, Small follows.
    await page.getByRole('option', { name: 'Tiny' }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await webview.tells({ kind: 'model', id: 'acme/small' });
    await webview.send({ ...USUAL, quotes: { ...USUAL.quotes, chosen: 'acme/small' } });
  });

  it('lets the router choose, by keyboard too, and then names the model that it chose', async () => {
    const webview = await opened({ ...USUAL, quotes: { ...USUAL.quotes, chosen: '' } });
    const { page } = webview;
    await page.getByRole('option', { name: 'Tiny' }).focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await webview.tells({ kind: 'model', id: 'auto' });
    await webview.send(STATES['chosen by the router']!);
    await page.getByRole('button', { name: 'Compare 4 models' }).click();
    await page.getByRole('option', { name: 'Automatic', selected: true }).waitFor();
    await page.getByRole('button', { name: 'Send to Acme Large 5 · $0.0142–$0.0941' }).waitFor();
    await page.getByText('Other: the key was not accepted. Acme Large 5 was asked instead').waitFor();
  });

  it('says who could be asked and why, once that is unfolded; a row chooses its model', async () => {
    const webview = await opened({ ...USUAL, route: ROUTE });
    const { page } = webview;
    const rows = page.getByRole('listbox', { name: 'Route' }).getByRole('option');
    assert.equal(await rows.count(), 0);
    await page.getByRole('button', { name: 'Route', expanded: false }).click();
    await webview.tells({ kind: 'route', open: true });
    assert.deepEqual(
      (await rows.allInnerTexts()).map((text) => text.split(/\s*\n\s*/).filter((line) => line !== '')),
      [
        ['acme/large', '$0.0492', 'first', '12 s'],
        ['other/middle', '$0.0787', 'fallback 1', '35 s?', 'dearer ($0.0787 for $0.0492)'],
        [
          ...['other/tiny', '$0.0011', 'not asked', '35 s?'],
          'of the light tier: the task needs standard; the prompt has at least 7,900 tokens, and 2,000 fit',
        ],
      ],
    );
    assert.deepEqual(await webview.seriousViolations(), []);
    await page.getByRole('option', { name: 'acme/large', selected: true }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await webview.tells({ kind: 'model', id: 'other/middle' });
    await page.getByRole('option', { name: 'other/tiny' }).click();
    await webview.tells({ kind: 'model', id: 'other/tiny' });
    await page.getByRole('button', { name: 'Route', expanded: true }).click();
    await webview.tells({ kind: 'route', open: false });
  });

  it('sends for the price on the button, by click and from the task', async () => {
    const webview = await opened(USUAL);
    await webview.page.getByRole('button', { name: 'Send · $0.0142–$0.0941' }).click();
    await webview.tells({ kind: 'send', quote: 3 });
    await webview.send({ ...USUAL, ask: { ...USUAL.ask, send: { kind: 'ready', price: '$0.02', quote: 4 } } });
    await webview.page.getByLabel('Task', { exact: true }).press('Control+Enter');
    await webview.tells({ kind: 'send', quote: 4 });
  });

  it('says what the session carries, what of it is billed again, and begins another', async () => {
    const webview = await opened(STATES['in a session']!);
    await webview.page.getByText('Session: 2 turns, 18,616 tokens carried').waitFor();
    await webview.page.getByText('0 of 19,940 tokens are expected from the provider’s cache.').waitFor();
    await webview.page.getByRole('status').getByText('18,204 tokens are billed again, for $0.0874').waitFor();
    await webview.page.getByRole('row', { name: 'Expected from the cache 9,000' }).waitFor();
    await webview.page.getByRole('button', { name: 'New Session' }).click();
    await webview.tells({ kind: 'command', command: 'longview.newSession' });
  });

  it('sends nothing while something is on its way or nothing may be sent', async () => {
    const webview = await opened(STATES['nothing may be sent'] ?? USUAL);
    const { page } = webview;
    await page.getByLabel('Task', { exact: true }).press('Control+Enter');
    await page.getByRole('button', { name: 'Manage Trust' }).click();
    await webview.tells({ kind: 'fix', obstacle: 'off', fix: 0 });
    await webview.send(STATES.answering);
    await page.getByLabel('Task', { exact: true }).press('Control+Enter');
    await page.getByRole('button', { name: 'Stop' }).click();
    await webview.tells({ kind: 'command', command: 'longview.stopAnswer' });
    assert.deepEqual(
      (await webview.told()).filter((message) => (message as { kind: string }).kind === 'send'),
      [],
    );
  });

  it('says why nothing was sent, with ways out', async () => {
    const webview = await opened(STATES['not sent'] ?? USUAL);
    await webview.page.getByRole('alert').getByText('config/.env (environment file) does not leave this machine.').waitFor();
    await webview.page.getByRole('button', { name: 'Allow It' }).click();
    await webview.tells({ kind: 'fix', obstacle: 0, fix: 1 });
  });

  it('says aloud when an answer begins and ends, not its words', async () => {
    const webview = await opened(USUAL);
    const said = webview.page.getByRole('status').nth(1);
    await webview.send(STATES.answering);
    await said.getByText('Acme Large 5 is answering').waitFor();
    await webview.send(STATES.answered);
    await said.getByText('Acme Large 5 has answered, cost $0.0312').waitFor();
  });

  it('keeps thinking folded up', async () => {
    const { page } = await opened(STATES.answering ?? USUAL);
    assert.equal(await page.getByText('A carrier is asked in booking.ts.').isVisible(), false);
    await page.getByText('Thinking', { exact: true }).click();
    await page.getByText('A carrier is asked in booking.ts.').waitFor();
  });

  it('goes on with an answer that broke off', async () => {
    const webview = await opened(STATES['broken off'] ?? USUAL);
    await webview.page.getByRole('button', { name: 'Continue' }).click();
    await webview.tells({ kind: 'command', command: 'longview.continueAnswer' });
  });

  it('says that a price is unknown, never that it is nothing', async () => {
    const { page } = await opened(STATES['no price'] ?? USUAL);
    await page.getByText('unknown: the price table has no other/secret').waitFor();
    await page.getByRole('button', { name: 'Compare 4 models' }).click();
    assert.match(await page.getByRole('option', { name: 'Secret' }).innerText(), /price unknown/);
  });

  it('lists the models of one provider, and still does when it comes back', async () => {
    const webview = await opened(USUAL);
    const { page } = webview;
    await page.getByRole('button', { name: 'Compare 4 models' }).click();
    await page.getByRole('combobox', { name: 'Provider' }).click();
    await page.getByRole('combobox', { name: 'Provider' }).press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const names = () =>
      page.getByRole('listbox', { name: 'Models' }).getByRole('option').locator('.line > span:first-child').allInnerTexts();
    const [automatic, ...lines] = await names();
    assert.deepEqual([automatic, ...lines.filter((_, i) => i % 2 === 0)], ['Automatic', 'Tiny', 'Secret']);
    await page.reload();
    await webview.send(USUAL);
    assert.equal((await names()).length, 1 + 2 * 2);
  });

  it('says the figures of a pack once they stay, to those who do not see them', async () => {
    const webview = await opened(STATES['looking for files'] ?? USUAL);
    await webview.send(USUAL);
    await webview.page.getByRole('status').getByText('Packed 14 files, 7,907 tokens').waitFor();
  });

  it('keeps the keyboard where it was when the button under it goes', async () => {
    const webview = await opened(STATES['indexing'] ?? USUAL);
    await webview.page.getByRole('button', { name: 'Cancel' }).focus();
    await webview.page.keyboard.press('Enter');
    await webview.tells({ kind: 'command', command: 'longview.cancelIndexing' });
    await webview.send(USUAL);
    const focused = await webview.page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.tagName);
    assert.equal(focused, 'LONGVIEW-WORKSPACE');
  });

  it('shows text of the workspace as text', async () => {
    const label = '<img src=x onerror=alert(1)>.ts';
    const webview = await opened({ ...USUAL, focus: { choice: 'editor', label, outside: false } });
    await webview.page.getByText(label).waitFor();
    assert.equal(await webview.page.locator('img').count(), 0);
  });
});
