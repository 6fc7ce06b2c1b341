import assert from 'node:assert/strict';
import { inertFor, type MarkdownToken } from '../../../src/vscode/requests/answer-preview.js';

const token = (type: string, more: Partial<MarkdownToken> = {}, src?: string): MarkdownToken => ({
  ...{ type, tag: 'x', nesting: 0, content: '', info: '', children: null },
  attrGet: (name) => (name === 'src' ? (src ?? null) : null),
  ...more,
});

/** Types and contents that reach the renderer from a document of this scheme. */
function rendered(scheme: string | undefined, ...tokens: MarkdownToken[]): string[] {
  const flat = (all: readonly MarkdownToken[]): MarkdownToken[] => all.flatMap((t) => [t, ...flat(t.children ?? [])]);
  const md = {
    renderer: {
      render: (all: MarkdownToken[], _options: unknown, _env: unknown) =>
        JSON.stringify(flat(all).map((t) => `${t.type} ${t.content}${t.info}`.trim())),
    },
  };
  const env = scheme === undefined ? undefined : { currentDocument: { scheme } };
  return JSON.parse(inertFor('answer', md).renderer.render(tokens, {}, env)) as string[];
}

describe('vscode/requests/answer-preview', () => {
  it('leaves Markdown’s own elements, and makes text of all that could load something', () => {
    const inline = token('inline', {
      children: [
        token('text', { content: 'a' }),
        token('image', { content: 'alt' }, 'https://x.example'),
        token('html_inline', { content: '<img>' }),
      ],
    });
    assert.deepEqual(rendered('answer', token('paragraph_open', { nesting: 1 }), inline), [
      'paragraph_open',
      'inline',
      'text a',
      'code_inline ![alt](https://x.example)',
      'text <img>',
    ]);
    assert.deepEqual(rendered('answer', token('html_block', { content: '<p>' }), token('container_mermaid_open', { nesting: 1 })), [
      'code_block <p>',
      'text',
    ]);
    assert.deepEqual(
      rendered('answer', token('fence', { info: 'ts' }), token('fence', { info: 'mermaid' }), token('fence', { info: 'Mermaid x' })),
      ['fence ts', 'fence', 'fence'],
    );
  });

  it('takes the address of links that lead to a command or a program', () => {
    const addressOf = (href: string): unknown => {
      const link = { ...token('link_open', { nesting: 1 }), attrs: [['href', href]], attrGet: () => href };
      rendered('answer', token('inline', { children: [link] }));
      return link.attrs;
    };
    for (const href of ['command:longview.send', 'vscode://a.b/c', ' Command:x', 'file:///etc/passwd'])
      assert.equal(addressOf(href), null, href);
    for (const href of ['https://example.com/', 'mailto:a@example.com', 'src/a.ts', '#top', './a:b'])
      assert.deepEqual(addressOf(href), [['href', href]], href);
  });

  it('changes no other document', () => {
    for (const scheme of ['file', undefined])
      assert.deepEqual(rendered(scheme, token('html_block', { content: '<p>' })), ['html_block <p>']);
  });
});
