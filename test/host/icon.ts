/** Draws media/icon.png, the icon of the extension, from media/icon.svg. */
import { readFileSync } from 'node:fs';
import { chromium as playwright } from 'playwright-core';
import { chromium } from './install.js';

/** Pixels: twice the least that the marketplace takes, for fine screens. */
const SIDE = 256;

async function main(): Promise<void> {
  const browser = await playwright.launch({ executablePath: chromium(), args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage({ viewport: { width: SIDE, height: SIDE } });
    await page.setContent(`<style>body{margin:0}svg{display:block;width:${SIDE}px}</style>${readFileSync('media/icon.svg', 'utf8')}`);
    await page.screenshot({ path: 'media/icon.png', omitBackground: true });
  } finally {
    await browser.close();
  }
}

void main();
