/** The page of a webview: one script and one style sheet of ours, nothing inline, nothing from elsewhere. */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { pageHtml } from './page-html.js';

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
