import assert from 'node:assert/strict';
import { answering } from '../models/providers/chat-replies.js';
import { type Asked, ProtocolServer } from '../models/providers/protocol-server.js';
import { seriousViolations } from './axe.js';
import { useVSCode } from './use-vscode.js';

const KEY = 'sk-acme-0123456789';
const TASK = 'ask a carrier again when booking fails';

describe('Asking a model in the workbench', () => {
  let server: ProtocolServer;
  before(async () => {
    server = await ProtocolServer.start();
  });
  const here = useVSCode({
    settings: () => ({
      'longview.endpoints': { acme: { name: 'Acme', baseUrl: `${server.url}/v1`, keyVariable: 'ACME_KEY' } },
      'longview.prices': { 'acme/large': { input: 2, output: 10, cacheRead: 0.2 } },
      'longview.model': 'acme/large',
      'longview.budgets': { day: 1 },
      'longview.pack.budget': 8_000,
    }),
    env: { ACME_KEY: KEY },
  });
  after(() => server.stop());
  beforeEach(() => server.asked.splice(0));

  const sidebar = () => here.workbench.webview();
  const bodyOf = ({ body }: Asked) => body as { messages: { role: string; content: unknown }[] };

  it('shows the price on the button, then the answer as it comes, then what it cost', async () => {
    const { workbench } = here;
    server.answer(answering(['Wrap the call ', 'in `withRetry`.'], { gap: 300 }));
    await workbench.runCommand('Longview: Focus on Context View');
    const task = sidebar().getByRole('textbox', { name: 'Task' });
    await task.fill(TASK);
    const button = sidebar().getByRole('button', { name: /^Send · \$[\d.]+–\$[\d.]+$/ });
    await button.waitFor();
    const [, low, high] = /\$([\d.]+)–\$([\d.]+)/.exec(await button.innerText())!.map(Number);
    await task.press('Control+Enter');
    await sidebar().getByRole('region', { name: 'Answer' }).getByText('Wrap the call in `withRetry`.').waitFor();
    await sidebar().getByText('Receipt').waitFor();
    // 3,000 × $2 + 1,000 × $0.20 + 40 × $10, of a million tokens each.
    const cost = '$0.0066';
    await sidebar().getByRole('cell', { name: cost, exact: true }).waitFor();
    await sidebar()
      .getByRole('cell', { name: `$${low}–$${high}` })
      .waitFor();
    await workbench.statusBarItem('longview.status').getByText(cost).waitFor();
    await workbench.tab('ask a carrier again when booking fails.md').waitFor();
    assert.match(
      await workbench.editorText(),
      /Wrap the call in `withRetry`\.[\s\S]*4,000 tokens in, 1,000 of them cached, 40 out: \$0\.0066/,
    );
    assert.equal(server.asked.length, 1);
    assert.equal(server.asked[0]!.headers.authorization, `Bearer ${KEY}`);
    assert.match(JSON.stringify(bodyOf(server.asked[0]!)), /withRetry[\s\S]*ask a carrier again/);
  });

  it('has no serious violation of the accessibility rules', async () => {
    assert.deepEqual(await seriousViolations(sidebar()), []);
  });

  it('is stopped by the button, and keeps what came', async () => {
    server.answer(answering(['One', ' two', ...Array.from({ length: 200 }, () => ' more')], { gap: 100 }));
    await sidebar()
      .getByRole('button', { name: /^Send · / })
      .click();
    await sidebar()
      .getByRole('region', { name: 'Answer' })
      .getByText(/^One two more/)
      .waitFor();
    await sidebar().getByRole('button', { name: 'Stop' }).click();
    await sidebar().getByRole('main').getByText('Stopped.').waitFor();
    await sidebar()
      .getByRole('region', { name: 'Answer' })
      .getByText(/^One two more/)
      .waitFor();
  });

  it('continues an answer that broke off, behind what it has', async () => {
    server.answer(answering(['First half, '], { finish: 'reset' }));
    await sidebar()
      .getByRole('button', { name: /^Send · / })
      .click();
    await sidebar()
      .getByRole('main')
      .getByText(/The answer broke off/)
      .waitFor();
    server.answer(answering(['second half.']));
    await sidebar().getByRole('button', { name: 'Continue' }).click();
    await sidebar().getByRole('region', { name: 'Answer' }).getByText('First half, second half.').waitFor();
    await sidebar().getByText('Receipt').nth(1).waitFor();
    const [before, after] = server.asked.map(bodyOf);
    assert.deepEqual(after!.messages.slice(0, before!.messages.length), before!.messages);
    assert.deepEqual(after!.messages.at(-2), { role: 'assistant', content: 'First half, ' });
  });

  it('lists the requests with what they cost, and the budgets; a row opens its answer', async () => {
    const { workbench } = here;
    await sidebar().getByRole('button', { name: 'Show in Requests' }).last().click();
    const rows = workbench.treeRows('Requests');
    await rows.filter({ hasText: /Budget: Today/ }).waitFor();
    await rows.filter({ hasText: /Spent this month/ }).waitFor();
    await workbench.runCommand('View: Close All Editors');
    await rows.filter({ hasText: TASK }).filter({ hasText: 'stopped' }).click();
    await workbench.page.locator('.view-line').filter({ hasText: 'One two more' }).first().waitFor();
    await workbench.runCommand('Longview: Open Answer');
    await workbench.page.locator('.view-line').filter({ hasText: 'second half.' }).first().waitFor();
  });

  it('has the answer again after the window is reloaded', async () => {
    const { workbench } = here;
    await workbench.page.reload();
    await workbench.tab('ask a carrier again when booking fails.md').waitFor({ timeout: 60_000 });
    await workbench.runCommand('Longview: Focus on Context View');
    await sidebar().getByRole('region', { name: 'Answer' }).getByText('First half, second half.').waitFor();
    await workbench.runCommand('Longview: Open Answer');
    await workbench.page.locator('.view-line').filter({ hasText: 'First half, second half.' }).first().waitFor();
  });
});
