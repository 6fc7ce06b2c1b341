import { json, ProtocolServer } from '../models/providers/protocol-server.js';
import { useVSCode } from './use-vscode.js';

const KEY = 'sk-acme-0123456789';

describe('Keys in the workbench', () => {
  let server: ProtocolServer;
  before(async () => {
    server = await ProtocolServer.start();
    server.answer(({ headers }) =>
      headers.authorization === `Bearer ${KEY}`
        ? json({ object: 'list', data: [{ id: 'large' }, { id: 'small' }] })
        : json({ error: { message: `Incorrect API key provided: ${headers.authorization}` } }, 401),
    );
  });
  const here = useVSCode({
    settings: () => ({ 'longview.endpoints': { acme: { name: 'Acme', baseUrl: `${server.url}/v1`, keyVariable: 'ACME_KEY' } } }),
  });
  after(() => server.stop());

  const runForAcme = async (command: string): Promise<void> => {
    await here.workbench.runCommand(command);
    await here.workbench.quickPick.getByText('no key').or(here.workbench.quickPick.getByText('key stored')).first().waitFor();
    await here.workbench.input.fill('Acme');
    await here.workbench.quickPick.getByRole('option', { name: 'Acme' }).click();
  };

  const answer = async (key: string): Promise<void> => {
    await here.workbench.quickPick.getByText('API Key for Acme').waitFor();
    await here.workbench.page.keyboard.type(key);
    await here.workbench.page.keyboard.press('Enter');
  };

  it('are set, tested and removed by command', async () => {
    const { workbench } = here;
    await runForAcme('Longview: Set API Key…');
    await answer('wrong');
    await (await workbench.notification('The key for Acme is stored.')).getByRole('button', { name: 'Test It' }).click();
    await (await workbench.notification('Acme: the key was not accepted')).getByRole('button', { name: 'Set API Key…' }).click();
    await answer(KEY);
    await (await workbench.notification('The key for Acme is stored.')).getByRole('button', { name: 'Test It' }).click();
    await workbench.notification('Acme accepts the stored key: 2 models.');
    await runForAcme('Longview: Remove API Key…');
    await workbench.notification('The key for Acme is removed.');
    await runForAcme('Longview: Test API Key…');
    await workbench.notification('There is no key for Acme.');
  });
});
