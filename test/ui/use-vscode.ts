/** A real VS Code for the tests of a describe block: one server and one window, started before the first test, gone after the last. */
import { mkdirSync } from 'node:fs';
import { Sample } from '../host/sample.js';
import { startVSCode, type VSCode, type VSCodeOptions } from '../host/vscode.js';
import { openWorkbench, type WindowOptions, type Workbench } from '../host/workbench.js';

/** Where a failed test leaves a picture of its window. */
const PICTURES = 'dist/test-failures';

export interface UseOptions extends Omit<VSCodeOptions, 'open' | 'extension' | 'tests' | 'settings'> {
  /** As in {@link VSCodeOptions}; a function is called when VS Code starts. */
  readonly settings?: VSCodeOptions['settings'] | (() => VSCodeOptions['settings']);
  /** What the window opens, out of the copy that the tests have of their own; the folder of the copy by default. */
  readonly open?: (sample: Sample) => string | undefined;
  readonly sample?: () => Sample;
  readonly window?: WindowOptions;
}

/** What is running; to be read in tests and hooks, not before. */
export interface Running {
  readonly sample: Sample;
  readonly vscode: VSCode;
  readonly workbench: Workbench;
}

/** "acme/large" of a server of OpenAI's protocol, which is chosen, with its price. @param url known when VS Code starts. */
export function asksAcme(url: () => string): Pick<UseOptions, 'settings' | 'env'> {
  return {
    settings: () => ({
      'longview.endpoints': { acme: { name: 'Acme', baseUrl: `${url()}/v1`, keyVariable: 'ACME_KEY' } },
      'longview.prices': { 'acme/large': { input: 2, output: 10 } },
      'longview.model': 'acme/large',
      'longview.pack.budget': 32_000,
    }),
    env: { ACME_KEY: 'sk-acme-0123456789' },
  };
}

/** To be called in a describe block. The extension runs from this folder, or from `vsix` where that is given. */
export function useVSCode(options: UseOptions = {}): Running {
  const { open = (sample: Sample) => sample.path, sample: make = () => new Sample(), window, settings, ...rest } = options;
  const running: { sample?: Sample; vscode?: VSCode; workbench?: Workbench } = {};

  before('start VS Code', async () => {
    running.sample = make();
    const extension = rest.vsix ? undefined : process.cwd();
    running.vscode = await startVSCode({
      ...rest,
      open: open(running.sample),
      extension,
      settings: typeof settings === 'function' ? settings() : settings,
    });
    running.workbench = await openWorkbench(running.vscode.url, window);
  });

  afterEach('picture of a failure', async function () {
    if (this.currentTest?.state !== 'failed') return;
    mkdirSync(PICTURES, { recursive: true });
    const name = this.currentTest.fullTitle().replace(/[^\w-]+/g, '-');
    await running.workbench?.screenshot(`${PICTURES}/${name}.png`);
  });

  after('stop VS Code', async () => {
    await running.workbench?.close();
    await running.vscode?.stop();
    running.sample?.remove();
  });

  return running as Running;
}
