/** The four kinds of colour theme: the class that VS Code puts on the body of a webview, and a theme that comes with it. */
export const THEMES = {
  'vscode-dark': 'Default Dark Modern',
  'vscode-light': 'Default Light Modern',
  'vscode-high-contrast': 'Default High Contrast',
  'vscode-high-contrast-light': 'Default High Contrast Light',
} as const;

export type ThemeKind = keyof typeof THEMES;
