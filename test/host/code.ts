#!/usr/bin/env node
/**
 * Stands in for the `code` executable where no desktop VS Code is: takes the arguments that
 * @vscode/test-electron gives, runs the tests in the offline VS Code, ends with their exit code.
 */
import { parseArgs } from 'node:util';
import { startVSCode } from './vscode.js';
import { openWorkbench } from './workbench.js';

const { values, positionals } = parseArgs({
  strict: false,
  allowPositionals: true,
  options: {
    extensionDevelopmentPath: { type: 'string' },
    extensionTestsPath: { type: 'string' },
  },
});

/** Seconds for the whole run. */
const DEADLINE = 600;

async function main(): Promise<number> {
  const vscode = await startVSCode({
    open: positionals[0],
    extension: String(values['extensionDevelopmentPath']),
    tests: String(values['extensionTestsPath']),
  });
  let close: (() => Promise<void>) | undefined;
  try {
    return await new Promise<number>((done, fail) => {
      setTimeout(() => fail(new Error(`the tests did not end within ${DEADLINE} s`)), DEADLINE * 1000).unref();
      void vscode.exited.then(() => fail(new Error('the VS Code server ended')));
      openWorkbench(vscode.url, {
        prepare: async (page) => {
          // The name by which VS Code in a browser reports the end of tests.
          await page.exposeFunction('codeAutomationExit', (code: number) => done(code));
        },
      }).then((workbench) => (close = () => workbench.close()), fail);
    });
  } catch (error) {
    console.error(vscode.log());
    throw error;
  } finally {
    await close?.();
    await vscode.stop();
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
