/**
 * A webview's page in a browser: the bundle of dist/webview under the policy that it ships with, and in place of the
 * editor a fake that keeps what it is told. themes.json has what VS Code 1.139 gives a page of its four kinds of theme.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import axe from 'axe-core';
import { type Browser, type Page, chromium as playwright } from 'playwright-core';
import { pageHtml } from '../../src/vscode/page-html.js';
import { chromium, UnavailableError } from '../host/install.js';
import themes from './themes.json';

export type Theme = keyof typeof themes;
export const THEMES = Object.keys(themes) as Theme[];

const ORIGIN = 'https://page.test';
const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css', '.ttf': 'font/ttf' };

export interface PageOptions {
  readonly theme?: Theme;
  readonly width?: number;
  readonly height?: number;
  readonly reducedMotion?: boolean;
}

/** What the fake editor has on the page's window. */
interface Told {
  readonly told: unknown[];
}

export class WebviewPage {
  /** What the browser complained about: errors, refused styles and scripts. */
  readonly complaints: string[] = [];

  constructor(readonly page: Page) {
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('console', (m) => ['error', 'warning'].includes(m.type()) && this.complaints.push(m.text()));
  }

  /** As the host sends it. */
  async send(state: unknown): Promise<void> {
    await this.page.evaluate((s) => postMessage(s, '*'), state);
    await this.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
  }

  /** Everything that the page told its host since it was loaded. */
  async told(): Promise<unknown[]> {
    return await this.page.evaluate(() => (globalThis as unknown as Told).told);
  }

  /** Waits until the page tells a message with these fields; one that never comes fails the test. */
  async tells<Message = unknown>(fields: Readonly<Record<string, unknown>>): Promise<Message> {
    try {
      const found = await this.page.waitForFunction(
        (wanted) =>
          (globalThis as unknown as Told).told.find((message) =>
            Object.entries(wanted).every(([field, value]) => (message as Record<string, unknown>)[field] === value),
          ),
        fields,
        { timeout: 10_000 },
      );
      return (await found.jsonValue()) as Message;
    } catch {
      return assert.fail(`${JSON.stringify(fields)} was not told, but ${JSON.stringify(await this.told())}`);
    }
  }

  /** Violations of rules on accessibility that axe-core calls serious or critical, one line each. */
  async seriousViolations(): Promise<string[]> {
    await this.page.evaluate(axe.source);
    const { violations } = await this.page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run());
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map((n) => `${id}: ${n.target.join(' ')}: ${n.failureSummary ?? ''}`));
  }

  async close(): Promise<void> {
    await this.page.close();
  }
}

/** To be called in a describe block: one browser for its tests, which are skipped where none can be had. */
export function usePages(name: string): (options?: PageOptions) => Promise<WebviewPage> {
  let browser: Browser | undefined;
  const open: WebviewPage[] = [];

  before('start a browser', async function () {
    this.timeout(0);
    const wish = process.env['LONGVIEW_HOST'];
    if (wish === 'skip') return this.skip();
    try {
      browser = await playwright.launch({ executablePath: chromium(), args: ['--no-sandbox', '--disable-gpu'] });
    } catch (error) {
      if (!(error instanceof UnavailableError) || wish === 'required') throw error;
      console.error(error.message);
      this.skip();
    }
  });
  afterEach(async () => {
    for (const page of open.splice(0)) await page.close();
  });
  after(async () => {
    await browser?.close();
  });

  return async ({ theme = 'dark', width = 300, height = 900, reducedMotion = false } = {}) => {
    if (!browser) throw new Error('there is no browser');
    const page = await browser.newPage({
      viewport: { width, height },
      reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
    });
    const webview = new WebviewPage(page);
    open.push(webview);
    await page.route(`${ORIGIN}/**`, async (route) => {
      const { pathname } = new URL(route.request().url());
      if (pathname === '/') return await route.fulfill({ contentType: 'text/html', body: html(name, theme) });
      const contentType = TYPES[extname(pathname)];
      const file = join('dist', 'webview', basename(pathname));
      return await (contentType ? route.fulfill({ contentType, body: readFileSync(file) }) : route.abort());
    });
    await page.addInitScript(() => {
      const told: unknown[] = [];
      const api = {
        postMessage: (message: unknown) => told.push(message),
        getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') as unknown,
        setState: (state: unknown) => sessionStorage.setItem('state', JSON.stringify(state)),
      };
      Object.assign(globalThis, { told, acquireVsCodeApi: () => api });
    });
    await page.goto(`${ORIGIN}/`);
    return webview;
  };
}

/** The page as it ships, in the surroundings that the editor gives it. */
function html(name: string, theme: Theme): string {
  const { classes, variables } = themes[theme];
  const shipped = pageHtml({
    title: 'Longview',
    nonce: 'bm9uY2U=',
    source: ORIGIN,
    script: `${ORIGIN}/${name}.js`,
    styles: `${ORIGIN}/${name}.css`,
    icons: `${ORIGIN}/codicon.css`,
  });
  const declared = Object.entries(variables).map(([name, value]) => `${name}: ${value};`);
  // The editor's own sheet stands before the policy, which is not for it.
  const surroundings = `<style>
:root { ${declared.join(' ')} }
body { margin: 0; background: var(--vscode-sideBar-background); color: var(--vscode-foreground); font: 13px sans-serif; }
</style>`;
  return shipped.replace('<head>', `<head>${surroundings}`).replace('<body>', `<body class="${classes}">`);
}
