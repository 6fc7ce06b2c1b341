/** The workbench as a person meets it: pages and parts for Playwright. */
import { type Browser, type FrameLocator, type Locator, type Page, chromium as playwright } from 'playwright-core';
import { EXTENSION_ID } from './extension-id.js';
import { chromium } from './install.js';

const OFFLINE = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
];

export interface WindowOptions {
  readonly width?: number;
  readonly height?: number;
  /** Called with the page before it loads. */
  readonly prepare?: (page: Page) => Promise<unknown>;
}

/** What VS Code's smoke-test driver puts on the window. */
interface Driven {
  readonly driver?: { whenWorkbenchRestored(): Promise<void> };
}

/** Opens the window of startVSCode() in a Chromium that reaches nothing but loopback, and waits until it is restored. */
export async function openWorkbench(url: string, { width = 1280, height = 800, prepare }: WindowOptions = {}): Promise<Workbench> {
  const browser = await playwright.launch({ executablePath: chromium(), args: OFFLINE });
  try {
    const page = await browser.newPage({ viewport: { width, height }, permissions: ['clipboard-read', 'clipboard-write'] });
    await prepare?.(page);
    await page.goto(url);
    await restored(page);
    return new Workbench(browser, page);
  } catch (error) {
    await browser.close();
    throw error;
  }
}

async function restored(page: Page): Promise<void> {
  await page.waitForFunction(() => (globalThis as Driven).driver !== undefined, undefined, { timeout: 60_000 });
  await page.evaluate(() => (globalThis as Driven).driver?.whenWorkbenchRestored());
}

export class Workbench {
  constructor(
    private readonly browser: Browser,
    /** Playwright's page, for all that has no word here. */
    readonly page: Page,
  ) {}

  /** Runs a command through the palette, with the keyboard, by its full title, as in 'Longview: Show Dependency Cycles'. */
  async runCommand(title: string): Promise<void> {
    // A shortcut, if there is one, follows the title.
    const name = new RegExp(`^${title.replace(/[.*+?()|[\]\\]/g, '\\$&')}(,|$)`);
    const option = this.quickPick.getByRole('option', { name }).first();
    // The palette lists what is known when it opens: an early one lacks the extensions' commands.
    for (let attempt = 1; ; attempt++) {
      await this.page.keyboard.press('F1');
      await this.input.fill(`>${title}`);
      try {
        await option.waitFor({ timeout: 2000 });
        while (!(await option.evaluate((row) => row.matches('.focused')))) await this.page.keyboard.press('ArrowDown');
        return await this.page.keyboard.press('Enter');
      } catch (error) {
        if (attempt === 10) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
  }

  /** Titles of the palette's commands that contain `text`. */
  async commands(text: string): Promise<string[]> {
    await this.page.keyboard.press('F1');
    await this.input.fill(`>${text}`);
    await this.quickPick.getByRole('option').first().waitFor();
    const titles = await this.quickPick.locator('.label-name').allTextContents();
    await this.page.keyboard.press('Escape');
    return titles;
  }

  /** The input box or quick pick that is open. */
  get quickPick(): Locator {
    return this.page.locator('.quick-input-widget');
  }

  /** The text field of the input box or quick pick. */
  get input(): Locator {
    return this.quickPick.locator('input[type=text]').first();
  }

  /** Opens a file of the workspace through the quick open box. */
  async openFile(path: string): Promise<void> {
    await this.page.keyboard.press('Control+P');
    await this.input.fill(path);
    await this.quickPick.getByRole('option').first().waitFor();
    await this.page.keyboard.press('Enter');
    await this.tab(path.slice(path.lastIndexOf('/') + 1)).waitFor();
  }

  /** The editor tab with this title. */
  tab(title: string | RegExp): Locator {
    return this.page.getByRole('tab', { name: title }).first();
  }

  /** The text that the active editor shows; lines that are scrolled out are not in it. */
  async editorText(): Promise<string> {
    const lines = await this.page.locator('.editor-group-container.active .view-lines .view-line').allInnerTexts();
    return lines.join('\n').replaceAll('\u00a0', ' ');
  }

  /** Longview's status bar item with the id given to createStatusBarItem(). */
  statusBarItem(id: string): Locator {
    return this.page.locator(`.statusbar-item[id="${EXTENSION_ID}.${id}"]`);
  }

  /** The notification with this text, after opening the list of them: the smoke-test driver lets none come up by itself. */
  async notification(text: string | RegExp): Promise<Locator> {
    const found = this.page.locator('.notifications-center .notification-list-item').filter({ hasText: text }).first();
    while (!(await found.isVisible())) {
      if (!(await this.page.locator('.notifications-center.visible').isVisible())) {
        await this.page.locator('.statusbar-item[id="status.notifications"]').click();
      }
      await found.waitFor({ timeout: 2_000 }).catch(() => undefined);
    }
    return found;
  }

  /** Content of a webview of Longview: 'webviewView' in the sidebar, 'webviewPanel' in an editor. */
  webview(purpose: 'webviewView' | 'webviewPanel' = 'webviewView', index = 0): FrameLocator {
    // A panel's frame states no purpose.
    const which = purpose === 'webviewView' ? '[src*="purpose=webviewView"]' : ':not([src*="purpose="])';
    return this.page
      .locator(`iframe.webview[src*="extensionId=${EXTENSION_ID}&"]${which}:visible`)
      .nth(index)
      .contentFrame()
      .locator('#active-frame')
      .contentFrame();
  }

  /** Rows of the tree view with this title (its section in the sidebar), those on screen. */
  treeRows(view: string): Locator {
    return this.page.locator('.pane', { has: this.page.locator('.pane-header', { hasText: view }) }).getByRole('treeitem');
  }

  /** Loads the window again: its extension host begins anew. */
  async reload(): Promise<void> {
    await this.page.reload();
    await restored(this.page);
  }

  async screenshot(path: string): Promise<void> {
    await this.page.screenshot({ path });
  }

  /** Ends the browser. */
  async close(): Promise<void> {
    await this.browser.close();
  }
}
