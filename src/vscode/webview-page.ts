/** The page of a webview: one script and one style sheet of ours, nothing inline, nothing from elsewhere. */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** A bundle in dist/webview: NAME.js and NAME.css. */
export type WebviewName = 'sidebar' | 'graph';

/** Loads the page. Once per webview: another time throws away what it shows. */
export function preparePage(webview: vscode.Webview, extension: vscode.Uri, name: WebviewName, title: string): void {
  const folder = vscode.Uri.joinPath(extension, 'dist', 'webview');
  webview.options = { enableScripts: true, localResourceRoots: [folder] };
  const at = (file: string): string => webview.asWebviewUri(vscode.Uri.joinPath(folder, file)).toString();
  const nonce = randomBytes(16).toString('base64');
  webview.html = pageHtml({
    title,
    nonce,
    source: webview.cspSource,
    script: at(`${name}.js`),
    styles: at(`${name}.css`),
    icons: at('codicon.css'),
  });
}

interface PageParts {
  readonly title: string;
  readonly nonce: string;
  /** Where the editor serves a webview's files from. */
  readonly source: string;
  readonly script: string;
  readonly styles: string;
  readonly icons: string;
}

function pageHtml({ title, nonce, source, script, styles, icons }: PageParts): string {
  // Elements style themselves by constructed sheets, which no policy forbids; the nonce is for the sheet of icons that each icon links to.
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${source} 'nonce-${nonce}'; font-src ${source}; img-src ${source}`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="${icons}" id="vscode-codicon-stylesheet" nonce="${nonce}">
<link rel="stylesheet" href="${styles}">
</head>
<body>
<script type="module" nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}
