import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeVsix } from '../host/vsix.js';
import { useVSCode } from './use-vscode.js';

describe('Installed from its package', () => {
  const vsix = join(tmpdir(), `longview-${process.pid}.vsix`);
  before('pack it', () => makeVsix(vsix));
  const here = useVSCode({ vsix });

  it('the extension starts and packs', async () => {
    const { workbench } = here;
    await workbench.runCommand('Longview: Pack Context for a Task…');
    await workbench.input.fill('where is my parcel');
    await workbench.page.keyboard.press('Enter');
    await workbench.quickPick.getByRole('option', { name: '8,000 tokens', exact: true }).click();
    await workbench.tab(/Untitled-1/).waitFor();
  });
});
