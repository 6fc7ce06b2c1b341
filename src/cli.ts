#!/usr/bin/env node
/** The `longview` command: hands the process's arguments and streams to src/cli/. */
import { version } from '../package.json';
import { runCommandLine } from './cli/run.js';

const interrupt = new AbortController();
process.once('SIGINT', () => interrupt.abort());
process.once('SIGTERM', () => interrupt.abort());
// A reader that closes early (| head) ends the command quietly.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

const terminal = {
  write: (text: string) => void process.stdout.write(text),
  note: (text: string) => void process.stderr.write(text),
  interactive: process.stderr.isTTY === true,
  columns: process.stderr.columns ?? 80,
  input: process.stdin,
  cwd: process.cwd(),
  env: process.env,
};

void runCommandLine(process.argv.slice(2), terminal, version, interrupt.signal).then((code) => {
  process.exitCode = code;
});
