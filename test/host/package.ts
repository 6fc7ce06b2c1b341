/** `npm run package`: makes longview-VERSION.vsix and checks it. */
import { statSync } from 'node:fs';
import { version } from '../../package.json';
import { makeVsix, problemsOfVsix, SIZE_BUDGET } from './vsix.js';

async function main(): Promise<void> {
  const path = `longview-${version}.vsix`;
  await makeVsix(path);
  const problems = problemsOfVsix(path);
  console.log(`${path}: ${(statSync(path).size / 1e6).toFixed(2)} of ${SIZE_BUDGET / 1e6} MB`);
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
}

void main();
