/**
 * How VS Code's Markdown preview renders an answer: by Markdown's own elements alone. The preview's policy lets
 * images of any https address in, and the words of a model may hold what it has read. So an image is shown as
 * the Markdown it was written as, HTML and drawings as text; a link leads to the web or to a file, not to a
 * command or another program. The document stays as the model wrote it.
 */

/** What of markdown-it is needed here; the preview passes its own. */
export interface MarkdownIt {
  readonly renderer: { render(tokens: MarkdownToken[], options: unknown, env: unknown): string };
}

export interface MarkdownToken {
  type: string;
  tag: string;
  nesting: number;
  content: string;
  info: string;
  children: MarkdownToken[] | null;
  attrGet(name: string): string | null;
}

const SAFE =
  /^(?:(?:paragraph|heading|bullet_list|ordered_list|list_item|blockquote|table|thead|tbody|tr|th|td|strong|em|s|link)_(?:open|close)|inline|text|softbreak|hardbreak|hr|code_inline|code_block|fence|math_\w+)$/;
/** Languages that the preview colours; it draws others, and a drawing may have images. */
const LANGUAGE = /^(?!mermaid)[\w+#.-]*$/i;

/** Addresses of any scheme but these; a path has none. */
const ELSEWHERE = /^\s*(?!https?:|mailto:)[a-z][a-z0-9+.-]*:/i;

/** Documents of this scheme alone are rendered so; the preview of all others stays as it is. */
export function inertFor<Md extends MarkdownIt>(scheme: string, md: Md): Md {
  const { renderer } = md;
  const render = renderer.render.bind(renderer);
  renderer.render = (tokens, options, env) => {
    if (isOf(scheme, env)) for (const token of tokens) disarm(token, false);
    return render(tokens, options, env);
  };
  return md;
}

/** The preview names the document in the environment that it renders in. */
function isOf(scheme: string, env: unknown): boolean {
  const { currentDocument } = (env ?? {}) as { readonly currentDocument?: { readonly scheme?: unknown } };
  return currentDocument?.scheme === scheme;
}

/** Makes a token one that loads nothing, whoever else has a hand in rendering. */
function disarm(token: MarkdownToken, isInline: boolean): void {
  if (token.type === 'image') {
    // The preview may have put another address in its place.
    const source = token.attrGet('data-src') ?? token.attrGet('src') ?? '';
    become(token, 'code_inline', `![${token.content}](${source})`);
  } else if (!SAFE.test(token.type)) become(token, isInline || token.nesting !== 0 ? 'text' : 'code_block', token.content);
  else if (token.type === 'fence' && !LANGUAGE.test(token.info.trim())) token.info = '';
  else if (token.type === 'link_open' && ELSEWHERE.test(token.attrGet('href') ?? '')) Object.assign(token, { attrs: null });
  for (const child of token.children ?? []) disarm(child, true);
}

function become(token: MarkdownToken, type: 'text' | 'code_inline' | 'code_block', content: string): void {
  Object.assign(token, { type, content, tag: type === 'text' ? '' : 'code', nesting: 0, children: null, attrs: null });
}
