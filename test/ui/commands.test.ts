import assert from 'node:assert/strict';
import { useVSCode } from './use-vscode.js';

describe('Commands in the workbench', () => {
  const here = useVSCode();

  it('a task and a budget from the palette make a document', async () => {
    const { workbench } = here;
    await workbench.runCommand('Longview: Pack Context for a Task…');
    await workbench.input.fill('ask a carrier again when booking fails');
    await workbench.page.keyboard.press('Enter');
    await workbench.quickPick.getByRole('option', { name: '8,000 tokens', exact: true }).click();
    await workbench.tab(/Untitled-1/).waitFor();
    await workbench.page.locator('.view-line', { hasText: 'The files of a repository follow' }).waitFor();
  });

  it('cycles are listed with the line that imports, and lead there', async () => {
    const { workbench } = here;
    await workbench.runCommand('Longview: Show Dependency Cycles');
    await workbench.quickPick.getByRole('option', { name: 'src/tracking.ts, line 1 → src/booking.ts' }).click();
    await workbench.tab('tracking.ts').waitFor();
  });
});

describe('Restricted Mode', () => {
  const here = useVSCode({ restricted: true });

  it('shows cycles too', async () => {
    const { workbench } = here;
    await workbench.page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor();
    await workbench.runCommand('Longview: Show Dependency Cycles');
    await workbench.quickPick.getByRole('option', { name: 'src/tracking.ts, line 1 → src/booking.ts' }).waitFor();
  });
});

describe('A window without a folder', () => {
  const here = useVSCode({ open: () => undefined });

  it('does not offer to pack', async () => {
    const offered = await here.workbench.commands('Longview: Pack');
    assert.deepEqual(
      offered.filter((title) => /Pack|Copy|Save|Graph|Cycles/.test(title)),
      [],
    );
  });
});
