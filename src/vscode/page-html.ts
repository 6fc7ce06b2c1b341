/** The HTML of a webview's page, with its security policy. Pure, so that pages are tested under the policy that they ship with. */
export interface PageParts {
  readonly title: string;
  readonly nonce: string;
  /** Where the editor serves a webview's files from. */
  readonly source: string;
  readonly script: string;
  readonly styles: string;
  readonly icons: string;
}

export function pageHtml({ title, nonce, source, script, styles, icons }: PageParts): string {
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
