/** Accessibility rules (axe-core) on what a webview shows. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { FrameLocator } from 'playwright-core';

const AXE = createRequire(`${process.cwd()}/package.json`).resolve('axe-core/axe.min.js');

/** Serious and critical violations, a line each: the rule, what it asks for, where it is broken. */
export async function seriousViolations(webview: FrameLocator): Promise<string[]> {
  const body = await webview.locator('body').elementHandle();
  const frame = await body?.ownerFrame();
  if (!frame) throw new Error('the webview is gone');
  // A webview's page is transparent: contrast is to be judged on the colour that shines through.
  await frame.evaluate(`document.documentElement.style.background = 'var(--vscode-sideBar-background)'`);
  await frame.evaluate(readFileSync(AXE, 'utf8'));
  const { violations } = await frame.evaluate<AxeResults>('axe.run()');
  return violations
    .filter((v) => v.impact === 'serious' || v.impact === 'critical')
    .map((v) => `${v.id}: ${v.help}: ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`);
}
