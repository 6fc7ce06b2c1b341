/** What VS Code says that an extension's activation took. */
import type { Workbench } from '../host/workbench.js';

/** Milliseconds, as "Running Extensions" shows them for Longview. */
export async function activationMs(workbench: Workbench): Promise<number> {
  await workbench.runCommand('Developer: Show Running Extensions');
  const row = workbench.page.locator('.runtime-extensions-editor .monaco-list-row', { hasText: 'Longview' }).first();
  const time = row.locator('.activation-time');
  await time.getByText(/\d+ms/).waitFor();
  return Number(/(\d+)ms/.exec(await time.innerText())?.[1]);
}
